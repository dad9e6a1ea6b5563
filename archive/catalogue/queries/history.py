"""What captures saw of an article and of its files over time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from archive.catalogue.database import Catalogue
from archive.catalogue.queries.imports import rough_dates
from archive.catalogue.version_identity import from_json
from archive.ground.times import from_text, to_text
from archive.model import Article


@dataclass(frozen=True, slots=True)
class Observation:
    """What one capture of an article saw. `number` is the capture's.

    `captured_in` is its date as its record states it, where that names no second.
    """

    number: int
    captured_at: datetime
    url: str
    version: str
    truncated: bool
    views: int | None
    category: str | None
    poster: str | None
    stamp: str | None
    captured_in: str | None = None


class FileCapture(NamedTuple):
    """A file as one capture has it: the digest of its payload, and whether it was cut short."""

    digest: str
    captured_at: datetime
    truncated: bool
    number: int


class File(NamedTuple):
    """A picture or attachment: its address, role and the media type that was stated last."""

    url: str
    role: str
    media_type: str | None


class SitePlace(NamedTuple):
    """An address within a site."""

    site: str
    url: str


def observations_of(catalogue: Catalogue, article: str) -> Iterator[Observation]:
    """What each capture of an article saw, in the order of time."""
    stated = rough_dates(catalogue, article)
    rows = catalogue.connection.execute(
        "SELECT seq, captured_at, url, version, truncated, views, category, poster, stamp"
        " FROM observation WHERE article = ? ORDER BY captured_at, seq",
        (article,),
    )
    for row in rows:
        yield Observation(
            number=row["seq"],
            captured_at=from_text(row["captured_at"]),
            url=row["url"],
            version=row["version"],
            truncated=bool(row["truncated"]),
            views=row["views"],
            category=row["category"],
            poster=row["poster"],
            stamp=row["stamp"],
            captured_in=stated.get(row["seq"]),
        )


def versions_of(catalogue: Catalogue, article: str) -> dict[str, Article]:
    """What each version of an article says, by its digest."""
    rows = catalogue.connection.execute(
        "SELECT digest, content FROM version WHERE article = ?", (article,)
    )
    return {row["digest"]: from_json(row["content"]) for row in rows}


def files_of(catalogue: Catalogue, article: str, site: str) -> list[File]:
    """The files of an article that captures have."""
    rows = catalogue.connection.execute(
        "SELECT f.url, c.role, c.media_type, max(c.captured_at) FROM article_file f"
        " JOIN page p ON p.site = ? AND p.identity_url = f.url JOIN capture c USING (seq)"
        " WHERE f.article = ? AND p.kind = 'file' GROUP BY f.url ORDER BY f.url",
        (site, article),
    )
    return [File(row["url"], row["role"], row["media_type"]) for row in rows]


def captures_of_file(catalogue: Catalogue, place: SitePlace) -> list[FileCapture]:
    """Every capture of a file, in the order of time."""
    rows = catalogue.connection.execute(
        "SELECT c.seq, c.payload_digest, c.captured_at, c.truncated"
        " FROM page p JOIN capture c USING (seq)"
        " WHERE p.site = ? AND p.identity_url = ? AND p.kind = 'file'"
        " ORDER BY c.captured_at, c.seq",
        place,
    )
    return [_file_capture(row) for row in rows]


def edited_since(catalogue: Catalogue, since: datetime) -> list[str]:
    """The articles of more than one version that were captured at this moment or later."""
    rows = catalogue.connection.execute(
        "SELECT a.id FROM observation o JOIN article a ON a.id = o.article"
        " GROUP BY a.id HAVING count(DISTINCT o.version) > 1 AND max(o.captured_at) >= ?",
        (to_text(since),),
    )
    return [row["id"] for row in rows]


def swapped_since(catalogue: Catalogue, since: datetime) -> list[SitePlace]:
    """The files of more than one payload that were captured at this moment or later."""
    rows = catalogue.connection.execute(
        "SELECT p.site, p.identity_url AS url FROM page p JOIN capture c USING (seq)"
        " WHERE p.kind = 'file' AND c.role IN ('image', 'attachment')"
        " GROUP BY p.site, p.identity_url"
        " HAVING count(DISTINCT c.payload_digest) > 1 AND max(c.captured_at) >= ?",
        (to_text(since),),
    )
    return [SitePlace(row["site"], row["url"]) for row in rows]


def missed(catalogue: Catalogue) -> list[str]:
    """The articles that some page of theirs was ever asked for in vain."""
    return [row["article"] for row in catalogue.connection.execute(_MISSED)]


def articles_with_file(catalogue: Catalogue, place: SitePlace) -> list[str]:
    """The articles that show a file or link to it."""
    rows = catalogue.connection.execute(
        "SELECT a.id FROM article_file f JOIN article a ON a.id = f.article"
        " WHERE a.site = ? AND f.url = ? ORDER BY a.id",
        place,
    )
    return [row["id"] for row in rows]


def _file_capture(row: sqlite3.Row) -> FileCapture:
    at, truncated = from_text(row["captured_at"]), row["truncated"] is not None
    return FileCapture(row["payload_digest"], at, truncated, row["seq"])


def leads_to(catalogue: Catalogue, place: SitePlace) -> str | None:
    """Where the address of a file redirected to when it was captured last; None if nowhere."""
    row = catalogue.connection.execute(
        "SELECT json_extract(p.links, '$[0][2]') AS target FROM page p"
        " WHERE p.site = ? AND p.identity_url = ? AND p.kind = 'redirect'"
        " ORDER BY p.seq DESC LIMIT 1",
        place,
    ).fetchone()
    return str(row["target"]) if row and row["target"] else None


_MISSED = """
SELECT DISTINCT u.article FROM (
    SELECT c.site, p.identity_url AS url FROM capture c JOIN page p USING (seq)
    WHERE c.role IN ('article', 'memento') AND p.kind != 'article'
    UNION
    SELECT o.site, coalesce((SELECT p.identity_url FROM capture c JOIN page p USING (seq)
        WHERE c.url = o.url LIMIT 1), o.url)
    FROM outcome o WHERE o.outcome = 'failed') asked
JOIN article_url u ON u.site = asked.site AND u.url = asked.url
JOIN article a ON a.id = u.article
ORDER BY u.article
"""
