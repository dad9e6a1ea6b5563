"""Questions to an archive: articles, captures, problems, runs, what is held."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Self

from archive.catalogue import database
from archive.catalogue.captures import capture_at, read_stored
from archive.catalogue.derivation_state import read_state
from archive.catalogue.version_identity import from_json
from archive.ground.home import Home
from archive.ground.times import from_text
from archive.model import ArticleRecord, Capture, Problem, Run, Status, StoredResponse
from archive.withholding import require_shown, withheld


class ArchiveReader:
    """An archive open for reading; never waits for a writer, never writes a byte."""

    def __init__(self, home: Home, connection: sqlite3.Connection) -> None:
        self.home = home
        self.connection = connection

    @classmethod
    def open(cls, home: Home) -> Self:
        """Open the archive of a home, or raise an error that says what is missing."""
        return cls(home, database.open_for_reading(home.catalogue))

    def close(self) -> None:
        """Close the catalogue."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def hold_still(self) -> None:
        """From now on see the archive as it is at this moment, whatever a writer adds."""
        self.connection.execute("BEGIN")
        self.last_change()

    def article(self, article_id: str) -> ArticleRecord | None:
        """The article of this id, also under an id it had before; None if there is none.

        Raises `Withheld` for one that must not be shown.
        """
        current = self.current_id(article_id)
        require_shown(self.connection, current)
        return _article(self.connection, current)

    def current_id(self, article_id: str) -> str:
        """The id that an article has now, by any id it had before."""
        alias = self.connection.execute(
            "SELECT article FROM alias WHERE id = ?", (article_id,)
        ).fetchone()
        return alias["article"] if alias else article_id

    def changes(self, after: int) -> Iterator[tuple[str, int, ArticleRecord | None]]:
        """Ids whose article changed after a change's number, oldest first.

        None stands for one that was merged into another or is withheld.
        """
        hidden = withheld(self.connection)
        rows = self.connection.execute(
            "SELECT id, seq FROM change WHERE seq > ? ORDER BY seq, id", (after,)
        ).fetchall()
        for row in rows:
            shown = row["id"] not in hidden
            yield row["id"], row["seq"], _article(self.connection, row["id"]) if shown else None

    def article_count(self) -> int:
        """How many articles there are to be shown."""
        return _count(self.connection, "shown_article")

    def change_count(self, after: int) -> int:
        """How many articles changed after a change's number."""
        row = self.connection.execute("SELECT count(*) FROM change WHERE seq > ?", (after,))
        return int(row.fetchone()[0])

    def merged_away(self, after: int) -> list[str]:
        """Ids that ceased to be an article's own, or are withheld, after a change's number."""
        rows = self.connection.execute(
            "SELECT id FROM change WHERE seq > ? AND id NOT IN (SELECT id FROM shown_article)",
            (after,),
        )
        return [row["id"] for row in rows]

    def last_change(self) -> int:
        """The number of the last change to any article; 0 in an empty archive."""
        return int(
            self.connection.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()[0]
        )

    def last_capture(self) -> int:
        """The number of the last capture; 0 in an empty archive."""
        row = self.connection.execute("SELECT coalesce(max(seq), 0) FROM capture").fetchone()
        return int(row[0])

    def rule(self) -> int:
        """The extraction rule that all pages of the catalogue follow."""
        state = read_state(self.connection, "pages")
        return state.rule if state else 0

    def capture(self, seq: int) -> Capture:
        """The capture of this number."""
        return capture_at(self.connection, seq)

    def stored(self, capture: Capture) -> StoredResponse:
        """A capture's content, read back from its segment."""
        return read_stored(self.home, self.connection, capture)

    def runs(self) -> list[Run]:
        """All runs that fetched, oldest first."""
        rows = self.connection.execute(
            "SELECT * FROM run WHERE id NOT IN (SELECT run FROM withholding)"
            " ORDER BY started_at, id"
        )
        return [_run(row) for row in rows]

    def problems(self) -> list[Problem]:
        """What could not be read or fetched and has not come right since, by site and URL."""
        rows = self.connection.execute(_PROBLEMS).fetchall()
        return [
            Problem(row["site"], row["url"], from_text(row["at"]), row["what"], row["detail"] or "")
            for row in rows
        ]

    def status(self) -> Status:
        """What is held."""
        one = self.connection.execute
        span = one(
            "SELECT min(published_at), max(published_at), count(*) - count(published_at)"
            " FROM article"
        ).fetchone()
        runs = self.runs()
        return Status(
            articles=_count(self.connection, "article"),
            captures=_count(self.connection, "capture"),
            versions=_count(self.connection, "version"),
            problems=_count(self.connection, f"({_PROBLEMS})"),
            sites=tuple(r["site"] for r in one("SELECT DISTINCT site FROM run ORDER BY site")),
            first_published=_published(span[0]),
            last_published=_published(span[1]),
            undated=span[2],
            change_seq=self.last_change(),
            last_run=runs[-1] if runs else None,
            warc_bytes=_size(self.home.warc),
            catalogue_bytes=sum(
                path.stat().st_size for path in self.home.path.glob("catalogue.sqlite*")
            ),
            gone=_count(self.connection, "gone"),
            withheld=_count(self.connection, "withheld"),
        )


