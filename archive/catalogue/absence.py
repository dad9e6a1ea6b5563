"""When an article is no longer on its site, and how that is known.

A *check* is one look at an article: all that was asked of its URLs within `ONE_CHECK`. It fails if
nothing of it showed the article: an error status, a soft 404, a redirect to some other page, a page
that could not be read, no answer at all. A login and a page that wants the browser to be proved
stand before whatever is there: they say nothing of it. A *tombstone* stands for an article that
failed often enough for long enough. Nothing is deleted: it is derived from the captures, and they
stay.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from archive.catalogue.database import Catalogue
from archive.catalogue.rows import parsed
from archive.ground.message import Message
from archive.ground.times import from_text, to_text
from archive.model import CHALLENGED

FAILURES = 3
"""Failed checks in a row after which an article may be called gone."""

SPAN = timedelta(days=14)
"""The least time between the first and the last of them."""

ONE_CHECK = timedelta(hours=12)
"""Attempts that follow the first of a check by less than this are part of it."""

_LOGIN = re.compile(r"log-?in|sign-?in|dang-?nhap", re.IGNORECASE)
_NO_JUDGEMENT = (HTTPStatus.NOT_MODIFIED, HTTPStatus.TOO_MANY_REQUESTS)


@dataclass(frozen=True, slots=True)
class Check:
    """One look at an article: when, where, whether it was there, and what came.

    `status` is the HTTP status, None if there was no response; `answer` is what a person is told.
    """

    at: datetime
    url: str
    found: bool
    status: int | None
    answer: Message


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An article that was gone: the last capture that showed it, and the checks that failed since.

    `back_at` is when it was there again, None if it never was.
    """

    article: str
    last_found_at: datetime
    failed: tuple[Check, ...]
    back_at: datetime | None

    @property
    def since(self) -> datetime:
        """The first check that failed: it went between `last_found_at` and this."""
        return self.failed[0].at

    @property
    def known_at(self) -> datetime:
        """The check by which enough had failed."""
        enough = (n for n in range(FAILURES, len(self.failed)) if _is_enough(self.failed[:n]))
        return self.failed[next(enough, len(self.failed)) - 1].at


@dataclass(frozen=True, slots=True)
class Gone:
    """An article that is gone now, without the evidence."""

    article: str
    since: datetime


def gone(catalogue: Catalogue) -> dict[str, Gone]:
    """The articles that are gone now, by their id."""
    return {
        row["article"]: Gone(row["article"], from_text(row["since"]))
        for row in catalogue.connection.execute("SELECT article, since FROM gone ORDER BY article")
    }


def gone_at(catalogue: Catalogue, site: str, url: str) -> bool:
    """Whether an address is that of an article which is gone now."""
    row = catalogue.connection.execute(
        "SELECT 1 FROM article_url JOIN gone USING (article) WHERE site = ? AND url = ?",
        (site, url),
    ).fetchone()
    return row is not None


def is_gone(connection: sqlite3.Connection, article: str) -> bool:
    """Whether this article is gone now."""
    row = connection.execute("SELECT 1 FROM gone WHERE article = ?", (article,)).fetchone()
    return row is not None


def checks(catalogue: Catalogue, article: str, *, until: int | None = None) -> list[Check]:
    """Every check of an article in the order of time; of records up to number `until` alone."""
    return _checks(catalogue.connection, article, until)


def _checks(connection: sqlite3.Connection, article: str, until: int | None) -> list[Check]:
    given = {"article": article, "until": until if until is not None else 1 << 62}
    known = {
        row["url"]
        for row in connection.execute("SELECT url FROM article_url WHERE article = ?", (article,))
    }
    attempts = [
        attempt
        for row in connection.execute(_ATTEMPTS, given)
        if (attempt := _attempt(row, article, known)) is not None
    ]
    return [_judge(group) for group in _groups(attempts)]


def tombstones(article: str, made: Sequence[Check]) -> list[Tombstone]:
    """Each time an article was gone, by its checks; the last one stands if it is not back."""
    found: list[Tombstone] = []
    last_found: datetime | None = None
    failed: list[Check] = []
    for check in made:
        if not check.found:
            failed.append(check)
            continue
        if last_found and _is_enough(failed):
            found.append(Tombstone(article, last_found, tuple(failed), check.at))
        last_found, failed = check.at, []
    if last_found and _is_enough(failed):
        found.append(Tombstone(article, last_found, tuple(failed), None))
    return found


