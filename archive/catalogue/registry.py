"""Which derivations there are, in the order in which they are made."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.catalogue.derivation import CAPTURES, PAYLOADS, Derivation, Schedule
from archive.catalogue.schema import tables_in

_NAME = re.compile(r"[a-z]+")


class Registry:
    """The derivations of an archive; each reads only those before it.

    Raises ValueError for a name or a table that is there twice, and for one that reads what is not
    there before it or, in the crawl, what is made after it.
    """

    def __init__(self, *derivations: Derivation) -> None:
        self._derivations = derivations
        tables: set[str] = set()
        before: dict[str, Schedule] = {
            CAPTURES: Schedule.IN_THE_CRAWL,
            PAYLOADS: Schedule.IN_THE_CRAWL,
        }
        for derivation in derivations:
            name, own = derivation.name, set(tables_of(derivation))
            if not _NAME.fullmatch(name) or name in before:
                raise ValueError(f"{name!r} cannot be the name of another derivation")
            if twice := own & tables:
                raise ValueError(f"{name}: another derivation has {', '.join(sorted(twice))}")
            for read in derivation.reads:
                if read not in before:
                    raise ValueError(f"{name} reads {read}, which is not made before it")
                if derivation.when is Schedule.IN_THE_CRAWL and before[read] is not derivation.when:
                    raise ValueError(f"{name} reads {read} in the crawl, which is made after it")
            before[name] = derivation.when
            tables |= own

    def __iter__(self) -> Iterator[Derivation]:
        return iter(self._derivations)

    def made(self, when: Schedule) -> list[Derivation]:
        """Those that are made in the crawl, or after it."""
        return [derivation for derivation in self._derivations if derivation.when is when]

    def read_by(self, derivation: Derivation) -> list[Derivation]:
        """All that a derivation is made of, directly or not."""
        wanted = set(derivation.reads)
        found: list[Derivation] = []
        for earlier in reversed(self._derivations):
            if earlier.name in wanted:
                wanted |= set(earlier.reads)
                found.insert(0, earlier)
        return found

    def basis(self, derivation: Derivation) -> str:
        """The rules that its rows follow beside its own: another basis, other rows."""
        return " ".join(f"{one.name}={one.rule}" for one in self.read_by(derivation))


def tables_of(derivation: Derivation) -> tuple[str, ...]:
    """The tables of a derivation in the order of its schema."""
    return tables_in(derivation.schema)
