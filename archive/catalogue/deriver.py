"""Brings derivations up to date, one step and one transaction at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.catalogue.database import Catalogue, last_record
from archive.catalogue.derivation import (
    Derivation,
    ReadUnits,
    Schedule,
    Step,
    Work,
    read_here,
)
from archive.catalogue.derivation_state import DerivationState, read_state, write_state, write_upto
from archive.catalogue.ingest import transaction
from archive.catalogue.pages import Pages
from archive.catalogue.registry import Registry, tables_of
from archive.ground.home import Home
from archive.model import Capture, Page
from archive.warc import records


class Deriver:
    """The derivations that are made in the crawl, over one catalogue."""

    def __init__(
        self, catalogue: Catalogue, registry: Registry, read_units: ReadUnits = read_here
    ) -> None:
        self._catalogue = catalogue
        self._connection = catalogue.connection
        self._derivations = registry.made(Schedule.IN_THE_CRAWL)
        self._registry = registry
        self._read_units = read_units

    def begin_anew_if_rule_changed(self) -> None:
        """Throw away what other rules have made."""
        for derivation in self._derivations:
            begin(
                self._connection,
                derivation,
                DerivationState(derivation.rule, self._registry.basis(derivation)),
            )

    def derive(self) -> int:
        """Bring all up to the last record; returns how many captures that took."""
        taken = 0
        for derivation in self._derivations:
            state = read_state(self._connection, derivation.name)
            assert state is not None, "it was begun"
            if isinstance(derivation, Pages):
                taken = self._captures_after(state.upto)
            self._advance(derivation)
        return taken

    def derive_one(self, capture: Capture) -> Page:
        """Read a capture back, extract it and store the page, in one transaction."""
        (page,) = self.derive_all([(capture, None)])
        return page

    def derive_all(
        self, captures: Sequence[tuple[Capture, records.WarcRecord | None]]
    ) -> list[Page]:
        """Extract captures, each with its record if that was read already, and store their pages.

        They follow each other and what was derived last, and are stored in one transaction.
        """
        pages: list[Page] = []
        for derivation in self._derivations:
            if isinstance(derivation, Pages):
                with transaction(self._connection):
                    pages = derivation.store(self._catalogue, captures)
                    write_upto(self._connection, derivation.name, captures[-1][0].seq)
            else:
                self._advance(derivation)
        return pages

    def _advance(self, derivation: Derivation) -> None:
        last = last_record(self._connection)
        home = self._catalogue.home
        for _ in advance(home, self._connection, derivation, last, self._read_units):
            pass

    def _captures_after(self, seq: int) -> int:
        row = self._connection.execute("SELECT count(*) FROM capture WHERE seq > ?", (seq,))
        return int(row.fetchone()[0])


def begin(connection: sqlite3.Connection, derivation: Derivation, state: DerivationState) -> None:
    """Make the tables of a derivation empty, unless they follow the rules of `state` already."""
    stands = read_state(connection, derivation.name)
    if stands and stands.follows(state):
        return
    with transaction(connection):
        for table in tables_of(derivation):
            connection.execute(f"DROP TABLE IF EXISTS main.{table}")
        for statement in derivation.schema.split(";"):
            if statement.strip():
                connection.execute(statement)
        write_state(connection, derivation.name, replace(state, upto=0))


def advance(
    home: Home,
    connection: sqlite3.Connection,
    derivation: Derivation,
    last: int,
    read_units: ReadUnits = read_here,
) -> Iterator[Step]:
    """Bring a derivation that was begun up to record `last`; every step is on the disk."""
    state = read_state(connection, derivation.name)
    assert state is not None, "it was begun"
    steps = derivation.derive(Work(home, connection, state.upto, last, read_units))
    upto = state.upto
    while True:
        with transaction(connection):
            step = next(steps, None)
            reached = last if step is None else upto if step.upto is None else step.upto
            if reached != upto:
                write_upto(connection, derivation.name, reached)
                upto = reached
        if step is None:
            return
        yield step
