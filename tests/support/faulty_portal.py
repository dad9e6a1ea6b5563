"""The sample portal with faults: chosen paths answer otherwise, for a while or for good."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.sample_portal import SampleArticle, SamplePortal, ServerResponse


def answer(status: int, body: bytes = b"", **headers: str) -> ServerResponse:
    """An answer; header names are written with underscores."""
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return ServerResponse(status, body, named)


def to(location: str, status: int = 302) -> ServerResponse:
    """A redirect."""
    return answer(status, Location=location)


class FaultyPortal(SamplePortal):
    """`faults` maps a path to an answer for good, or to answers in turn before the portal's own."""

    def __init__(
        self,
        articles: list[SampleArticle],
        faults: Mapping[str, ServerResponse | list[ServerResponse]],
        **more: Any,
    ) -> None:
        super().__init__(articles, **more)
        self._turns = {
            path: list(given) if isinstance(given, list) else given
            for path, given in faults.items()
        }

    def answer(self, target: str, headers: Mapping[str, str]) -> ServerResponse:
        turn = self._turns.get(target, self._turns.get(target.partition("?")[0]))
        if isinstance(turn, ServerResponse):
            return turn
        return turn.pop(0) if turn else super().answer(target, headers)

    def asked(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [request.path for request in self.requests]
