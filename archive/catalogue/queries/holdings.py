"""How much the archive holds."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from archive.catalogue.database import Catalogue


class Holdings(NamedTuple):
    """Counts of what is held; the first and last day of publication, and articles without one."""

    articles: int
    captures: int
    versions: int
    gone: int
    withheld: int
    first_published: datetime | None
    last_published: datetime | None
    undated: int


def holdings(catalogue: Catalogue) -> Holdings:
    """All the counts at once."""
    row = catalogue.connection.execute(_HOLDINGS).fetchone()
    return Holdings(
        row["articles"],
        row["captures"],
        row["versions"],
        row["gone"],
        row["withheld"],
        _published(row["first_published"]),
        _published(row["last_published"]),
        row["undated"],
    )


def _published(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


_HOLDINGS = """
SELECT count(*) AS articles, min(published_at) AS first_published,
    max(published_at) AS last_published,
    count(*) - count(published_at) AS undated,
    (SELECT count(*) FROM capture) AS captures, (SELECT count(*) FROM version) AS versions,
    (SELECT count(*) FROM gone) AS gone, (SELECT count(*) FROM withheld) AS withheld
FROM article
"""
