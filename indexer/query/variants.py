"""Names and words that are written in several ways: Đắc Lắc, Đắk Lắk."""

from __future__ import annotations

from functools import cache

from indexer.query.abbreviations import Table, lines_of


@cache
def variants() -> Table:
    """The table that comes with the program: each other way to write a thing, and the commonest."""
    rows = [line.split("\t") for line in lines_of(f"{__file__.removesuffix('.py')}.tsv")]
    return Table([(other, usual) for *others, usual in rows for other in others])
