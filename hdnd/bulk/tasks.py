"""Tasks: the units of one closed segment that one process reads, and how they are cut."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice
from typing import Any

from archive.catalogue.derivation import U, Unit, UnitReader
from archive.warc.receipts import Receipt
from hdnd.bulk.codec import line_of

MOST_UNITS = 500
"""Units of a segment that are one task at most: what a killed worker has to read again."""


@dataclass(frozen=True)
class Task:
    """Units that a derivation of a rule is to read, all of one segment, which has this SHA-256.

    `sha256` is None for a segment without a line of the manifest. `receipts` say where in object
    storage the records of the units lie, as far as they lie there.
    """

    derivation: str
    rule: int
    segment: str
    sha256: str | None
    units: tuple[Unit, ...]
    receipts: tuple[Receipt, ...] = ()

    @cached_property
    def inputs(self) -> str:
        """The SHA-256 over all that decides the results, beside the rule and the segment."""
        digest = hashlib.sha256()
        for unit in self.units:
            digest.update(line_of(unit))
        return digest.hexdigest()

    @property
    def name(self) -> str:
        """What its results are called: the same of the same task, in whatever catalogue."""
        return f"{self.derivation}/{self.rule}/{self.sha256}-{self.inputs[:16]}.jsonl.gz"

    @property
    def header(self) -> dict[str, Any]:
        """What its results say of themselves before all else."""
        return {
            "derivation": self.derivation,
            "rule": self.rule,
            "segment": self.segment,
            "sha256": self.sha256,
            "inputs": self.inputs,
            "units": len(self.units),
        }


def tasks_of(
    reader: UnitReader[U, Any],
    units: Iterable[U],
    digests: Mapping[str, str],
    receipts: Mapping[str, Receipt],
) -> Iterator[Task]:
    """The tasks of a reader's units, in their order.

    `digests` and `receipts` are those of the segments, by their names.
    """
    for segment, together in groupby(units, key=lambda unit: unit.segment):
        while some := tuple(islice(together, MOST_UNITS)):
            names = dict.fromkeys(name for unit in some for name in unit.segments)
            there = tuple(receipts[name] for name in names if name in receipts)
            digest = digests.get(segment)
            yield Task(reader.name, reader.rule, segment, digest, some, there)