def presence(made: Sequence[Check], told: Callable[[datetime], Message]) -> Message:
    """What the checks say of the article now, as a sentence that can be quoted.

    `told` says an instant.
    """
    if not made:
        return Message("archive.never-checked")
    last_found = max((n for n, check in enumerate(made) if check.found), default=-1)
    failed = made[last_found + 1 :]
    if not failed:
        return Message("archive.on-the-site", at=told(made[-1].at))
    codes = (
        ("archive.gone-since-seen", "archive.gone-since")
        if _is_enough(failed)
        else ("archive.not-found-since-seen", "archive.not-found-since")
    )
    return Message(
        codes[last_found < 0],
        count=len(failed),
        since=told(made[max(last_found, 0)].at),
        last=told(failed[-1].at),
        answer=failed[-1].answer,
    )


def refresh(connection: sqlite3.Connection, article: str, seq: int) -> None:
    """Bring the mark of an article up to record `seq`; where it turns, that is a change."""
    stones = tombstones(article, _checks(connection, article, seq))
    now = to_text(stones[-1].since) if stones and stones[-1].back_at is None else None
    before = connection.execute("SELECT since FROM gone WHERE article = ?", (article,)).fetchone()
    if now == (before["since"] if before else None):
        return
    connection.execute("DELETE FROM gone WHERE article = ?", (article,))
    if now:
        connection.execute("INSERT INTO gone VALUES (?, ?)", (article, now))
    connection.execute("INSERT OR REPLACE INTO change VALUES (?, ?)", (article, seq))


_ATTEMPTS = """
WITH known AS (SELECT site, url FROM article_url WHERE article = :article),
asked AS (
    SELECT c.seq, c.site, c.url, c.captured_at AS at, c.status, p.kind, p.article, p.problem,
        CASE WHEN p.kind = 'redirect' THEN p.links END AS links
    FROM known k JOIN page p ON p.site = k.site AND p.identity_url = k.url
    JOIN capture c ON c.seq = p.seq
    WHERE c.seq <= :until AND c.seq NOT IN (SELECT seq FROM quarantined))
SELECT seq, url, at, status, kind, article, problem, links FROM asked
UNION ALL
SELECT o.seq, o.url, o.at, NULL, o.outcome, NULL, o.detail, NULL FROM outcome o
WHERE o.url IN (SELECT url FROM known UNION SELECT url FROM asked) AND +o.seq <= :until
    AND o.outcome = 'failed' AND o.role = 'article' AND o.site IN (SELECT site FROM known)
ORDER BY at, seq
"""


def _attempt(row: sqlite3.Row, article: str, known: set[str]) -> Check | None:
    """What one request says; None if it says nothing of this article."""
    found = row["kind"] == "article" and row["article"] == article
    if not found and (row["kind"] == "article" or row["status"] in _NO_JUDGEMENT):
        return None
    if row["problem"] == CHALLENGED:
        return None
    answer = _answer(row)
    if row["kind"] == "redirect":
        targets = parsed(row["links"] or "[]", _targets)
        if any(identity in known or leads_to_login(url) for url, identity in targets):
            return None
        if targets:
            answer = Message("archive.answer-leading-to", answer=answer, url=targets[0][0])
    return Check(from_text(row["at"]), row["url"], found, row["status"], answer)


def leads_to_login(url: str) -> bool:
    """Whether an address is that of a login, by its path."""
    return _LOGIN.search(urlsplit(url).path) is not None


def _targets(links: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    return [(url, identity) for url, _, identity, *_ in links]


def _answer(row: sqlite3.Row) -> Message:
    if row["status"] is None and row["problem"]:
        return Message("archive.no-response-because", problem=row["problem"])
    if row["status"] is None:
        return Message("archive.no-response")
    try:
        status = f"{row['status']} {HTTPStatus(row['status']).phrase}"
    except ValueError:
        status = str(row["status"])
    if row["status"] == HTTPStatus.OK and row["problem"]:
        return Message("archive.answered-but", status=status, problem=row["problem"])
    return Message("archive.answered", status=status)


def _groups(attempts: Iterable[Check]) -> list[list[Check]]:
    groups: list[list[Check]] = []
    for attempt in attempts:
        if groups and attempt.at - groups[-1][0].at < ONE_CHECK:
            groups[-1].append(attempt)
        else:
            groups.append([attempt])
    return groups


def _judge(group: list[Check]) -> Check:
    return next((check for check in reversed(group) if check.found), group[-1])


def _is_enough(failed: Sequence[Check]) -> bool:
    return len(failed) >= FAILURES and failed[-1].at - failed[0].at >= SPAN
