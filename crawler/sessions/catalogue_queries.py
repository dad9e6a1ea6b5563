"""What the catalogue says of a run: how much there is, what came of it, and what was news."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from archive.model import Capture, Page


class Held(NamedTuple):
    """How much an archive holds."""

    articles: int
    versions: int


def held(connection: sqlite3.Connection) -> Held:
    """How much the archive holds now."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM version)"
    ).fetchone()
    return Held(*row)


def pages_met(connection: sqlite3.Connection, crawl: str) -> int:
    """The listings and articles of a whole crawl, of its earlier runs too."""
    row = connection.execute(
        "SELECT count(*) FROM run JOIN capture ON capture.run = run.id JOIN page USING (seq)"
        " WHERE crawl = ? AND page.kind IN ('listing', 'article')",
        (crawl,),
    ).fetchone()
    return int(row[0])


def articles_met(connection: sqlite3.Connection, crawl: str) -> int:
    """The articles of a whole crawl, one as often as it came."""
    row = connection.execute(
        "SELECT count(*) FROM run JOIN capture ON capture.run = run.id JOIN page USING (seq)"
        " WHERE crawl = ? AND page.kind = 'article'",
        (crawl,),
    ).fetchone()
    return int(row[0])


def last_pages(connection: sqlite3.Connection, crawl: str, most: int) -> list[int]:
    """The captures of listings and articles that a crawl made last, by number, in order.

    Without those that it came to doubt.
    """
    rows = connection.execute(
        "SELECT seq FROM run JOIN capture ON capture.run = run.id"
        " WHERE crawl = ? AND role IN ('listing', 'article')"
        " AND seq NOT IN (SELECT seq FROM doubted) ORDER BY seq DESC LIMIT ?",
        (crawl, most),
    )
    return sorted(row["seq"] for row in rows)


def lists_something(connection: sqlite3.Connection, crawl: str, site: str) -> bool:
    """Whether a listing of a crawl leads to an article, or the site never had one."""
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM run JOIN capture ON capture.run = run.id"
        " JOIN page USING (seq) WHERE crawl = :crawl AND page.kind = 'listing'"
        " AND page.links LIKE '%\"article\"%')"
        " OR NOT EXISTS (SELECT 1 FROM article WHERE site = :site)",
        {"crawl": crawl, "site": site},
    ).fetchone()
    return bool(row[0])


def is_change(connection: sqlite3.Connection, capture: Capture) -> bool:
    """Whether this capture is what changed an article last."""
    row = connection.execute(
        "SELECT 1 FROM page p JOIN change c ON c.id = p.article AND c.seq = p.seq WHERE p.seq = ?",
        (capture.seq,),
    ).fetchone()
    return row is not None


def is_news(connection: sqlite3.Connection, capture: Capture, page: Page) -> tuple[bool, bool]:
    """Whether a capture brought a new article, and whether it changed one that was known."""
    if not page.article or not is_change(connection, capture):
        return False, False
    row = connection.execute(
        "SELECT count(*) FROM observation WHERE seq <= :seq AND article ="
        " (SELECT article FROM page WHERE seq = :seq)",
        {"seq": capture.seq},
    ).fetchone()
    return row[0] == 1, row[0] > 1
