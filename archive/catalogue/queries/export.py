"""What an export holds: captures and articles chosen in the catalogue.

The choice lies in temporary tables, so that a large archive takes no more memory than a small one:
`chosen` has ids of articles, `wanted` numbers of captures by segment. What is withheld is left out:
the article's own captures, the files that no other article has, and the lists that show its title.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from archive.catalogue.captures import number_of
from archive.catalogue.database import Catalogue
from archive.catalogue.queries.withholding import withheld
from archive.catalogue.version_identity import from_json
from archive.ground.times import from_text
from archive.model import Article, MementoForm


@dataclass(frozen=True, slots=True)
class ChosenCapture:
    """A capture that was chosen, and where its record lies.

    `form` says how a web archive handed it out, None for a capture of ours; then `fetched_url` and
    `fetched_at` are the exchange with that archive. `end_before` is where the record before it in
    its segment ends.
    """

    seq: int
    url: str
    captured_at: datetime
    status: int
    media_type: str | None
    payload_digest: str
    refers_to: str | None
    segment: str
    offset: int
    length: int
    form: MementoForm | None
    fetched_url: str | None
    fetched_at: datetime | None
    end_before: int


class ChosenSegment(NamedTuple):
    """A segment: its end as the catalogue knows it, how many captures it has, how many chosen."""

    number: int
    name: str
    end: int
    captures: int
    chosen: int


class ShownVersion(NamedTuple):
    """A version of a chosen article, and the last capture that showed it."""

    article: str
    digest: str
    url: str
    captured_at: datetime
    content: Article


def choose_all(catalogue: Catalogue, site: str | None) -> int:
    """Choose all that may be shown, of one site or of every one; how many captures there are."""
    _begin(catalogue)
    for statement in (_ALL_ARTICLES, _ALL_CAPTURES):
        catalogue.connection.execute(statement, {"site": site})
    return _settle(catalogue)


def choose_articles(catalogue: Catalogue, ids: Iterable[str], requisites: Iterable[str]) -> int:
    """Choose articles with their files, and what is held at the addresses of page requisites, each
    content once; how many captures that takes.
    """
    _begin(catalogue)
    catalogue.connection.executemany(
        "INSERT OR IGNORE INTO chosen VALUES (?)", [(article,) for article in ids]
    )
    for statement in (_PAGES_OF_ARTICLES, _FILES_OF_ARTICLES):
        catalogue.connection.execute(statement)
    catalogue.connection.executemany(_REQUISITE, ({"url": url} for url in requisites))
    return _settle(catalogue)


def page_captures(catalogue: Catalogue, article: str) -> list[int]:
    """The captures of an article's pages that hold their own content, by number."""
    rows = catalogue.connection.execute(
        "SELECT p.seq FROM page p JOIN capture c USING (seq)"
        " WHERE p.article = ? AND c.refers_to IS NULL ORDER BY p.seq",
        (article,),
    )
    return [row["seq"] for row in rows]


def style_sheet_captures(catalogue: Catalogue, url: str) -> list[int]:
    """The captures of a style sheet that hold their own content, by number."""
    rows = catalogue.connection.execute(
        "SELECT seq FROM capture WHERE url = ? AND media_type LIKE 'text/css%'"
        " AND refers_to IS NULL ORDER BY seq",
        (url,),
    )
    return [row["seq"] for row in rows]


def forget_choice(catalogue: Catalogue) -> None:
    """Drop the tables of a choice; those that are read still go with the connection."""
    for table in ("wanted", "candidate", "chosen"):
        with suppress(sqlite3.OperationalError):
            catalogue.connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def chosen_articles(catalogue: Catalogue) -> Iterator[str]:
    """The ids of the chosen articles, in order."""
    for row in catalogue.connection.execute("SELECT id FROM temp.chosen ORDER BY id"):
        yield row["id"]


def chosen_segments(catalogue: Catalogue) -> list[ChosenSegment]:
    """Every segment, with or without captures that were chosen."""
    return [
        ChosenSegment(row["number"], row["name"], row["committed"], row["held"], row["chosen"])
        for row in catalogue.connection.execute(_SEGMENTS)
    ]


def chosen_captures(catalogue: Catalogue, segment: int | None = None) -> Iterator[ChosenCapture]:
    """The chosen captures of one segment, or of all, in the order of their numbers."""
    rows = catalogue.connection.execute(
        f"{_CAPTURES} WHERE :segment IS NULL OR w.segment = :segment ORDER BY w.segment, w.seq",
        {"segment": segment},
    )
    return map(_capture, rows)


def not_replaying(catalogue: Catalogue) -> Iterator[ChosenCapture]:
    """The chosen captures whose own records do not replay (`archive.export.replayable`)."""
    return map(
        _capture, catalogue.connection.execute(f"{_CAPTURES} {_NOT_REPLAYING} ORDER BY c.seq")
    )


def first_not_replaying(catalogue: Catalogue) -> datetime | None:
    """When the first of them was fetched; None if there are none."""
    row = catalogue.connection.execute(
        f"SELECT min(coalesce(m.fetched_at, c.captured_at)) AS at {_WANTED} {_NOT_REPLAYING}"
    ).fetchone()
    return row["at"] and from_text(row["at"])


def original_is_memento(catalogue: Catalogue, record_id: str) -> tuple[int, bool]:
    """The number of the capture of this record, and whether a web archive handed it out."""
    seq = number_of(catalogue, record_id)
    assert seq is not None, "a revisit was taken in that refers to it"
    row = catalogue.connection.execute("SELECT 1 FROM memento WHERE seq = ?", (seq,)).fetchone()
    return seq, row is not None


