"""What an export holds: captures and articles, chosen in the catalogue of one moment.

The numbers of the chosen captures are in the temporary table `wanted` by segment, so that a large
archive takes no more memory than a small one. What is withheld is left out: the article's own
captures, the files that no other article has, and the lists that show its title.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from archive.ground.errors import UsageError
from archive.model import ArticleRecord
from archive.reading import ArchiveReader
from archive.withholding import withheld


@dataclass(frozen=True, slots=True)
class Selection:
    """All of the archive, or one site of it, or some articles with their files.

    `articles` are ids, also former ones; None means all.
    """

    site: str | None = None
    articles: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Selected:
    """A selection made in an open archive; `captures` is how many there are."""

    reader: ArchiveReader
    selection: Selection
    captures: int

    def articles(self) -> Iterator[ArticleRecord]:
        """The selected articles by id."""
        rows = self.reader.connection.execute("SELECT id FROM temp.chosen ORDER BY id")
        for row in rows:
            record = self.reader.article(row["id"])
            if record is not None:
                yield record


@contextmanager
def selected(reader: ArchiveReader, selection: Selection) -> Iterator[Selected]:
    """Choose; from here on the archive is seen as it is now, whatever a crawl adds meanwhile.

    Raises `UsageError` for an article or site that is not there, `Withheld` for an article named
    that must not be shown.
    """
    reader.hold_still()
    connection = reader.connection
    try:
        _choose_articles(reader, selection)
        _choose_captures(connection, selection)
        (captures,) = connection.execute("SELECT count(*) FROM wanted").fetchone()
        if not captures:
            raise UsageError("there is nothing to export", hint="`hdnd status` says what is held.")
        yield Selected(reader, selection, captures)
    finally:
        for table in ("wanted", "candidate", "chosen"):
            connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _choose_articles(reader: ArchiveReader, selection: Selection) -> None:
    connection = reader.connection
    connection.execute("CREATE TEMP TABLE chosen (id TEXT PRIMARY KEY) WITHOUT ROWID")
    if selection.articles is None:
        connection.execute(
            "INSERT INTO chosen SELECT id FROM shown_article WHERE :site IS NULL OR site = :site",
            {"site": selection.site},
        )
        return
    for article in sorted(selection.articles):
        record = reader.article(article)
        if record is None:
            raise UsageError(f"there is no article {article!r} in {reader.home.path}")
        if selection.site in (None, record.site):
            connection.execute("INSERT OR IGNORE INTO chosen VALUES (?)", (record.id,))


def _choose_captures(connection: sqlite3.Connection, selection: Selection) -> None:
    connection.execute("CREATE TEMP TABLE candidate (seq INTEGER PRIMARY KEY)")
    if selection.articles is not None:
        connection.execute(_PAGES_OF_ARTICLES)
        connection.execute(_FILES_OF_ARTICLES)
    else:
        connection.execute(
            "INSERT INTO candidate SELECT seq FROM capture WHERE :site IS NULL OR site = :site",
            {"site": selection.site},
        )
    if withheld(connection):
        for captures in (_WITHHELD_PAGES, _WITHHELD_FILES, _LISTS_WITH_WITHHELD):
            connection.execute(f"DELETE FROM candidate WHERE seq IN ({captures})")
    connection.execute(_ADD_ORIGINALS)
    connection.execute(
        "CREATE TEMP TABLE wanted (segment INTEGER, seq INTEGER, PRIMARY KEY (segment, seq))"
        " WITHOUT ROWID"
    )
    connection.execute(
        "INSERT INTO wanted SELECT c.segment, c.seq FROM candidate JOIN capture c USING (seq)"
    )


_PAGES_OF_ARTICLES = """
INSERT OR IGNORE INTO candidate
    SELECT p.seq FROM chosen JOIN article_url u ON u.article = chosen.id
    JOIN page p ON p.site = u.site AND p.identity_url = u.url
    WHERE p.article IS NULL OR p.article = chosen.id
"""

_FILES_OF_ARTICLES = """
INSERT OR IGNORE INTO candidate
    SELECT p.seq FROM chosen JOIN article a USING (id) JOIN article_file f ON f.article = a.id
    JOIN page p ON p.site = a.site AND p.identity_url = f.url
"""

_WITHHELD_PAGES = """
    SELECT p.seq FROM withheld w JOIN article_url u ON u.article = w.article
    JOIN page p ON p.site = u.site AND p.identity_url = u.url
    WHERE p.article IS NULL OR p.article = w.article
"""

_WITHHELD_FILES = """
    SELECT p.seq FROM withheld w JOIN article a ON a.id = w.article
    JOIN article_file f ON f.article = a.id
    JOIN page p ON p.site = a.site AND p.identity_url = f.url
    WHERE NOT EXISTS (SELECT 1 FROM article_file other JOIN shown_article s ON s.id = other.article
        WHERE other.url = f.url)
"""

_LISTS_WITH_WITHHELD = """
    SELECT p.seq FROM page p, json_each(p.links) AS link
    WHERE p.kind = 'listing' AND json_extract(link.value, '$[2]') IN (
        SELECT u.url FROM withheld w JOIN article_url u ON u.article = w.article
        WHERE u.site = p.site)
    UNION ALL
    SELECT seq FROM page WHERE kind = 'soft-404' AND site IN (
        SELECT a.site FROM withheld w JOIN article a ON a.id = w.article)
"""

_ADD_ORIGINALS = """
INSERT OR IGNORE INTO candidate
    SELECT original.seq FROM candidate JOIN capture c USING (seq)
    JOIN capture original ON original.record_id = c.refers_to
"""
