"""What those who read or mend a query ask of an index: the words that it has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class IndexWords(Protocol):
    """The spellings that an index has, for those who read a query. Each engine has one."""

    def forms(self, folded: str) -> Sequence[str]:
        """The forms that a folded word has."""

    def beside(self, folded: str, other: str) -> dict[str, int]:
        """In how many documents each spelling of two folded words stands side by side."""


class Vocabulary(Protocol):
    """The words of an index. Each engine has one."""

    @property
    def known(self) -> dict[str, int]:
        """Folded word → about how many documents have it."""

    def written(self, folded: str) -> str:
        """The commonest spelling of a folded word."""
