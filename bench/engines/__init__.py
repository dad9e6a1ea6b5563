"""The search engines that are measured, behind one interface."""

from __future__ import annotations

from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from corpus import Text
from queries import Query

NAMES = {
    "ours": "hdnd",
    "stock": "stock Whoosh",
    "sqlite": "SQLite FTS5",
    "tantivy": "tantivy",
    "xapian": "Xapian",
}
GIVEN_TOKENS = frozenset({"sqlite", "tantivy", "xapian"})
"""The engines that are spared the analysis."""

_NEEDS = {"tantivy": "tantivy", "xapian": "xapian"}


class Session(Protocol):
    """An open index."""

    def page(self, query: Query) -> tuple[int, int]:
        """Make a page: all that match counted, the ten best read and highlighted.

        Returns how many match and how many characters of marked text were made.
        """
        ...


class Engine(Protocol):
    """An engine. All have a title and a body, each as written and folded, positions kept."""

    def build(self, folder: Path, corpus: Path, tokens: Path) -> None:
        """Index a corpus in an empty folder, durably."""
        ...

    def open(self, folder: Path) -> Session:
        """Open an index."""
        ...

    def refresh(
        self, folder: Path, texts: list[Text], rows: list[tuple[str, str, str, str]]
    ) -> None:
        """Replace or add documents, durably. The rows are their ready tokens."""
        ...

    def version(self) -> str:
        """The release of the engine."""
        ...


def installed() -> list[str]:
    """The engines that can be measured here, ours first."""
    return [name for name in NAMES if name not in _NEEDS or find_spec(_NEEDS[name])]


def load(name: str) -> Engine:
    """An engine by its name."""
    engine: Engine = import_module(f"engines.{name}_engine").ENGINE
    return engine


def release(distribution: str) -> str:
    """The installed release of a distribution."""
    return metadata.version(distribution)
