"""The reader's page on a real server on loopback, and what it answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from functools import cached_property
from http.client import HTTPConnection
from types import TracebackType
from typing import Any, Self

from bs4 import BeautifulSoup

from archive.ground.home import Home
from web_reader.options import ReaderOptions
from web_reader.serving import ReaderServer, listen


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    headers: Message
    body: bytes

    @cached_property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @cached_property
    def json(self) -> Any:
        return json.loads(self.body)

    @cached_property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.body, "html.parser")

    def words(self, selector: str) -> list[str]:
        return [" ".join(one.get_text().split()) for one in self.page.select(selector)]


class Visited:
    """A reader that is served while it lasts."""

    def __init__(self, home: Home, options: ReaderOptions | None = None) -> None:
        self._server = ReaderServer(
            home, options or ReaderOptions(), listen("127.0.0.1", 0, public=False)
        )
        self.address = self._server.address.rstrip("/")
        self.host = self._server.address.split("/")[2]

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.__exit__(kind, error, trace)

    def get(self, path: str, *, method: str = "GET", **headers: str) -> Answered:
        """Ask; header names are written with underscores."""
        return self.ask(path, {k.replace("_", "-"): v for k, v in headers.items()}, method=method)

    def ask(self, path: str, headers: Mapping[str, str], *, method: str = "GET") -> Answered:
        connection = HTTPConnection(self.host, timeout=20)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return Answered(answer.status, answer.headers, answer.read())
        finally:
            connection.close()
