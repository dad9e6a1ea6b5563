"""Quarantine: captures that a crawl found to be all alike where they should differ.

A maintenance page that is answered with 200 at every address is one page, not a new version of
every article. The crawl that notices says so in a `metadata` record that names the captures. They
stay, but nothing is concluded from them: no version, no observation, no absence.
"""

from __future__ import annotations

import sqlite3

from archive.catalogue import absence
from archive.catalogue.derive_articles import refresh_article
from archive.model import PageKind


def store_quarantine(connection: sqlite3.Connection, seq: int) -> None:
    """Take back what was concluded from the captures that quarantine `seq` names."""
    row = connection.execute("SELECT * FROM quarantine WHERE seq = ?", (seq,)).fetchone()
    record_ids = row["captures"].split()
    pages = connection.execute(
        "SELECT p.seq, p.site, p.identity_url, p.article FROM capture c JOIN page p USING (seq)"
        f" WHERE c.record_id IN ({', '.join('?' * len(record_ids))}) ORDER BY p.seq",
        record_ids,
    ).fetchall()
    articles = {page["article"] for page in pages if page["article"]}
    for page in pages:
        connection.execute("INSERT OR IGNORE INTO quarantined VALUES (?, ?)", (page["seq"], seq))
        connection.execute("DELETE FROM observation WHERE seq = ?", (page["seq"],))
        connection.execute(
            "UPDATE page SET kind = ?, article = NULL, problem = ? WHERE seq = ?",
            (PageKind.UNREADABLE.value, row["reason"], page["seq"]),
        )
        known = connection.execute(
            "SELECT article FROM article_url WHERE site = ? AND url = ?",
            (page["site"], page["identity_url"]),
        )
        articles |= {found["article"] for found in known}
    for article in sorted(articles):
        connection.execute(
            "DELETE FROM version WHERE article = :id"
            " AND digest NOT IN (SELECT version FROM observation WHERE article = :id)",
            {"id": article},
        )
        refresh_article(connection, seq, article)
        absence.refresh(connection, article, seq)
