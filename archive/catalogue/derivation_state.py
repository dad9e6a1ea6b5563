"""How far a derivation is, and by which rules: kept in the database that has its tables."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from archive.catalogue.database import Catalogue


@dataclass(frozen=True, slots=True)
class DerivationState:
    """Where a derivation stands: up to record `upto`, by its `rule` and those of its `basis`.

    `catalogue` tells apart catalogues whose numbers need not be the same.
    """

    rule: int
    basis: str
    catalogue: str = ""
    upto: int = 0

    def follows(self, other: DerivationState) -> bool:
        """Whether rows made here are rows made there, as far as rules can say."""
        return replace(self, upto=0) == replace(other, upto=0)


def read_state(
    connection: sqlite3.Connection, name: str, schema: str = "main"
) -> DerivationState | None:
    """The state of a derivation; None if it was never begun."""
    row = connection.execute(
        f"SELECT rule, basis, catalogue, upto FROM {schema}.derivation WHERE name = ?", (name,)
    ).fetchone()
    return row and DerivationState(row["rule"], row["basis"], row["catalogue"], row["upto"])


def rule_of(catalogue: Catalogue, name: str) -> int:
    """The rule that the rows of a derivation in the catalogue follow; 0 if it was never begun."""
    state = read_state(catalogue.connection, name)
    return state.rule if state else 0


def write_state(connection: sqlite3.Connection, name: str, state: DerivationState) -> None:
    """Keep the state of a derivation, within the transaction that made it true."""
    connection.execute(
        "INSERT OR REPLACE INTO main.derivation (name, rule, basis, catalogue, upto)"
        " VALUES (?, ?, ?, ?, ?)",
        (name, state.rule, state.basis, state.catalogue, state.upto),
    )


def write_upto(connection: sqlite3.Connection, name: str, upto: int) -> None:
    """Move the watermark of a derivation."""
    connection.execute("UPDATE main.derivation SET upto = ? WHERE name = ?", (upto, name))
