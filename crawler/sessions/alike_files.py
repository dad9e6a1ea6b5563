"""Files that were different and became one and the same: a notice's picture in the place of theirs.

They are no new states of the files. The crawl goes on: what its pages say is another matter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from archive.model import Capture, Page, PageKind, Role

MANY = 5
"""Files of different payloads that cannot all have become the same."""

REASON = "it is the same as other files of its site that were different before"


@dataclass(frozen=True, slots=True)
class AlikeFiles:
    """The files of a run that changed.

    `before` gives the digest of a file's payload before a capture of it, None for a new one;
    `is_doubted` says whether a payload was quarantined before.
    """

    before: Callable[[Capture, Page], str | None]
    is_doubted: Callable[[str], bool]
    _became: dict[str, dict[str, tuple[Capture, str]]] = field(default_factory=dict)
    _told: set[int] = field(default_factory=set)

    def saw(self, capture: Capture, page: Page) -> list[Capture]:
        """Take a capture into account; those that are doubtful by now and were not before."""
        if capture.role not in (Role.IMAGE, Role.ATTACHMENT) or page.kind is not PageKind.FILE:
            return []
        old = self.before(capture, page)
        if old is None or old == capture.payload_digest:
            return []
        met = self._became.setdefault(capture.payload_digest, {})
        met[page.identity_url] = (capture, old)
        many = len({was for _, was in met.values()}) >= MANY
        if not (many or self.is_doubted(capture.payload_digest)):
            return []
        doubtful = [one for one, _ in met.values() if one.seq not in self._told]
        self._told.update(one.seq for one in doubtful)
        return doubtful
