"""What a recovery asks web archives for: queries of their index, and captures that these list."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from archive.catalogue import mementos
from archive.model import Memento, Role
from archive.warc.http_response import Headers
from crawler.politeness.retry import MAX_ATTEMPTS, REFUSALS
from crawler.web_archives.web_archive import IndexLine, WebArchive

_CUT_ON_THE_WAY = ("disconnect", "time")


@dataclass(frozen=True, slots=True)
class FetchTask:
    """One thing to ask a web archive for: a query of its index, or the capture of `line`.

    `role` is what the exchange is for, `wanted_as` why the capture is wanted; `hops` counts the
    redirects within the archive that led to it. Of `attempts` those that the archive refused count
    half: they say more of the archive than of the task.
    """

    id: int
    url: str
    role: Role
    via: str | None
    attempts: float
    hops: int = 0
    line: IndexLine | None = None
    wanted_as: Role | None = None
    identity_url: str = ""

    @property
    def byte_range(self) -> tuple[int, int] | None:
        """The part of a file that it is about, if it is about one: first and last byte."""
        return None if self.line is None else self.line.byte_range

    @property
    def length(self) -> int | None:
        """Bytes of that part."""
        if self.byte_range is None:
            return None
        first, last = self.byte_range
        return last - first + 1

    def is_last(self, weight: float = 1) -> bool:
        """Whether an attempt that weighs so much is the last."""
        return self.attempts + weight >= MAX_ATTEMPTS

    def is_cut(self, truncated: str | None, status: int, length: int) -> bool:
        """Whether an answer with a body of this length is less than was sent, or asked for."""
        wanted = self.length if status == HTTPStatus.PARTIAL_CONTENT else None
        return truncated in _CUT_ON_THE_WAY or length < (wanted or 0)

    def headers(self) -> dict[str, str]:
        """What a request for it says beside the usual."""
        if self.byte_range is None:
            return {}
        first, last = self.byte_range
        return {"Accept-Encoding": "identity", "Range": f"bytes={first}-{last}"}

    def found_in(
        self, source: WebArchive, status: int, headers: Headers, body: bytes
    ) -> mementos.FoundMemento | None:
        """The capture that an answer brings, the one asked for or another; None if it has none."""
        if self.line is None or not self._is_the_range(status, headers):
            return None
        return mementos.find(self.memento(source), status, headers, body)

    def _is_the_range(self, status: int, headers: Headers) -> bool:
        if self.byte_range is None:
            return True
        stated = next((value for name, value in headers if name.lower() == "content-range"), "")
        first, last = self.byte_range
        return status == 206 and stated.partition("/")[0].split() == ["bytes", f"{first}-{last}"]

    def memento(self, source: WebArchive) -> Memento:
        """The capture that is asked for, as the archive's index tells of it."""
        assert self.line is not None
        assert self.wanted_as is not None
        return Memento(
            source=source.name,
            url=self.line.url,
            captured_at=self.line.captured_at,
            role=self.wanted_as,
            form=source.form,
            digest=self.line.digest or None,
        )


def weight_of(status: int) -> float:
    """What an attempt that was answered so counts."""
    return 0.5 if status in REFUSALS else 1
