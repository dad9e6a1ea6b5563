"""What those who mend a query ask of an index: the words that it has."""

from __future__ import annotations

from typing import Protocol


class Vocabulary(Protocol):
    """The words of an index. Each engine has one."""

    @property
    def known(self) -> dict[str, int]:
        """Folded word → about how many documents have it."""

    def written(self, folded: str) -> str:
        """The commonest spelling of a folded word."""
