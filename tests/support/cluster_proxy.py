"""What stands before a cluster: TLS, a password, a limit of size, and trouble of every kind."""

from __future__ import annotations

import base64
import http.client
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from support.tls import issue

USER, PASSWORD = "an", "s3cret-word"


@dataclass
class Before:
    """How the proxy behaves. `trouble` says, by the number of a request and its path, what becomes
    of it: "" (it is passed on), a status (it is not), "lost" (it is, but its answer is not sent).
    """

    port: int
    secret: bool = False
    most_bytes: int = 1 << 40
    trouble: Callable[[int, str], str] = lambda number, path: ""
    seen: list[str] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    before: Before

    def _deal(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        before = self.before
        before.seen.append(self.path)
        trouble = before.trouble(len(before.seen), self.path)
        pair = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if before.secret and self.headers.get("Authorization") != f"Basic {pair}":
            self._answer(401, "text/plain", b"Unauthorized")
        elif len(body) > before.most_bytes:
            self._answer(413, "text/html", b"<html>413 Request Entity Too Large</html>")
        elif trouble.isdecimal():
            self._answer(int(trouble), "text/html", b"<html>not now</html>")
        else:
            asked = http.client.HTTPConnection("127.0.0.1", before.port, timeout=60)
            kind = {"Content-Type": self.headers.get("Content-Type") or "application/json"}
            asked.request(self.command, self.path, body or None, kind if body else {})
            given = asked.getresponse()
            said = given.read()
            asked.close()
            if trouble == "lost":
                self.close_connection = True
            else:
                self._answer(given.status, str(given.getheader("Content-Type")), said)

    do_GET = do_PUT = do_POST = do_DELETE = _deal  # noqa: N815 (names of the standard library)

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Who does not trust the certificate goes away: that is no fault here."""


@contextmanager
def proxy(before: Before, certificate: Path | None = None) -> Iterator[str]:
    """A proxy on loopback, with TLS if a certificate is given; yields its host and port."""
    handler = type("_Bound", (_Handler,), {"before": before})
    server = _Server(("127.0.0.1", 0), handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def certificates(folder: Path) -> tuple[Path, Path]:
    """A certificate for `localhost` with its key, and that of the authority that issued it."""
    authority = issue("An Authority", authority=True)
    server = issue("localhost", authority)
    (folder / "ca.pem").write_bytes(authority.pem)
    return server.file_with_key(folder), folder / "ca.pem"