_PROBLEMS = """
WITH event AS (
    SELECT c.seq, c.site, p.identity_url AS url, c.captured_at AS at, m.seq IS NULL AS own,
        CASE WHEN p.problem IS NOT NULL AND (m.seq IS NULL OR p.kind != 'error')
            THEN p.kind END AS what, p.problem AS detail
    FROM capture c JOIN page p USING (seq) LEFT JOIN memento m USING (seq)
    UNION ALL
    SELECT m.seq, c.site, m.fetched_url, m.fetched_at, 1, NULL, NULL
    FROM memento m JOIN capture c USING (seq)
    UNION ALL
    SELECT seq, site,
        coalesce((SELECT p.identity_url FROM capture c JOIN page p ON p.seq = c.seq
            WHERE c.url = o.url ORDER BY c.seq DESC LIMIT 1), url),
        at, 1, CASE WHEN outcome = 'failed' THEN outcome END, detail
    FROM outcome o)
SELECT site, url, at, what, detail FROM (
    SELECT *, row_number() OVER (PARTITION BY site, url
        ORDER BY own DESC, CASE WHEN own THEN seq END DESC, at DESC) AS age
    FROM event)
WHERE age = 1 AND what IS NOT NULL
ORDER BY site, url
"""


def _article(connection: sqlite3.Connection, article_id: str) -> ArticleRecord | None:
    row = connection.execute("SELECT * FROM article WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        return None
    content = connection.execute(
        "SELECT content FROM version WHERE article = ? AND digest = ?", (article_id, row["version"])
    ).fetchone()
    latest = connection.execute(
        "SELECT * FROM observation WHERE seq = ?", (row["last_seq"],)
    ).fetchone()
    urls = connection.execute(
        "SELECT url FROM article_url WHERE article = ? ORDER BY url != ?, url",
        (article_id, row["url"]),
    )
    counts = connection.execute(
        "SELECT count(*) AS captures, count(DISTINCT version) AS versions FROM observation"
        " WHERE article = ?",
        (article_id,),
    ).fetchone()
    changed = connection.execute("SELECT seq FROM change WHERE id = ?", (article_id,)).fetchone()
    gone = connection.execute("SELECT since FROM gone WHERE article = ?", (article_id,)).fetchone()
    shown = connection.execute(
        "SELECT c.truncated, p.problem FROM capture c JOIN page p USING (seq) WHERE seq = ?",
        (row["last_seq"],),
    ).fetchone()
    return ArticleRecord(
        id=article_id,
        site=row["site"],
        url=row["url"],
        urls=tuple(u["url"] for u in urls),
        category=row["category"],
        article=from_json(content["content"]),
        views=latest["views"],
        poster=latest["poster"],
        stamp=latest["stamp"],
        version=row["version"],
        versions=counts["versions"],
        captures=counts["captures"],
        first_captured_at=from_text(row["first_captured_at"]),
        last_captured_at=from_text(row["last_captured_at"]),
        capture_seq=row["last_seq"],
        change_seq=changed["seq"],
        gone_since=from_text(gone["since"]) if gone else None,
        truncated=shown["truncated"],
        problem=shown["problem"],
    )


def _run(row: sqlite3.Row) -> Run:
    return Run(
        id=row["id"],
        crawl=row["crawl"],
        site=row["site"],
        kind=row["kind"],
        started_at=from_text(row["started_at"]),
        ended_at=from_text(row["ended_at"]) if row["ended_at"] else None,
        reason=row["reason"],
        counts=json.loads(row["counts"]),
    )


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _published(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*")) if folder.exists() else 0
