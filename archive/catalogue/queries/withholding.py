"""What is withheld, and every act by which it came to be so."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from archive.catalogue.database import Catalogue
from archive.catalogue.rows import broken
from archive.ground.message import Message
from archive.ground.times import from_text


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


def withheld(catalogue: Catalogue) -> dict[str, Withholding]:
    """The articles that are withheld now, by their id."""
    rows = catalogue.connection.execute("SELECT * FROM withheld ORDER BY article")
    return {row["article"]: _act(row) for row in rows}


def withheld_by(catalogue: Catalogue, article: str) -> Withholding | None:
    """The act by which an article is withheld; None if it is not."""
    row = catalogue.connection.execute(
        "SELECT * FROM withheld WHERE article = ?", (article,)
    ).fetchone()
    return row and _act(row)


def removed(catalogue: Catalogue) -> frozenset[str]:
    """The withheld articles of which nothing is held any more."""
    rows = catalogue.connection.execute(
        "SELECT article FROM withheld WHERE article NOT IN (SELECT id FROM article)"
    )
    return frozenset(row["article"] for row in rows)


def acts(catalogue: Catalogue) -> list[Withholding]:
    """Every act, the oldest first."""
    rows = catalogue.connection.execute("SELECT * FROM withholding ORDER BY seq")
    return [_act(row) for row in rows]


def _act(row: sqlite3.Row) -> Withholding:
    if row["act"] not in frozenset(Act):
        raise broken(Message("archive.unknown-act", act=row["act"]))
    return Withholding(
        row["article"], Act(row["act"]), from_text(row["at"]), row["reason"], row["by"]
    )
