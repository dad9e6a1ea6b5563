"""Web archives on loopback that answer as the Wayback Machine and Common Crawl do."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, quote_plus, unquote_plus, urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.sample_portal import SamplePortal

HOST = "thanhgiang.example"


@dataclass(frozen=True)
class Kept:
    """A capture that an archive has.

    `sent` is the body as it is replayed, if it is another; `coded` says that the archive compresses
    it on the way. `listed` is False for one that the index does not show.
    """

    url: str
    timestamp: str
    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html;charset=UTF-8"),)
    revisit: bool = False
    sent: bytes | None = None
    truncated: str | None = None
    listed: bool = True
    coded: bool = False

    @property
    def digest(self) -> str:
        return base64.b32encode(hashlib.sha1(self.body).digest()).decode()

    @property
    def media_type(self) -> str:
        return dict(self.headers).get("Content-Type", "unk").partition(";")[0]

    @property
    def moment(self) -> datetime:
        return datetime.strptime(self.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)

    @property
    def urlkey(self) -> str:
        parts = urlsplit(self.url)
        host = (parts.hostname or "").removeprefix("www.")
        query = f"?{parts.query}" if parts.query else ""
        return f"{','.join(reversed(host.split('.')))}){parts.path}{query}".lower()


def visit(portal: SamplePortal, path: str, timestamp: str, **more: object) -> Kept:
    """What an archive keeps of a visit to the sample portal."""
    answer = portal.answer(path, {})
    headers = tuple((name, value) for name, value in answer.headers if name != "Set-Cookie")
    given = {
        "url": f"https://{HOST}{path}",
        "body": answer.body,
        "status": answer.status,
        "headers": headers,
    }
    return Kept(timestamp=timestamp, **(given | more))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Asked:
    """A line of the access log; `at` on the monotonic clock."""

    at: float
    path: str
    headers: Mapping[str, str]
    status: int


@dataclass(frozen=True)
class Reply:
    """`cut`: bytes of the body after which the server hangs up."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    cut: int | None = None


class _Served:
    """A server on loopback with an access log. `refusals` are given to the next requests."""

    def __init__(self) -> None:
        self.log: list[Asked] = []
        self.refusals: list[Reply] = []
        served = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = self.path
                reply = (
                    served.refusals.pop(0)
                    if served.refusals
                    else served.reply(path, dict(self.headers))
                )
                served.log.append(Asked(time.monotonic(), path, dict(self.headers), reply.status))
                self.send_response(reply.status)
                for name, value in reply.headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body[: reply.cut])
                self.close_connection = reply.cut is not None

            def log_message(self, format: str, *args: object) -> None:
                return None

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"

    def reply(self, path: str, headers: Mapping[str, str]) -> Reply:
        raise NotImplementedError

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


