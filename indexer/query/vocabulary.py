"""What those who read or mend a query ask of an index: the words that it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from indexer.named_tuple import NamedTuple


class IndexWords(Protocol):
    """The spellings that an index has, for those who read a query. Each engine has one."""

    def forms(self, folded: str) -> Sequence[str]:
        """The forms that a folded word has."""

    def beside(self, folded: str, other: str) -> dict[str, int]:
        """In how many documents each spelling of two folded words stands side by side."""


class WordsOfBoth(NamedTuple):
    """The spellings of two indexes that are asked together."""

    first: IndexWords
    second: IndexWords

    def forms(self, folded: str) -> Sequence[str]:
        """The forms that a folded word has in either."""
        return sorted({*self.first.forms(folded), *self.second.forms(folded)})

    def beside(self, folded: str, other: str) -> dict[str, int]:
        """In how many documents of both each spelling of two folded words stands side by side."""
        found = dict(self.first.beside(folded, other))
        for forms, number in self.second.beside(folded, other).items():
            found[forms] = found.get(forms, 0) + number
        return found


class Vocabulary(Protocol):
    """The words of an index. Each engine has one."""

    @property
    def known(self) -> Mapping[str, int]:
        """Folded word → about how many documents have it."""

    def written(self, folded: str) -> str:
        """The commonest spelling of a folded word."""
