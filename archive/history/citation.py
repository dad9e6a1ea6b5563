"""A citation of an article as it was captured, with all that is needed to check it.

The archived URL has the form that Memento servers use (RFC 7089; 14 digits of UTC), below a prefix
that stands for whatever server replays an export.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.catalogue.captures import page_of
from archive.ground.times import to_timestamp14
from archive.history.article_history import history
from archive.reading import ArchiveReader

PREFIX = "http://localhost:8080/hdnd"
"""Where a replay server on one's own machine serves an export called `hdnd`."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where and when an article said what it said, and in which record that is kept.

    `truncated` says why the capture was cut, `problem` what of it could not be read; both None if
    it is whole.
    """

    id: str
    title: str
    site: str
    published_at: datetime | None
    url: str
    captured_at: datetime
    version: str
    payload_digest: str
    archived_url: str
    segment: str
    record_id: str
    truncated: str | None = None
    problem: str | None = None


def cite(
    reader: ArchiveReader, article_id: str, *, version: str | None = None, prefix: str = PREFIX
) -> Citation:
    """Cite the standing version, or the one named, by the last whole capture that showed it.

    Raises `UsageError` for what the archive does not hold, `Withheld` for what must not be shown.
    """
    known = history(reader.catalogue, article_id)
    chosen = known.version(version or known.standing)
    seen = max(
        (o for o in known.observations if o.version == chosen.digest),
        key=lambda o: (not o.truncated, o.captured_at, o.number),
    )
    capture = reader.capture(seen.number)
    page = page_of(reader.catalogue, seen.number)
    return Citation(
        id=known.id,
        title=chosen.article.title,
        site=known.site,
        published_at=chosen.article.published_at,
        url=seen.url,
        captured_at=capture.captured_at,
        version=chosen.digest,
        payload_digest=capture.payload_digest,
        archived_url=f"{prefix.rstrip('/')}/{to_timestamp14(capture.captured_at)}/{capture.url}",
        segment=capture.segment,
        record_id=capture.record_id,
        truncated=capture.truncated,
        problem=page.problem if page else None,
    )
