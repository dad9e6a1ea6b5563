"""A small store that speaks S3 and answers oddly where a test has it do so."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from time import sleep
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import pytest

_AT = "Mon, 30 Nov 2026 20:00:00 GMT"
_LIST = "<ListBucketResult><IsTruncated>false</IsTruncated>{}</ListBucketResult>"
_LISTED = (
    "<Contents><Key>{}</Key><Size>{}</Size><ETag>e</ETag>"
    "<LastModified>2026-11-30T20:00:00.000Z</LastModified></Contents>"
)


@dataclass
class OddStore:
    """Objects by their names with the bucket. `odd` is asked for each request, by its method and
    the name, whether it has a status and a code of its own; `knows_conditions`: of puts; with
    `forgets` it looks at them first and puts a moment later, whatever came in between.
    """

    odd: Callable[[str, str], tuple[int, str] | None] = lambda method, name: None
    knows_conditions: bool = True
    forgets: bool = False
    objects: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    _one_at_a_time: Lock = field(default_factory=Lock)

    def __enter__(self) -> Self:
        store = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                with store._one_at_a_time:
                    store._answer(self)

            do_GET = do_PUT = do_HEAD = do_POST = answer  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def speak_to(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Have this process, and those it starts, speak to this store."""
        for name, value in self.environment.items():
            monkeypatch.setenv(name, value)

    @property
    def environment(self) -> dict[str, str]:
        """What is to be in the environment of who speaks to it."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self._server.server_address[1]}",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "us-east-1",
        }

    def _answer(self, asked: BaseHTTPRequestHandler) -> None:
        body = asked.rfile.read(int(asked.headers.get("Content-Length", "0")))
        parts = urlsplit(asked.path)
        name, query = unquote(parts.path.lstrip("/")), parse_qs(parts.query)
        self.asked.append((asked.command, name))
        odd = self.odd(asked.command, name)
        if odd is not None:
            return _send(asked, odd[0], f"<Error><Code>{odd[1]}</Code></Error>".encode())
        if asked.command == "POST":
            keys = [part.partition("</Key>")[0] for part in body.decode().split("<Key>")[1:]]
            for key in keys:
                self.objects.pop(f"{name}/{key}", None)
            deleted = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            return _send(asked, 200, f"<DeleteResult>{deleted}</DeleteResult>".encode())
        if "list-type" in query:
            return _send(asked, 200, self._listed(name, query.get("prefix", [""])[0]))
        there = self.objects.get(name)
        etag = there and f'"{hashlib.sha256(there[0]).hexdigest()}"'
        if asked.command == "PUT":
            wants, expects = asked.headers["If-None-Match"], asked.headers["If-Match"]
            if self.knows_conditions and ((wants and there) or (expects and expects != etag)):
                return _send(asked, 412, b"<Error><Code>PreconditionFailed</Code></Error>")
            if self.forgets:
                self._one_at_a_time.release()
                sleep(0.3)
                self._one_at_a_time.acquire()
            self.objects[name] = (body, asked.headers.get("x-amz-meta-sha256", ""))
            etag = f'"{hashlib.sha256(body).hexdigest()}"'
            return _send(asked, 200, b"", ETag=etag)
        if there is None:
            return _send(asked, 404, b"<Error><Code>NoSuchKey</Code></Error>")
        more = {"ETag": str(etag), "Last-Modified": _AT}
        if there[1]:
            more["x-amz-meta-sha256"] = there[1]
        data = there[0]
        if asked.headers["Range"]:
            first, _, last = asked.headers["Range"].removeprefix("bytes=").partition("-")
            end = min(int(last) + 1, len(data))
            more["Content-Range"] = f"bytes {first}-{end - 1}/{len(data)}"
            return _send(asked, 206, data[int(first) : end], **more)
        return _send(asked, 200, data, **more)

    def _listed(self, bucket: str, prefix: str) -> bytes:
        names = [one.removeprefix(f"{bucket}/") for one in sorted(self.objects)]
        listed = [
            _LISTED.format(escape(name), len(self.objects[f"{bucket}/{name}"][0]))
            for name in names
            if name.startswith(prefix)
        ]
        return _LIST.format("".join(listed)).encode()


def _send(asked: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    asked.send_response_only(status)
    for name, value in headers.items():
        asked.send_header(name, value)
    asked.send_header("Content-Length", str(len(body)))
    asked.end_headers()
    if asked.command != "HEAD":
        asked.wfile.write(body)