class WaybackMachine(_Served):
    """Index and replay over captures. `rows` are the most that one page of the index holds."""

    def __init__(self, captures: Iterable[Kept] = (), *, rows: int = 1000) -> None:
        super().__init__()
        self.captures = list(captures)
        self.rows = rows
        self.moved: dict[tuple[str, str], str] = {}

    @property
    def where(self) -> str:
        """What `--from-archive` is given."""
        return self.base

    @property
    def queries(self) -> list[dict[str, str]]:
        asked = [urlsplit(one.path) for one in self.log if one.path.startswith("/cdx/")]
        return [{k: v[0] for k, v in parse_qs(one.query).items()} for one in asked]

    @property
    def replayed(self) -> list[tuple[str, str]]:
        """Time and address of every capture that was asked for, in order."""
        found = [re.fullmatch(r"/web/(\d{14})id_/(.*)", one.path) for one in self.log]
        return [(one[1], one[2]) for one in found if one]

    def reply(self, path: str, headers: Mapping[str, str]) -> Reply:
        if path.startswith("/cdx/search/cdx?"):
            asked = {k: v[0] for k, v in parse_qs(urlsplit(path).query).items()}
            body = json.dumps(self._index(asked)).encode()
            return Reply(200, (("Content-Type", "application/json"),), body)
        found = re.fullmatch(r"/web/(\d{1,14})([a-z]{2}_)?/(.*)", path)
        return self._replay(found[1], found[3]) if found else Reply(404)

    def _index(self, asked: Mapping[str, str]) -> list[list[str]]:
        assert asked["matchType"] == "host"
        assert asked["output"] == "json"
        fields = asked["fl"].split(",")
        host = asked["url"]
        listed = [
            one
            for one in self.captures
            if one.listed
            and (urlsplit(one.url).hostname or "").removeprefix("www.") == host
            and asked.get("from", "0") <= one.timestamp <= asked.get("to", "9")
        ]
        listed.sort(key=lambda one: (one.urlkey, one.timestamp))
        if resume := asked.get("resumeKey"):
            # Decoded once more than it should be, as the real one does.
            key = unquote_plus(resume)
            if "urlkey" not in fields:
                key = "~"
            listed = [one for one in listed if f"{one.urlkey} {one.timestamp}" >= key]
        most = min(int(asked.get("limit", self.rows)), self.rows)
        rows = [self._row(one, fields) for one in listed[:most]]
        if asked.get("showResumeKey") == "true" and len(listed) > most:
            following = listed[most]
            rows += [[], [quote_plus(f"{following.urlkey} {following.timestamp}")]]
        return [fields, *rows] if rows else []

    def _row(self, one: Kept, fields: list[str]) -> list[str]:
        row = {
            "urlkey": one.urlkey,
            "timestamp": one.timestamp,
            "original": one.url,
            "mimetype": "warc/revisit" if one.revisit else one.media_type,
            "statuscode": "-" if one.revisit else str(one.status),
            "digest": one.digest,
            "length": str(len(one.body)),
        }
        return [row[name] for name in fields]

    def _replay(self, timestamp: str, url: str) -> Reply:
        same = [one for one in self.captures if one.url == url]
        target = self.moved.get((timestamp, url))
        if target is None and all(one.timestamp != timestamp for one in same):
            if not same:
                return Reply(404, (("Content-Type", "text/html"),), b"not in the archive")
            target = min(same, key=lambda one: abs(int(one.timestamp) - int(timestamp))).timestamp
        if target is not None:
            return Reply(302, (("Location", f"{self.base}/web/{target}id_/{url}"),))
        one = next(one for one in same if one.timestamp == timestamp)
        if one.revisit:
            one = next(o for o in self.captures if o.digest == one.digest and not o.revisit)
        stated = tuple((f"x-archive-orig-{name}", value) for name, value in one.headers)
        body = one.body if one.sent is None else one.sent
        if one.coded:
            body = gzip.compress(body)
            stated += (("Content-Encoding", "gzip"),)
        moment = datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        return Reply(
            one.status,
            (
                *(h for h in one.headers if h[0] == "Content-Type"),
                *stated,
                ("x-archive-orig-content-length", str(len(one.body))),
                ("Memento-Datetime", format_datetime(moment, usegmt=True)),
                ("Link", f'<{url}>; rel="original"'),
            ),
            body,
        )


