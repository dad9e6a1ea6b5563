"""WARC files read without the code under test: gzip members, fields, digests (ISO 28500:2017)."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from warcio.checker import Checker


@dataclass(frozen=True)
class PlainRecord:
    path: Path
    offset: int
    length: int
    fields: dict[str, str]
    block: bytes

    @property
    def type(self) -> str:
        return self.fields["WARC-Type"]

    @property
    def url(self) -> str:
        return self.fields["WARC-Target-URI"]

    @property
    def head(self) -> bytes:
        return self.block[: self._body_starts]

    @property
    def payload(self) -> bytes:
        return self.block[self._body_starts :]

    @property
    def _body_starts(self) -> int:
        found = re.search(rb"\r?\n\r?\n", self.block)
        return found.end() if found else len(self.block)

    @property
    def values(self) -> dict[str, str]:
        lines = self.block.decode().split("\r\n")
        return {name: value for name, _, value in (line.partition(": ") for line in lines) if name}


def records(where: Path) -> list[PlainRecord]:
    """Every record of a WARC file, or of all the files of a folder in the order of their names."""
    paths = sorted(where.iterdir()) if where.is_dir() else [where]
    return [record for path in paths for record in _records(path)]


def _records(path: Path) -> Iterator[PlainRecord]:
    data = path.read_bytes()
    offset = 0
    while offset < len(data):
        inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        content = inflater.decompress(data[offset:])
        assert inflater.eof, f"{path}, offset {offset}: a gzip member without its end"
        length = len(data) - offset - len(inflater.unused_data)
        yield _record(path, offset, length, content)
        offset += length


def _record(path: Path, offset: int, length: int, content: bytes) -> PlainRecord:
    head, _, rest = content.partition(b"\r\n\r\n")
    version, *lines = head.decode().split("\r\n")
    assert version == "WARC/1.1", f"{path}, offset {offset}: {version}"
    fields = dict(line.split(": ", 1) for line in lines)
    size = int(fields["Content-Length"])
    assert rest[size:] == b"\r\n\r\n", f"{path}, offset {offset}: not one record in the member"
    return PlainRecord(path, offset, length, fields, rest[:size])


def faults(where: Path) -> list[str]:
    """What is wrong with WARC files: by `warcio check`, and by checks that it does not make."""
    paths = sorted(where.iterdir()) if where.is_dir() else [where]
    found = []
    checker = Checker(SimpleNamespace(inputs=[str(path) for path in paths], verbose=False))
    checker.process_all()
    if checker.exit_value:
        found.append("warcio check fails")
    seen: dict[str, PlainRecord] = {}
    for record in records(where):
        here = f"{record.path.name}, offset {record.offset}"
        fields = record.fields
        found += [
            f"{here}: no {name}"
            for name in ("WARC-Record-ID", "WARC-Date", "WARC-Block-Digest", "Content-Type")
            if name not in fields
        ]
        if fields["WARC-Block-Digest"] != _sha256(record.block):
            found.append(f"{here}: block digest")
        if record.type == "response" and fields["WARC-Payload-Digest"] != _sha256(record.payload):
            found.append(f"{here}: payload digest")
        if record.type == "warcinfo":
            if record.offset or fields["WARC-Filename"] != record.path.name.removesuffix(".open"):
                found.append(f"{here}: a warcinfo that does not open its file")
        elif seen.get(fields["WARC-Warcinfo-ID"], record).type != "warcinfo":
            found.append(f"{here}: no warcinfo")
        if record.type == "revisit":
            original = seen.get(fields["WARC-Refers-To"])
            if original is None or original.type != "response":
                found.append(f"{here}: refers to nothing")
            elif original.fields["WARC-Payload-Digest"] != fields["WARC-Payload-Digest"]:
                found.append(f"{here}: refers to another payload")
        if fields["WARC-Record-ID"] in seen:
            found.append(f"{here}: a record id twice")
        seen[fields["WARC-Record-ID"]] = record
    return found


def _sha256(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
