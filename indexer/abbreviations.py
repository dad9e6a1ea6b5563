"""Abbreviations and what they stand for, from a table that a person can extend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from archive.errors import UsageError
from indexer.analysis import marker, tokens
from indexer.text import normalise

Words = tuple[tuple[str, str], ...]
"""Words in a row, each as its folded letters and its form."""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One row of the table, ready to be matched: `short` and `full` stand for each other."""

    short: Words
    full: Words


class Table:
    """All abbreviations, found by the folded letters of either side's first word."""

    def __init__(self, rows: Iterable[Abbreviation]) -> None:
        self._shorts: dict[str, list[tuple[Words, Words]]] = {}
        self._fulls: dict[str, list[tuple[Words, Words]]] = {}
        for row in rows:
            self._shorts.setdefault(row.short[0][0], []).append((row.short, row.full))
            self._fulls.setdefault(row.full[0][0], []).append((row.full, row.short))

    def shorts(self, folded: str) -> Iterable[tuple[Words, Words]]:
        """(abbreviation, words) for all abbreviations whose first word is this one."""
        return self._shorts.get(folded, ())

    def fulls(self, folded: str) -> Iterable[tuple[Words, Words]]:
        """(words, abbreviation) for all whose first word, written out, is this one."""
        return self._fulls.get(folded, ())


@cache
def table(extra: Path | None = None) -> Table:
    """The table that comes with the program, with the rows of a file of one's own added.

    Raises `UsageError` if the file can't be read, or a line of it is not of the form described in
    its head: abbreviation, tab, words.
    """
    shipped = files("indexer").joinpath("abbreviations.tsv").read_text("utf-8")
    rows = list(_rows(shipped, "abbreviations.tsv"))
    if extra is not None:
        try:
            text = extra.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"the abbreviations in {extra} can't be read: {error}") from error
        rows += _rows(text, str(extra))
    return Table(rows)


def _rows(text: str, name: str) -> Iterator[Abbreviation]:
    for number, line in enumerate(normalise(text).splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        short, _, full = line.partition("\t")
        row = Abbreviation(_short(short.strip()), _full(full))
        if not row.short or not row.full:
            raise UsageError(
                f"{name}, line {number}: {line!r} is not an abbreviation, a tab and words",
                hint="write one pair a line, such as HĐND, a tab, hội đồng nhân dân",
            )
        yield row


def _short(text: str) -> Words:
    words = _full(text)
    if len(words) == 1 and len(words[0][0]) == 1:
        return (marker(f"={words[0][0]}."),)
    return words


def _full(text: str) -> Words:
    return tuple((token.folded, token.form) for token in tokens(text) if token.folded[0] != "=")