class CommonCrawlServer(_Served):
    """Indexes of crawls and the WARC files they point into. `rows` are those of an index's page."""

    def __init__(self, crawls: Mapping[str, Iterable[Kept]], *, rows: int = 1000) -> None:
        super().__init__()
        self.rows = rows
        self.files: dict[str, bytes] = {}
        self.lines: dict[str, list[dict[str, str]]] = {}
        for name, captures in crawls.items():
            self._write(name, captures)

    @property
    def where(self) -> str:
        return f"{self.base}/collinfo.json"

    def _write(self, name: str, captures: Iterable[Kept]) -> None:
        path = f"crawl-data/{name}/segments/1/warc/{name}-00000.warc.gz"
        data = gzip.compress(
            b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
        )
        self.lines[name] = []
        for one in captures:
            member = gzip.compress(_record(one))
            self.lines[name].append(
                {
                    "urlkey": one.urlkey,
                    "timestamp": one.timestamp,
                    "url": one.url,
                    "mime": one.media_type,
                    "status": str(one.status),
                    "digest": one.digest,
                    "length": str(len(member)),
                    "offset": str(len(data)),
                    "filename": path,
                }
            )
            data += member
        self.files[path] = data

    def reply(self, path: str, headers: Mapping[str, str]) -> Reply:
        if path == "/collinfo.json":
            listed = [
                {"id": name, "cdx-api": f"https://elsewhere.example/{name}-index"}
                for name in self.lines
            ]
            return Reply(200, (("Content-Type", "application/json"),), json.dumps(listed).encode())
        parts = urlsplit(path)
        name = parts.path.strip("/").removesuffix("-index")
        if name in self.lines and parts.path.endswith("-index"):
            asked = {k: v[0] for k, v in parse_qs(parts.query).items()}
            assert asked["output"] == "json"
            host = asked["url"].removesuffix("/*")
            found = [one for one in self.lines[name] if urlsplit(one["url"]).hostname == host]
            pages = -(-len(found) // self.rows)
            if "showNumPages" in asked:
                told = {"pages": pages, "pageSize": 5, "blocks": 5 * pages}
                return Reply(200, (), json.dumps(told).encode() + b"\n")
            if not found:
                return Reply(404, (), b'{"message": "No Captures found for: *"}')
            begin = int(asked.get("page", 0)) * self.rows
            shown = found[begin : begin + self.rows]
            return Reply(200, (), b"".join(json.dumps(one).encode() + b"\n" for one in shown))
        data = self.files.get(parts.path.strip("/"))
        wanted = re.fullmatch(r"bytes=(\d+)-(\d+)", headers.get("Range", ""))
        if data is None or not wanted:
            return Reply(404 if data is None else 200, (), data or b"")
        first, last = int(wanted[1]), int(wanted[2])
        stated = f"bytes {first}-{last}/{len(data)}"
        return Reply(206, (("Content-Range", stated),), data[first : last + 1])


def _record(one: Kept) -> bytes:
    """The capture as Common Crawl writes it: the body decoded, its length before that renamed."""
    head = f"HTTP/1.1 {one.status} OK\r\n" + "".join(f"{k}: {v}\r\n" for k, v in one.headers)
    block = f"{head}X-Crawl-Content-Length: 1\r\n\r\n".encode() + (
        one.body if one.sent is None else one.sent
    )
    digest = base64.b32encode(hashlib.sha1(block).digest()).decode()
    fields = [
        "WARC/1.0",
        "WARC-Type: response",
        f"WARC-Date: {one.moment:%Y-%m-%dT%H:%M:%SZ}",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{abs(hash(one.url)) % 10**12:012d}>",
        f"WARC-Target-URI: {one.url}",
        "Content-Type: application/http; msgtype=response",
        f"WARC-Block-Digest: sha1:{digest}",
        f"Content-Length: {len(block)}",
    ]
    if one.truncated:
        fields.insert(5, f"WARC-Truncated: {one.truncated}")
    return "\r\n".join(fields).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def write_warc(path: Path, kept: Sequence[Kept]) -> None:
    """The captures as records of a WARC file that another program wrote."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for one in kept:
            head = StatusAndHeaders(f"{one.status} X", list(one.headers), protocol="HTTP/1.1")
            date = f"{one.moment:%Y-%m-%dT%H:%M:%SZ}"
            if one.revisit:
                original = next(o for o in kept if o.digest == one.digest)
                record = writer.create_revisit_record(
                    one.url,
                    f"sha1:{one.digest}",
                    original.url,
                    f"{original.moment:%Y-%m-%dT%H:%M:%SZ}",
                    http_headers=head,
                    warc_headers_dict={"WARC-Date": date},
                )
            else:
                record = writer.create_warc_record(
                    one.url,
                    "response",
                    payload=BytesIO(one.body),
                    http_headers=head,
                    warc_headers_dict={"WARC-Date": date},
                )
            writer.write_record(record)
