"""A derivation: what is made of the records, or of another derivation, and can be made again.

Each has a rule with a number, tables of its own and a watermark. The archive catches it up, makes
it again, checks it and dumps it by these alone (`docs/derivations.md`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Protocol, TypeVar

from archive.catalogue.captures import RecordOf, capture_at, read_stored, record_of
from archive.catalogue.database import Catalogue
from archive.ground.home import Home
from archive.model import StoredResponse

CAPTURES = "captures"
"""The rows read off the records: runs, captures, outcomes, acts."""

PAYLOADS = "payloads"
"""Payloads by their digest. What reads nothing else outlives the catalogue."""


class Schedule(StrEnum):
    """When a derivation is brought up to date, and so where its tables lie."""

    IN_THE_CRAWL = "in-the-crawl"
    """With every record, before the next: its tables lie in the catalogue."""

    AFTER_THE_CRAWL = "after-the-crawl"
    """By `archive.catalogue.catch_up`, beside a crawl if need be: in a file of its own."""


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the work that may be committed; `done` of `total` parts, `what` is at hand.

    `upto` is the number of the last record that is covered now, None if that cannot be said yet.
    """

    done: int
    total: int
    what: str = ""
    upto: int | None = None


class Unit(Protocol):
    """Something that a derivation reads by itself: a capture, a file, a version.

    A plain value that can be pickled and is all that the reading needs, but for records. It has no
    number of a catalogue, so that it is the same one in the next.
    """

    @property
    def segment(self) -> str:
        """The name of the segment that it belongs to; those of one segment are read together."""

    @property
    def segments(self) -> tuple[str, ...]:
        """The names of the segments that have the records it is read from."""


U = TypeVar("U", bound=Unit)
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
U_contra = TypeVar("U_contra", bound=Unit, contravariant=True)


class UnitReader(Protocol[U_contra, R_co]):
    """The pure part of a derivation: what it reads unit by unit, in any process and any order."""

    @property
    def name(self) -> str:
        """The name of the derivation."""

    @property
    def rule(self) -> int:
        """The number of its rule."""

    @property
    def result(self) -> type[R_co]:
        """What a unit is read to: a dataclass of plain values."""

    def read(self, units: Iterable[U_contra], record_of: RecordOf) -> Iterator[R_co]:
        """What each unit says, in their order; nothing but the unit and its records decides it."""


class ReadUnits(Protocol):
    """Where units are read: in this process, or elsewhere."""

    def __call__(self, home: Home, reader: UnitReader[U, R], units: Iterable[U], /) -> Iterator[R]:
        """What the reader says of each unit, in their order."""


def read_here(home: Home, reader: UnitReader[U, R], units: Iterable[U], /) -> Iterator[R]:
    """Read units in this process, each when its turn comes."""
    return reader.read(units, partial(record_of, home))


@dataclass(frozen=True, slots=True)
class Work:
    """What a derivation is handed: where to write, what to read, how far it was.

    `connection` has its own tables and those of all that it may read. `after` is its watermark, 0
    at the beginning; `last` the number of the last record that there is. `read_units` is where
    units are read.
    """

    home: Home
    connection: sqlite3.Connection
    after: int
    last: int
    read_units: ReadUnits = read_here

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue, for its queries."""
        return Catalogue(self.home, self.connection)

    def read(self, reader: UnitReader[U, R], units: Iterable[U]) -> Iterator[R]:
        """What a derivation's pure part says of each unit, in their order."""
        return self.read_units(self.home, reader, units)

    def stored(self, seq: int) -> StoredResponse:
        """The content of capture `seq`, from its segment. Raises `PayloadLost`."""
        return read_stored(self.catalogue, capture_at(self.catalogue, seq))


class Derivation(Protocol):
    """Something that is made of the records by a rule, and that can be made again."""

    @property
    def name(self) -> str:
        """What it is called: a word of lower-case letters."""

    @property
    def rule(self) -> int:
        """The number of its rule; whoever changes what it makes raises it."""

    @property
    def when(self) -> Schedule:
        """When it is brought up to date."""

    @property
    def reads(self) -> tuple[str, ...]:
        """`CAPTURES`, `PAYLOADS` and the names of the derivations that it is made of."""

    @property
    def schema(self) -> str:
        """The SQL that makes its tables and their indexes, no other table's name among them."""

    def derive(self, work: Work) -> Iterator[Step]:
        """Make the rows that are missing, take away those that have lost their ground.

        What was written before a step is committed with it, and again at the end, when the
        watermark is `work.last`. Called again after any step, and whenever there may be something
        new, it goes on; from the same records it makes the same rows, in whatever parts they came.
        """
