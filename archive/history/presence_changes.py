"""When articles were found to be gone from their sites, and when to be back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.catalogue.absence import Tombstone, checks, tombstones
from archive.catalogue.database import Catalogue
from archive.catalogue.queries.articles import content, standing
from archive.catalogue.queries.history import missed
from archive.catalogue.queries.withholding import withheld


@dataclass(frozen=True, slots=True)
class PresenceChange:
    """An article that was found to be gone, or to be back: `is_back`.

    It went after `last_found_at` and no later than `gone_since`; `found_at` is the check by which
    it was known to be gone, or that showed it again.
    """

    article: str
    site: str
    title: str
    url: str
    last_found_at: datetime
    gone_since: datetime
    found_at: datetime
    is_back: bool


def presence_changes(
    catalogue: Catalogue, *, since: datetime, site: str | None = None
) -> list[PresenceChange]:
    """What was found at `since` or later, of one site or of all, the oldest first."""
    hidden = withheld(catalogue)
    found = [
        change
        for article in missed(catalogue)
        if article not in hidden
        for stone in tombstones(article, checks(catalogue, article))
        for change in _of(catalogue, stone)
        if change.found_at >= since and site in (None, change.site)
    ]
    return sorted(found, key=lambda change: (change.found_at, change.article))


def gone_now(
    catalogue: Catalogue, *, since: datetime | None = None, site: str | None = None
) -> list[PresenceChange]:
    """The articles that are gone now, found to be so at `since` or later; the oldest first."""
    last: dict[str, PresenceChange] = {}
    for change in presence_changes(catalogue, since=datetime.min.replace(tzinfo=UTC), site=site):
        last[change.article] = change
    found = [change for change in last.values() if not change.is_back]
    return sorted(
        (change for change in found if since is None or change.found_at >= since),
        key=lambda change: (change.found_at, change.article),
    )


def _of(catalogue: Catalogue, stone: Tombstone) -> Iterator[PresenceChange]:
    article = standing(catalogue, stone.article)
    assert article is not None, "the catalogue named it"
    title = content(catalogue, article.id, article.version).title
    for found_at, is_back in ((stone.known_at, False), (stone.back_at, True)):
        if found_at is not None:
            yield PresenceChange(
                article.id,
                article.site,
                title,
                article.url,
                stone.last_found_at,
                stone.since,
                found_at,
                is_back,
            )
