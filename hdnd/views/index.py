"""How a search index stands to its archive."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Freshness:
    """How an index stands to its archive: the articles it lacks, and why it must be built anew."""

    behind: int
    rebuild: str | None = None


@dataclass(frozen=True, slots=True)
class Indexed:
    """What bringing an index up to date did.

    `rebuilt` says why all of it was built anew: empty if that was asked for, None if it was not.
    """

    put_in: int
    taken_out: int
    rebuilt: str | None = None
