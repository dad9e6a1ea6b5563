"""A list of queries at once: a name a line, and what is found of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from archive.ground.causes import cause_of
from archive.ground.errors import UsageError
from archive.ground.message import Message
from hdnd.usecases.search import answer_to

if TYPE_CHECKING:
    from archive.ground.home import Home
    from indexer import Answer
    from indexer.engine import SearchEngine

MOST_BYTES = 4 << 20
LONGEST_LINE = 1_000
"""Bounds of a list: bytes of the file, characters of a line."""


class Asked(NamedTuple):
    """A query of a list, and its answer."""

    query: str
    answer: Answer


def read_queries(name: str, standard_input: BinaryIO) -> list[str]:
    """The queries of a file, one a line, blank lines left out; `-` is standard input.

    Raises `UsageError` if it can't be read, is no UTF-8 text, is larger than a list of names is, or
    is empty.
    """
    try:
        if name == "-":
            data = standard_input.read(MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise UsageError(
                "usecases.list-too-large",
                name=name,
                most=MOST_BYTES >> 20,
                hint=Message("usecases.cut-list"),
            )
        lines = data.decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            "usecases.list-unreadable",
            name=name,
            reason=cause_of(error),
            hint=Message("usecases.save-list"),
        ) from error
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            raise UsageError(
                "usecases.line-too-long",
                name=name,
                line=number,
                most=LONGEST_LINE,
                hint=Message("usecases.write-a-query-a-line"),
            )
    queries = [line.strip() for line in lines if line.strip()]
    if not queries:
        raise UsageError(
            "usecases.list-empty", name=name, hint=Message("usecases.write-a-query-a-line")
        )
    return queries


def search_list(home: Home, index: SearchEngine, queries: list[str], **how: Any) -> Iterator[Asked]:
    """Each query with its answer, made as `SearchIndex.search` is told to."""
    for query in queries:
        answer, _ = answer_to(home, index, query, **how)
        yield Asked(query, answer)
