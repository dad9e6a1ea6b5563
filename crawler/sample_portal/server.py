"""HTTP/1.1 over real sockets: a thread a connection, on loopback only."""

from __future__ import annotations

import gzip
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

HTML = "text/html;charset=UTF-8"
_CHUNK = 8192


@dataclass(frozen=True, slots=True)
class Request:
    """A line of the access log: seconds on the monotonic clock, and what was asked for."""

    time: float
    method: str
    path: str
    status: int


@dataclass(frozen=True, slots=True)
class ServerResponse:
    """A response before any content or transfer coding."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...]


class Portal(Protocol):
    """What the server asks of a portal."""

    requests: list[Request]
    gzip: bool
    chunked: bool

    def answer(self, target: str, headers: Mapping[str, str]) -> ServerResponse:
        """The response to a GET."""
        ...


class PortalServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1 and passes every request to a portal. Port 0 means any free one."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, portal: Portal) -> None:
        self.portal = portal
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def close(self) -> None:
        """Stop listening and hang up on everyone."""
        self.server_close()
        for connection in tuple(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection while it lasts."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget the connection."""
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report faults of ours, not visitors who hang up."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: PortalServer
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        portal = self.server.portal
        headers = {name.title(): value for name, value in self.headers.items()}
        answer = portal.answer(self.path, headers)
        portal.requests.append(Request(time.monotonic(), self.command, self.path, answer.status))
        if portal.gzip and "gzip" in headers.get("Accept-Encoding", ""):
            answer = _compressed(answer)
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        body = answer.body
        if portal.chunked and self.request_version == "HTTP/1.1":
            self.send_header("Transfer-Encoding", "chunked")
            body = _chunks(body)
        else:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def version_string(self) -> str:
        return "Apache-Coyote/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the portal keeps its access log itself."""


def _compressed(answer: ServerResponse) -> ServerResponse:
    if ("Content-Type", HTML) not in answer.headers:
        return answer
    coded = (("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
    body = gzip.compress(answer.body, compresslevel=5, mtime=0)
    return replace(answer, body=body, headers=answer.headers + coded)


def _chunks(body: bytes) -> bytes:
    pieces = (body[at : at + _CHUNK] for at in range(0, len(body), _CHUNK))
    return b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in pieces) + b"0\r\n\r\n"
