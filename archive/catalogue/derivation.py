"""A derivation: what is made of the records, or of another derivation, and can be made again.

Each has a rule with a number, tables of its own and a watermark. The archive catches it up, makes
it again, checks it and dumps it by these alone (`docs/derivations.md`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from archive.catalogue.captures import capture_at, read_stored
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


@dataclass(frozen=True, slots=True)
class Work:
    """What a derivation is handed: where to write, what to read, how far it was.

    `connection` has its own tables and those of all that it may read. `after` is its watermark, 0
    at the beginning; `last` the number of the last record that there is.
    """

    home: Home
    connection: sqlite3.Connection
    after: int
    last: int

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue, for its queries."""
        return Catalogue(self.home, self.connection)

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
