"""What an article was before a capture of it, and which captures a crawl came to doubt."""

from __future__ import annotations

import sqlite3

from archive.catalogue.version_identity import from_json
from archive.model import Article


def article_before(connection: sqlite3.Connection, seq: int) -> Article | None:
    """What stood of the article that capture `seq` shows before it came; None if nothing did."""
    row = connection.execute(_BEFORE, {"seq": seq}).fetchone()
    return from_json(row["content"]) if row else None


def doubted_captures(connection: sqlite3.Connection, site: str, most: int) -> list[int]:
    """The numbers of the captures of a site that were doubted last, newest first."""
    rows = connection.execute(
        "SELECT d.seq FROM doubted d JOIN capture c USING (seq) WHERE c.site = ?"
        " ORDER BY d.seq DESC LIMIT ?",
        (site, most),
    )
    return [row["seq"] for row in rows]


_BEFORE = """
SELECT v.content FROM page p JOIN observation o ON o.article = p.article
JOIN version v ON v.article = o.article AND v.digest = o.version
WHERE p.seq = :seq AND o.seq < :seq
ORDER BY o.truncated, o.captured_at DESC, o.seq DESC LIMIT 1
"""
