"""Runs, what they brought, and what has gone wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from archive.catalogue.database import Catalogue
from archive.catalogue.rows import found, mapping, parsed
from archive.ground.times import from_text
from archive.model import Problem, Run


class RecordSpan(NamedTuple):
    """The numbers of a run's first and last record."""

    first: int
    last: int


class Seen(NamedTuple):
    """What a run saw of an article: the version, and when."""

    article: str
    version: str
    captured_at: datetime


class StandingArticle(NamedTuple):
    """An article that may be shown: its id, address and the digest of its standing version."""

    id: str
    url: str
    version: str


def fetching(catalogue: Catalogue) -> list[Run]:
    """All runs that fetched, oldest first."""
    rows = catalogue.connection.execute(
        "SELECT * FROM run WHERE id NOT IN (SELECT run FROM withholding) ORDER BY started_at, id"
    )
    return [_run(row) for row in rows]


def sites(catalogue: Catalogue) -> tuple[str, ...]:
    """Every site that a run was about."""
    rows = catalogue.connection.execute("SELECT DISTINCT site FROM run ORDER BY site")
    return tuple(row["site"] for row in rows)


def site_of_fetching(catalogue: Catalogue, run: str | None) -> str | None:
    """The site of a run that fetched; None for any other."""
    row = catalogue.connection.execute(
        "SELECT site FROM run WHERE id = ? AND id NOT IN (SELECT run FROM withholding)", (run,)
    ).fetchone()
    return row and str(row["site"])


def description_of(catalogue: Catalogue, article: str) -> Mapping[str, Any]:
    """The site description of the run that captured an article last; of one that was removed, of
    the last act on it.
    """
    row = catalogue.connection.execute(
        "SELECT r.description FROM article a JOIN capture c ON c.seq = a.last_seq"
        " JOIN run r ON r.id = c.run WHERE a.id = :id UNION ALL"
        " SELECT * FROM (SELECT r.description FROM withholding w JOIN run r ON r.id = w.run"
        " WHERE w.article = :id ORDER BY w.seq DESC)",
        {"id": article},
    ).fetchone()
    return parsed(found(row)["description"], mapping)


def descriptions(catalogue: Catalogue) -> dict[str, Mapping[str, Any]]:
    """The description of each site, as its newest run had it."""
    rows = catalogue.connection.execute("SELECT site, description FROM run ORDER BY started_at, id")
    return {row["site"]: parsed(row["description"], mapping) for row in rows}


def problems(catalogue: Catalogue) -> list[Problem]:
    """What could not be read or fetched and has not come right since, by site and URL.

    Pages of articles that are gone are left out.
    """
    return [_problem(row) for row in catalogue.connection.execute(_PROBLEMS)]


def span(catalogue: Catalogue, run: str) -> RecordSpan | None:
    """The records of a run; None if it left none."""
    row = catalogue.connection.execute(_SPAN, {"run": run}).fetchone()
    return None if row["first"] is None else RecordSpan(row["first"], row["last"])


def seen_by(catalogue: Catalogue, run: str) -> list[Seen]:
    """What a run saw of each article, in the order of its captures."""
    return [_seen(row) for row in catalogue.connection.execute(_SEEN, (run,))]


def seen_before(catalogue: Catalogue, article: str, seq: int) -> Seen | None:
    """What stood of an article before a record."""
    row = catalogue.connection.execute(_BEFORE, (article, seq)).fetchone()
    return row and _seen(row)


def looked_for(catalogue: Catalogue, run: str) -> list[str]:
    """The articles that a run asked for and did not get."""
    rows = catalogue.connection.execute(_LOOKED_FOR, {"run": run})
    return [row["article"] for row in rows]


def problems_of(catalogue: Catalogue, run: str) -> list[Problem]:
    """What went wrong in a run and did not come right within it."""
    return [_problem(row) for row in catalogue.connection.execute(_PROBLEMS_OF, {"run": run})]


def shown_article(catalogue: Catalogue, article: str) -> StandingArticle | None:
    """An article, if it may be shown."""
    row = catalogue.connection.execute(
        "SELECT id, url, version FROM shown_article WHERE id = ?", (article,)
    ).fetchone()
    return row and StandingArticle(row["id"], row["url"], row["version"])


def _run(row: sqlite3.Row) -> Run:
    return Run(
        id=row["id"],
        crawl=row["crawl"],
        site=row["site"],
        kind=row["kind"],
        started_at=from_text(row["started_at"]),
        ended_at=from_text(row["ended_at"]) if row["ended_at"] else None,
        reason=row["reason"],
        counts=parsed(row["counts"], mapping),
    )


def _problem(row: sqlite3.Row) -> Problem:
    return Problem(row["site"], row["url"], from_text(row["at"]), row["what"], row["detail"] or "")


def _seen(row: sqlite3.Row) -> Seen:
    return Seen(row["article"], row["version"], from_text(row["captured_at"]))


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
    FROM event) latest
WHERE age = 1 AND what IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM article_url u JOIN gone g USING (article)
    WHERE u.site = latest.site AND u.url = latest.url)
ORDER BY site, url
"""

_SPAN = """
SELECT min(seq) AS first, max(seq) AS last FROM (
    SELECT seq FROM capture WHERE run = :run UNION ALL SELECT seq FROM outcome WHERE run = :run)
"""

_SEEN = """
SELECT article, version, captured_at FROM (
    SELECT o.*, row_number() OVER (
        PARTITION BY o.article ORDER BY o.truncated, o.captured_at DESC, o.seq DESC) AS rank
    FROM observation o JOIN capture c USING (seq) WHERE c.run = ?)
WHERE rank = 1 ORDER BY seq
"""

_BEFORE = """
SELECT article, version, captured_at FROM observation WHERE article = ? AND seq < ?
ORDER BY truncated, captured_at DESC, seq DESC LIMIT 1
"""

_LOOKED_FOR = """
SELECT DISTINCT u.article FROM (
    SELECT c.site, p.identity_url AS url FROM capture c JOIN page p USING (seq)
    WHERE c.run = :run AND c.role = 'article' AND p.kind != 'article'
    UNION
    SELECT o.site, coalesce((SELECT p.identity_url FROM capture c JOIN page p USING (seq)
        WHERE c.url = o.url LIMIT 1), o.url)
    FROM outcome o WHERE o.run = :run AND o.outcome = 'failed') asked
JOIN article_url u ON u.site = asked.site AND u.url = asked.url
JOIN article a ON a.id = u.article
ORDER BY u.article
"""

_PROBLEMS_OF = """
SELECT site, url, at, what, detail FROM (
    SELECT c.seq, c.site, p.identity_url AS url, c.captured_at AS at, p.kind AS what,
        p.problem AS detail, c.run
    FROM capture c JOIN page p USING (seq)
    UNION ALL
    SELECT seq, site, url, at, outcome, detail, run FROM outcome WHERE outcome = 'failed')
WHERE run = :run AND detail IS NOT NULL AND seq IN (
    SELECT max(seq) FROM (SELECT seq, url, run FROM capture
        UNION ALL SELECT seq, url, run FROM outcome) WHERE run = :run GROUP BY url)
ORDER BY seq
"""
