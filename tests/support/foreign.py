"""WARC files of other programs, with whatever oddities, and their import into a made-up site."""

from __future__ import annotations

import gzip
import io
import uuid
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

try:
    from compression import zstd
except ImportError:
    from backports import zstd  # noqa: F401
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.fixity.verify import Verification
from archive.ground.home import Home
from archive.importing import CapturePlace, Imported, LeftOut, Trouble, import_files
from archive.model import Capture, Role
from archive.reading import ArchiveReader
from archive.store import Archive
from support.codes import english
from support.keeping import SITE, JsonExtract, dump_of

HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


class EverythingIsAnArticle:
    """A routing that knows one host, on which all are articles."""

    def __call__(self, url: str, at: datetime, media_type: str | None) -> CapturePlace | LeftOut:
        return CapturePlace(SITE, Role.ARTICLE) if "mau.example" in url else LeftOut.OTHER_HOST

    def learn(self, description: str) -> None:
        pass


class ToldTrouble(NamedTuple):
    """A trouble, what it is in English."""

    file: str
    place: str
    what: str


def take(home: Home, *paths: Path, **how: Any) -> tuple[Imported, list[ToldTrouble]]:
    troubles: list[Trouble] = []
    with Archive(home, JsonExtract()) as archive:
        done = import_files(
            archive, paths, EverythingIsAnArticle(), on_trouble=troubles.append, **how
        )
    return done, in_english(troubles)


def in_english(troubles: list[Trouble]) -> list[ToldTrouble]:
    return [ToldTrouble(one.file, one.place, english(one.what)) for one in troubles]


def captures(home: Home) -> list[Capture]:
    with ArchiveReader.open(home) as reader:
        rows = reader.catalogue.connection.execute("SELECT seq FROM capture ORDER BY seq")
        return [reader.capture(row["seq"]) for row in rows]


def titles(home: Home) -> list[str]:
    with ArchiveReader.open(home) as reader:
        changed = reader.changes(0)
        return sorted(record.article.title for _, _, record in changed if record)


def is_sound(home: Home, extract: Any = None) -> bool:
    return not list(Verification(home, extract=extract or JsonExtract()).damages())


def rebuilds_to_the_same(home: Home, extract: Any = None) -> bool:
    before = dump_of(home)
    with Archive(home, extract or JsonExtract()) as archive:
        archive.rebuild()
    return dump_of(home) == before


class Warc:
    """A WARC written by warcio, to be bent afterwards."""

    def __init__(self, *, version: str = "1.0", compressed: bool = True) -> None:
        self.buffer = io.BytesIO()
        self.writer = WARCWriter(self.buffer, gzip=compressed, warc_version=version)

    def response(self, path: str, body: bytes, *, status: str = "200 OK", **fields: str) -> Warc:
        named = {"WARC-Date": "2021-03-04T05:06:07Z"}
        named |= {k.replace("_", "-"): v for k, v in fields.items() if k != "headers"}
        http = StatusAndHeaders(status, [("Content-Type", "application/json")], protocol="HTTP/1.1")
        record = self.writer.create_warc_record(
            f"http://mau.example{path}",
            "response",
            payload=io.BytesIO(body),
            http_headers=http,
            warc_headers_dict=named,
        )
        self.writer.write_record(record)
        return self

    def raw(self, kind: str, path: str, block: bytes, **fields: str) -> Warc:
        """A record as it is given, with nothing put right."""
        named = {
            "WARC-Type": kind,
            "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
            "WARC-Target-URI": path if ":" in path else f"http://mau.example{path}",
            "WARC-Date": "2021-03-04T05:06:07Z",
            "Content-Type": f"application/http; msgtype={kind}",
            **{name.replace("_", "-"): value for name, value in fields.items()},
            "Content-Length": str(len(block)),
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        record = b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"
        self.buffer.write(gzip.compress(record) if self.writer.gzip else record)
        return self

    def save(self, path: Path) -> Path:
        path.write_bytes(self.buffer.getvalue())
        return path


def plain(path: Path) -> list[bytes]:
    """What each gzip member of a file inflates to."""
    data, found = path.read_bytes(), []
    while data:
        inflater = zlib.decompressobj(31)
        found.append(inflater.decompress(data))
        data = inflater.unused_data
    return found
