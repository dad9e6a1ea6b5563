"""A proxy before an object store that kills its client at one request: before or after it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

_OF_A_HOP = ("connection", "keep-alive", "transfer-encoding")


class CountedProxy:
    """Hands requests on to `endpoint` as they are and counts them, and the bytes
    that it has `given` of segments. At request number `at`, from 1,
    the process that `client` tells is killed: before the store has it, or once it has answered."""

    def __init__(self, endpoint: str) -> None:
        self.there = urlsplit(endpoint)
        self.count = self.at = self.given = 0
        self.before = False
        self.client: Callable[[], int] | None = None
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one_request(self) -> None:
                try:
                    super().handle_one_request()
                except OSError:
                    self.close_connection = True

            def answer(self) -> None:
                proxy.hand_on(self)

            do_GET = do_PUT = do_HEAD = do_DELETE = do_POST = answer  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.endpoint = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
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

    def hand_on(self, asked: BaseHTTPRequestHandler) -> None:
        """Hand one request on, and its answer back."""
        body = asked.rfile.read(int(asked.headers.get("Content-Length", "0")))
        self.count += 1
        is_it = self.count == self.at
        if is_it and self.before:
            self._kill()
            asked.close_connection = True
            return
        far = HTTPConnection(self.there.hostname or "", self.there.port or 80)
        # The signature names the host that the client spoke to.
        far.putrequest(asked.command, asked.path, skip_host=True, skip_accept_encoding=True)
        for name, value in asked.headers.items():
            if name.lower() not in _OF_A_HOP:
                far.putheader(name, value)
        far.endheaders(body)
        answer = far.getresponse()
        data = answer.read()
        if asked.command == "GET" and "/warc/" in asked.path:
            self.given += len(data)
        far.close()
        if is_it:
            self._kill()
            asked.close_connection = True
            return
        asked.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in (*_OF_A_HOP, "content-length"):
                asked.send_header(name, value)
        length = answer.headers["Content-Length"] if asked.command == "HEAD" else str(len(data))
        asked.send_header("Content-Length", length or "0")
        asked.end_headers()
        asked.wfile.write(data)

    def _kill(self) -> None:
        assert self.client is not None
        os.kill(self.client(), signal.SIGKILL)
