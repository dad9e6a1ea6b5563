"""How often portals said that articles were read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from archive.catalogue.database import Catalogue
from archive.ground.times import from_text


class ViewCount(NamedTuple):
    """What one capture of an article said of its views."""

    article: str
    site: str
    title: str
    published_at: datetime | None
    captured_at: datetime
    views: int


def view_counts(catalogue: Catalogue) -> Iterator[ViewCount]:
    """The counts of every article that may be shown, article by article, oldest first."""
    for row in catalogue.connection.execute(_COUNTS):
        published = row["published_at"]
        yield ViewCount(
            row["article"],
            row["site"],
            row["title"],
            datetime.fromisoformat(published) if published else None,
            from_text(row["captured_at"]),
            row["views"],
        )


_COUNTS = """
SELECT o.article, a.site, a.published_at, v.content ->> 'title' AS title, o.captured_at, o.views
FROM observation o
JOIN shown_article a ON a.id = o.article
JOIN version v ON v.article = a.id AND v.digest = a.version
WHERE o.views IS NOT NULL AND o.truncated = 0
ORDER BY o.article, o.captured_at, o.seq
"""
