"""Silent edits: every change of an article or of its files that the archive has witnessed.

The portals show no date of change, so that two captures that differ are the only witness.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from archive.catalogue.version_identity import from_json
from archive.ground.times import to_text
from archive.history.article_history import Observation, State, file_states, observations_of, states
from archive.history.differences import difference
from archive.model import Article
from archive.withholding import withheld


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: made after `after`, and no later than `found_at`.

    `old` and `new` are digests: of versions, or of payloads if `file` names a file that was swapped
    behind its URL. `kinds` are those of `archive.history.differences`, or `file`.
    """

    article: str
    site: str
    title: str
    after: datetime
    found_at: datetime
    old: str
    new: str
    kinds: tuple[str, ...]
    file: str | None = None


def edits(
    connection: sqlite3.Connection, *, since: datetime, site: str | None = None
) -> list[Edit]:
    """The edits found at `since` or later, of one site or of all, the oldest first."""
    hidden = withheld(connection)
    found = [
        edit
        for edit in (*_of_articles(connection, since), *_of_files(connection, since))
        if edit.article not in hidden and site in (None, edit.site) and edit.found_at >= since
    ]
    return sorted(found, key=lambda edit: (edit.found_at, edit.article, edit.file or ""))


def _of_articles(connection: sqlite3.Connection, since: datetime) -> Iterator[Edit]:
    rows = connection.execute(
        "SELECT a.id, a.site, a.version FROM observation o JOIN article a ON a.id = o.article"
        " GROUP BY a.id HAVING count(DISTINCT o.version) > 1 AND max(o.captured_at) >= ?",
        (to_text(since),),
    ).fetchall()
    for row in rows:
        seen: list[Observation] = list(observations_of(connection, row["id"]))
        title = _content(connection, row["id"], row["version"]).title
        for old, new in _steps(list(states(seen))):
            made = difference(
                _content(connection, row["id"], old.digest),
                _content(connection, row["id"], new.digest),
            )
            yield _edit(row["id"], row["site"], title, old, new, made.kinds)


def _of_files(connection: sqlite3.Connection, since: datetime) -> Iterator[Edit]:
    rows = connection.execute(
        "SELECT p.site, p.identity_url AS url FROM page p JOIN capture c USING (seq)"
        " WHERE p.kind = 'file' AND c.role IN ('image', 'attachment')"
        " GROUP BY p.site, p.identity_url"
        " HAVING count(DISTINCT c.payload_digest) > 1 AND max(c.captured_at) >= ?",
        (to_text(since),),
    ).fetchall()
    for row in rows:
        users = connection.execute(
            "SELECT a.id, a.version FROM article_file f JOIN article a ON a.id = f.article"
            " WHERE f.url = ? AND a.site = ? ORDER BY a.id",
            (row["url"], row["site"]),
        ).fetchall()
        for old, new in _steps(file_states(connection, row["site"], row["url"])):
            for user in users:
                title = _content(connection, user["id"], user["version"]).title
                yield _edit(user["id"], row["site"], title, old, new, ("file",), row["url"])


def _steps(seen: list[State]) -> Iterator[tuple[State, State]]:
    return pairwise(seen)


def _edit(
    article: str,
    site: str,
    title: str,
    old: State,
    new: State,
    kinds: tuple[str, ...],
    file: str | None = None,
) -> Edit:
    return Edit(
        article,
        site,
        title,
        after=old.last_captured_at,
        found_at=new.first_captured_at,
        old=old.digest,
        new=new.digest,
        kinds=kinds,
        file=file,
    )


def _content(connection: sqlite3.Connection, article: str, digest: str) -> Article:
    row = connection.execute(
        "SELECT content FROM version WHERE article = ? AND digest = ?", (article, digest)
    ).fetchone()
    return from_json(row["content"])
