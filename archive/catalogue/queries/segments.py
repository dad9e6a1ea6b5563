"""Segments as the catalogue knows them, and what it says of records that they have lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from archive.catalogue.database import Catalogue
from archive.ground.times import from_text


class RecordFacts(NamedTuple):
    """Why a response was fetched."""

    run: str
    role: str
    via: str | None


class RunFacts(NamedTuple):
    """What the `warcinfo` record of a run says of it."""

    id: str
    crawl: str
    site: str
    kind: str
    description: str
    started_at: str


class ShownArticle(NamedTuple):
    """An article that a capture of `url` showed; `others` is how many more captures show it."""

    url: str
    article: str
    others: int


class KeptCapture(NamedTuple):
    """A capture by the id of its record; the article that it showed, if it did."""

    record_id: str
    url: str
    captured_at: datetime
    article: str | None


def ends(catalogue: Catalogue) -> dict[str, int]:
    """Up to which byte the catalogue knows each segment, by name, in the order it took them in."""
    rows = catalogue.connection.execute("SELECT name, committed FROM segment ORDER BY number")
    return {row["name"]: row["committed"] for row in rows}


def url_after(catalogue: Catalogue, segment: str, offset: int) -> str | None:
    """The address of the first capture of a segment that ends beyond an offset."""
    row = catalogue.connection.execute(
        "SELECT url FROM capture WHERE offset + length > ? AND segment ="
        " (SELECT number FROM segment WHERE name = ?) ORDER BY offset LIMIT 1",
        (offset, segment),
    ).fetchone()
    return row and str(row["url"])


def article_after(catalogue: Catalogue, segment: str, offset: int) -> ShownArticle | None:
    """The article that the first capture of a segment beyond an offset showed, if it did."""
    row = catalogue.connection.execute(
        "SELECT c.url, o.article, (SELECT count(*) FROM observation x"
        " WHERE x.article = o.article AND x.seq != c.seq) AS others"
        " FROM capture c JOIN observation o USING (seq) WHERE c.seq = (SELECT seq FROM capture"
        " WHERE offset + length > ? AND segment = (SELECT number FROM segment WHERE name = ?)"
        " ORDER BY offset LIMIT 1)",
        (offset, segment),
    ).fetchone()
    return row and ShownArticle(row["url"], row["article"], row["others"])


def captures_in(catalogue: Catalogue, names: Iterable[str]) -> list[KeptCapture]:
    """The captures of segments, in their order."""
    found = []
    for name in names:
        rows = catalogue.connection.execute(
            "SELECT c.record_id, c.url, c.captured_at, o.article FROM capture c"
            " LEFT JOIN observation o USING (seq)"
            " WHERE c.segment = (SELECT number FROM segment WHERE name = ?) ORDER BY c.seq",
            (name,),
        )
        found += [
            KeptCapture(row["record_id"], row["url"], from_text(row["captured_at"]), row["article"])
            for row in rows
        ]
    return found


def captures_of(catalogue: Catalogue, article: str) -> int:
    """How many captures of an article are held."""
    row = catalogue.connection.execute(
        "SELECT count(*) AS captures FROM observation WHERE article = ?", (article,)
    ).fetchone()
    return int(row["captures"])


def facts_of(catalogue: Catalogue, record_id: str) -> RecordFacts | None:
    """Why the response of this record was fetched."""
    row = catalogue.connection.execute(
        "SELECT run, role, via FROM capture WHERE record_id = ?", (record_id,)
    ).fetchone()
    return row and RecordFacts(row["run"], row["role"], row["via"])


def run_facts(catalogue: Catalogue, run: str) -> RunFacts | None:
    """What is known of a run."""
    row = catalogue.connection.execute(
        "SELECT id, crawl, site, kind, description, started_at FROM run WHERE id = ?", (run,)
    ).fetchone()
    return row and RunFacts(
        row["id"],
        row["crawl"],
        row["site"],
        row["kind"],
        row["description"],
        row["started_at"],
    )
