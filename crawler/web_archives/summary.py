"""What a recovery tells when it ends."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self

from crawler.sessions.summary import CrawlSummary


@dataclass(frozen=True, slots=True)
class MementoCrawlSummary(CrawlSummary):
    """What a recovery from one web archive did.

    `source` names the archive; `listed` captures are those that its index has of the site in the
    time asked for, `pages` those of them that are wanted. Of these, `same` were recorded without a
    request, for by the index they have the content of another, and `held_before` were held.
    """

    source: str
    listed: int
    same: int
    held_before: int

    @classmethod
    def of(
        cls, summary: CrawlSummary, *, source: str, listed: int, same: int, held_before: int
    ) -> Self:
        """The summary of its run, with what only a recovery tells."""
        told = {one.name: getattr(summary, one.name) for one in fields(summary)}
        return cls(**told, source=source, listed=listed, same=same, held_before=held_before)
