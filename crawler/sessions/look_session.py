"""A look at a few pages of a site before it is described, or by its description: kept, politely."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

from archive.catalogue.captures import read_stored
from archive.model import Capture, Link, Outcome, Page, Role, StoredResponse
from crawler.frontier.entries import EntryKind, FrontierEntry
from crawler.sessions.site_crawl import SiteCrawl

Asking = Generator[str, StoredResponse | None, Any]
"""Yields addresses, is sent what came for each (None if nothing did), and returns what it saw."""


@dataclass(eq=False)
class LookSession(SiteCrawl):
    """Asks for one address after the other, as `asking` says; `result` is what that returned."""

    asking: Asking = field(kw_only=True)
    kind: EntryKind = EntryKind.SINGLE
    result: Any = field(default=None, init=False)
    _asked: int = field(default=0, init=False)

    def _begin(self) -> None:
        super()._begin()
        self._go_on(None)
        self._robots_gate.ask_hosts()

    def _finish(self, entry: FrontierEntry, capture: Capture, page: Page) -> int:
        if entry.role is Role.ROBOTS:
            return super()._finish(entry, capture, page)
        self._go_on(read_stored(self.archive.catalogue, capture))
        self.frontier.done(entry)
        return 0

    def _settle_without_response(
        self, entry: FrontierEntry, outcome: Outcome, detail: str, *, at: str | None = None
    ) -> None:
        if entry.role is not Role.ROBOTS:
            self._go_on(None)
        super()._settle_without_response(entry, outcome, detail, at=at)

    def _go_on(self, stored: StoredResponse | None) -> None:
        """Hand over what came, and take the next address."""
        try:
            url = self.asking.send(stored)
        except StopIteration as end:
            self.result = end.value
            return
        self._asked += 1
        link = Link(self._asked_at(url), Role.OTHER, f"{url} {self._asked}")
        self.frontier.add([link], category="")