def shown_versions(catalogue: Catalogue) -> Iterator[ShownVersion]:
    """Each version of each chosen article, by the last capture that showed it."""
    for row in catalogue.connection.execute(_VERSIONS):
        yield ShownVersion(
            row["article"],
            row["version"],
            row["url"],
            from_text(row["at"]),
            from_json(row["content"]),
        )


def _begin(catalogue: Catalogue) -> None:
    forget_choice(catalogue)
    catalogue.connection.execute("CREATE TEMP TABLE chosen (id TEXT PRIMARY KEY) WITHOUT ROWID")
    catalogue.connection.execute("CREATE TEMP TABLE candidate (seq INTEGER PRIMARY KEY)")
    catalogue.connection.execute(
        "CREATE TEMP TABLE wanted (segment INTEGER, seq INTEGER, PRIMARY KEY (segment, seq))"
        " WITHOUT ROWID"
    )


def _settle(catalogue: Catalogue) -> int:
    connection = catalogue.connection
    if withheld(catalogue):
        for captures in WITHHELD_CAPTURES:
            connection.execute(f"DELETE FROM candidate WHERE seq IN ({captures})")
    connection.execute(_ADD_ORIGINALS)
    connection.execute(
        "INSERT INTO wanted SELECT c.segment, c.seq FROM candidate JOIN capture c USING (seq)"
    )
    row = connection.execute("SELECT count(*) AS captures FROM wanted").fetchone()
    return int(row["captures"])


def _capture(row: sqlite3.Row) -> ChosenCapture:
    return ChosenCapture(
        seq=row["seq"],
        url=row["url"],
        captured_at=from_text(row["captured_at"]),
        status=row["status"],
        media_type=row["media_type"],
        payload_digest=row["payload_digest"],
        refers_to=row["refers_to"],
        segment=row["segment_name"],
        offset=row["offset"],
        length=row["length"],
        form=row["form"] and MementoForm(row["form"]),
        fetched_url=row["fetched_url"],
        fetched_at=row["fetched_at"] and from_text(row["fetched_at"]),
        end_before=row["end_before"] or 0,
    )


def newest_moment(catalogue: Catalogue) -> datetime:
    """When the archive came to be as it is: the newest moment of a run, a capture or an act."""
    row = catalogue.connection.execute(_NEWEST_MOMENT).fetchone()
    return from_text(row["at"])


_NEWEST_MOMENT = """
SELECT max(at) AS at FROM (
    SELECT max(coalesce(ended_at, started_at)) AS at FROM run
    UNION ALL SELECT max(at) FROM withholding
    UNION ALL SELECT captured_at FROM capture WHERE seq = (SELECT max(seq) FROM capture))
"""

_ALL_ARTICLES = """
INSERT INTO chosen SELECT id FROM shown_article WHERE :site IS NULL OR site = :site
"""

_ALL_CAPTURES = """
INSERT INTO candidate SELECT seq FROM capture WHERE :site IS NULL OR site = :site
"""

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

_REQUISITE = """
INSERT OR IGNORE INTO candidate SELECT c.seq FROM capture c WHERE c.url = :url
    AND (c.refers_to IS NULL OR c.seq = (SELECT min(seq) FROM capture WHERE url = :url))
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
        SELECT u.site FROM withheld w JOIN article_url u ON u.article = w.article)
"""

WITHHELD_CAPTURES = (_WITHHELD_PAGES, _WITHHELD_FILES, _LISTS_WITH_WITHHELD)
"""Questions for the numbers of the captures by which what is withheld could be read."""

_ADD_ORIGINALS = """
INSERT OR IGNORE INTO candidate
    SELECT original.seq FROM candidate JOIN capture c USING (seq)
    JOIN capture original ON original.record_id = c.refers_to
"""

_SEGMENTS = """
SELECT s.number, s.name, s.committed, coalesce(h.captures, 0) AS held,
    coalesce(w.captures, 0) AS chosen
FROM segment s
LEFT JOIN (SELECT segment, count(*) AS captures FROM capture GROUP BY segment) h
    ON h.segment = s.number
LEFT JOIN (SELECT segment, count(*) AS captures FROM wanted GROUP BY segment) w
    ON w.segment = s.number
ORDER BY s.number
"""

_WANTED = "FROM wanted w JOIN capture c ON c.seq = w.seq LEFT JOIN memento m ON m.seq = c.seq"

_CAPTURES = """
SELECT c.seq, c.url, c.captured_at, c.status, c.media_type, c.payload_digest, c.refers_to,
    s.name AS segment_name, c.offset, c.length, m.form, m.fetched_url, m.fetched_at,
    (SELECT b.offset + b.length FROM capture b WHERE b.seq < c.seq
        AND b.segment = c.segment ORDER BY b.seq DESC LIMIT 1) AS end_before
FROM wanted w JOIN capture c ON c.seq = w.seq JOIN segment s ON s.number = c.segment
LEFT JOIN memento m ON m.seq = c.seq
"""

_NOT_REPLAYING = "WHERE m.seq IS NOT NULL OR (c.status = 304 AND c.refers_to IS NOT NULL)"

_VERSIONS = """
SELECT o.article, o.version, c.url, max(o.captured_at) AS at, v.content
FROM chosen JOIN observation o ON o.article = chosen.id JOIN capture c USING (seq)
JOIN version v ON v.article = o.article AND v.digest = o.version
GROUP BY o.article, o.version ORDER BY o.article, at
"""
