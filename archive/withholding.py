"""Withholding: an article that must not be shown, by an act with a reason; its bytes stay.

The act is a `metadata` record in a segment of its own, so that it survives a rebuild like every
other fact. What is withheld now is what the last act says.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from archive.ground.errors import UsageError, Withheld
from archive.ground.times import from_text

if TYPE_CHECKING:
    from archive.store import Archive


class Act(StrEnum):
    """What can be done to an article's visibility."""

    WITHHOLD = "withhold"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Withholding:
    """One logged act; `by` is who asked for it, as far as it was said."""

    article: str
    act: Act
    at: datetime
    reason: str
    by: str | None


def record_act(
    archive: Archive, article: str, act: Act, *, reason: str, by: str | None = None
) -> Withholding:
    """Withhold an article or release it; returns once the act is on the disk.

    Raises `UsageError` for an article that the archive does not hold, an empty reason, and an act
    that would change nothing.
    """
    connection = archive.connection
    row = connection.execute(
        "SELECT a.id, r.description FROM article a JOIN capture c ON c.seq = a.last_seq"
        " JOIN run r ON r.id = c.run"
        " WHERE a.id = coalesce((SELECT article FROM alias WHERE id = :id), :id)",
        {"id": article},
    ).fetchone()
    if row is None:
        raise UsageError(f"there is no article {article!r} in {archive.home.path}")
    if not reason.strip():
        raise UsageError("an act needs a reason", hint="Say why with --reason.")
    article = row["id"]
    if (act is Act.WITHHOLD) == (article in withheld(connection)):
        state = "withheld already" if act is Act.WITHHOLD else "not withheld"
        raise UsageError(f"{article} is {state}", hint="`hdnd withhold --list` shows every act.")
    run = archive.begin_run(json.loads(row["description"]))
    run.record_act(article, act.value, reason, by)
    run.end(act.value, {})
    return acts(connection)[-1]


def withheld(connection: sqlite3.Connection) -> dict[str, Withholding]:
    """The articles that are withheld now, by their id."""
    rows = connection.execute("SELECT * FROM withheld ORDER BY article")
    return {row["article"]: _act(row) for row in rows}


def acts(connection: sqlite3.Connection) -> list[Withholding]:
    """Every act, the oldest first."""
    return [_act(row) for row in connection.execute("SELECT * FROM withholding ORDER BY seq")]


def require_shown(connection: sqlite3.Connection, article: str) -> None:
    """Raise `Withheld` if this article is."""
    row = connection.execute("SELECT * FROM withheld WHERE article = ?", (article,)).fetchone()
    if row:
        raise Withheld(
            f"{article} is withheld since {row['at'][:10]}: {row['reason']}",
            hint="`hdnd withhold --list` shows every act, `hdnd release` undoes one.",
        )


def _act(row: sqlite3.Row) -> Withholding:
    return Withholding(
        row["article"], Act(row["act"]), from_text(row["at"]), row["reason"], row["by"]
    )
