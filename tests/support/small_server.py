"""Small portals on loopback, where forms may be posted, too."""

from __future__ import annotations

import time
from threading import Thread
from typing import Any

from crawler.sample_portal.server import PortalServer, Request, _Handler


class _WithForms(_Handler):
    def do_POST(self) -> None:  # noqa: N802 (its name in the standard library)
        portal: Any = self.server.portal
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answer = portal.answer(self.path, dict(self.headers), body)
        portal.requests.append(Request(time.monotonic(), "POST", self.path, answer.status))
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)


def serve(portal: Any) -> PortalServer:
    """A server that has begun to serve a portal."""
    server = PortalServer(0, portal)
    server.RequestHandlerClass = _WithForms
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server
