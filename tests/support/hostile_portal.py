"""The sample portal behind a server that can misbehave in any way, byte for byte."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from crawler.sample_portal import SampleArticle, SamplePortal, ServerResponse
from support.byte_server import ByteServer


@dataclass(frozen=True)
class Asked:
    """A line of the access log; header names are capitalised."""

    time: float
    path: str
    headers: dict[str, str]


@dataclass
class Guest:
    """A request under way: what was asked, what the portal would say, and the connection."""

    asked: Asked
    connection: socket.socket
    answer: ServerResponse


Fault = Callable[[Guest], bytes | None]
"""What is sent in place of the portal's answer; None if the fault has dealt with it."""


@dataclass
class _Switch:
    where: re.Pattern[str]
    fault: Fault
    times: int


class HostilePortal(ByteServer):
    """`on` switches a fault on for the paths that a pattern finds."""

    def __init__(self, articles: Sequence[SampleArticle], robots: str | None = None) -> None:
        super().__init__()
        self.portal = SamplePortal(articles, gzip=False, robots=robots)
        self.requests: list[Asked] = []
        self._switches: list[_Switch] = []

    def on(self, where: str, fault: Fault, *, times: int = 1 << 30) -> Self:
        self._switches.insert(0, _Switch(re.compile(where), fault, times))
        return self

    def off(self) -> None:
        """Be the plain portal again."""
        self._switches.clear()

    def paths(self, where: str = "") -> list[str]:
        return [one.path for one in self.requests if re.search(where, one.path)]

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, trace)
        self.portal._server.close()

    def answer(self, connection: socket.socket, request: bytes) -> None:
        first, *lines = request.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        headers = {k.title(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
        asked = Asked(time.monotonic(), first.split(" ")[1], headers)
        self.requests.append(asked)
        guest = Guest(asked, connection, self.portal.answer(asked.path, headers))
        for switch in self._switches:
            if switch.times > 0 and switch.where.search(asked.path):
                switch.times -= 1
                reply = switch.fault(guest)
                break
        else:
            reply = response(guest.answer)
        if reply is not None:
            connection.sendall(reply)


def response(
    answer: ServerResponse, body: bytes | None = None, *, length: int | None = None, **headers: str
) -> bytes:
    """An answer as bytes; `length` is what Content-Length claims, headers replace or add."""
    body = answer.body if body is None else body
    named = {name.lower(): value for name, value in answer.headers if name != "Set-Cookie"}
    named |= {name.replace("_", "-").lower(): value for name, value in headers.items()}
    named["content-length"] = str(len(body) if length is None else length)
    named["connection"] = "close"
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return f"HTTP/1.1 {answer.status} X\r\n{head}\r\n".encode() + body


def says(status: int, body: bytes = b"", **headers: str) -> Fault:
    """The same answer to everyone."""
    media = {"Content_Type": "text/html;charset=UTF-8"} if body else {}
    return lambda guest: response(ServerResponse(status, body, ()), **(media | headers))
