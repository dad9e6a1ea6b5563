"""What a run brought: articles that are new, changed, gone or back, and what went wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from archive.catalogue import absence
from archive.catalogue.absence import SPAN
from archive.catalogue.version_identity import from_json
from archive.ground.errors import UsageError
from archive.ground.times import from_text
from archive.history.differences import Difference, difference
from archive.model import Problem, Run


@dataclass(frozen=True, slots=True)
class ReportedArticle:
    """An article that a run found to be otherwise; `difference` only if its content changed."""

    article: str
    title: str
    url: str
    difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class RunReport:
    """What is otherwise after a run than before it. Withheld articles are left out."""

    run: Run
    new: tuple[ReportedArticle, ...]
    changed: tuple[ReportedArticle, ...]
    gone: tuple[ReportedArticle, ...]
    back: tuple[ReportedArticle, ...]
    problems: tuple[Problem, ...]

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.new or self.changed or self.gone or self.back or self.problems)


def news_of(connection: sqlite3.Connection, run: Run) -> RunReport:
    """What a run brought, drawn from its captures."""
    span = connection.execute(_SPAN, {"run": run.id}).fetchone()
    first, last = span["first"] or 0, span["last"] or -1
    new, changed, back = [], [], []
    for row in connection.execute(_OBSERVED, (run.id,)).fetchall():
        item = _item(connection, row["article"])
        if item is None:
            continue
        before = connection.execute(_BEFORE, (row["article"], first)).fetchone()
        if before is None:
            new.append(item)
            continue
        if before["version"] != row["version"]:
            changed.append(_changed(connection, item, before["version"], row["version"]))
        if from_text(row["captured_at"]) - from_text(before["captured_at"]) >= SPAN and _was_gone(
            connection, row["article"], first - 1
        ):
            back.append(item)
    gone = [
        item
        for article in _missed(connection, run.id, last)
        if _was_gone(connection, article, last)
        and not _was_gone(connection, article, first - 1)
        and (item := _item(connection, article))
    ]
    problems = tuple(
        Problem(row["site"], row["url"], from_text(row["at"]), row["what"], row["detail"] or "")
        for row in connection.execute(_PROBLEMS, {"run": run.id})
    )
    return RunReport(run, tuple(new), tuple(changed), tuple(gone), tuple(back), problems)


def choose_run(runs: list[Run], name: str) -> Run:
    """The run of a number, counted from 1 as `hdnd runs` lists them, or of an id; `UsageError`."""
    for number, run in enumerate(runs, 1):
        if name in (str(number), run.id):
            return run
    raise UsageError(f"there is no run {name!r}", hint="`hdnd runs` lists them all.")


def _item(connection: sqlite3.Connection, article: str) -> ReportedArticle | None:
    row = connection.execute(
        "SELECT a.id, a.url, v.content FROM shown_article a"
        " JOIN version v ON v.article = a.id AND v.digest = a.version WHERE a.id = ?",
        (article,),
    ).fetchone()
    return ReportedArticle(row["id"], from_json(row["content"]).title, row["url"]) if row else None


def _changed(
    connection: sqlite3.Connection, item: ReportedArticle, old: str, new: str
) -> ReportedArticle:
    contents = [
        from_json(
            connection.execute(
                "SELECT content FROM version WHERE article = ? AND digest = ?",
                (item.article, digest),
            ).fetchone()["content"]
        )
        for digest in (old, new)
    ]
    return ReportedArticle(item.article, contents[1].title, item.url, difference(*contents))


def _missed(connection: sqlite3.Connection, run: str, last: int) -> Iterator[str]:
    """The articles that a run looked for and did not see."""
    for row in connection.execute(_LOOKED_FOR, {"run": run}).fetchall():
        checks = absence.checks(connection, row["article"], until=last)
        if checks and not checks[-1].found:
            yield row["article"]


def _was_gone(connection: sqlite3.Connection, article: str, until: int) -> bool:
    stones = absence.tombstones(article, absence.checks(connection, article, until=until))
    return bool(stones) and stones[-1].back_at is None


_SPAN = """
SELECT min(seq) AS first, max(seq) AS last FROM (
    SELECT seq FROM capture WHERE run = :run UNION ALL SELECT seq FROM outcome WHERE run = :run)
"""

_OBSERVED = """
SELECT article, version, captured_at FROM (
    SELECT o.*, row_number() OVER (
        PARTITION BY o.article ORDER BY o.truncated, o.captured_at DESC, o.seq DESC) AS rank
    FROM observation o JOIN capture c USING (seq) WHERE c.run = ?)
WHERE rank = 1 ORDER BY seq
"""

_BEFORE = """
SELECT version, captured_at FROM observation WHERE article = ? AND seq < ?
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

_PROBLEMS = """
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
