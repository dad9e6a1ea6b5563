"""What a minus takes out of articles with files: an article without a word has it nowhere.

A word stands in an article or in one of its files, so that neither of them can tell alone that it
is not there. What one of them has is a set of ids for the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from hdnd.usecases.attachment_keys import decoded
from indexer.query.parsing import parse
from indexer.query.tree import depth_of_negations

if TYPE_CHECKING:
    from indexer.engine import SearchEngine
    from indexer.query.parsing import Query

Ids = tuple[frozenset[str], ...]
"""For each part of a query after a minus (`SearchEngine.negated`) the ids that it takes out."""


class Unwanted(NamedTuple):
    """What is taken out of both indexes."""

    articles: Ids = ()
    files: Ids = ()


def unwanted_by_files(
    index: SearchEngine,
    files: SearchEngine,
    query: str,
    asked: Query,
    filters: Mapping[str, Any],
) -> Unwanted:
    """The articles that have what stands after a minus, and all of their files.

    An article has it in its own text or in a file that stands; with `in:attachment` only files
    are looked at. Both indexes read the query in one way (`SearchEngine.alike`). Raises
    `TooManyUnwanted`: what can't be taken out whole would be shown.
    """
    depth = depth_of_negations(asked.node) if asked.node is not None else 0
    if not depth:
        return Unwanted()
    keys: dict[str, list[str]] = defaultdict(list)
    standing: dict[str, str] = {}
    for one in files.ids():
        key = decoded(one)
        keys[key.article].append(one)
        if key.stands:
            standing[one] = key.article
    found = Unwanted()
    # What stands after an inner minus must be known before what is around it.
    for _ in range(depth):
        in_files = files.negated(
            query, **{**filters, "ids": standing.keys(), "unwanted": found.files}
        )
        own: list[set[str]] = [set() for _ in in_files]
        if asked.scope != "attachment":
            own = index.negated(
                query, **{**filters, "ids": keys.keys(), "unwanted": found.articles}
            )
        articles = [
            frozenset(one | {standing[key] for key in of_files})
            for one, of_files in zip(own, in_files, strict=True)
        ]
        found = Unwanted(tuple(articles), tuple(_files_of(one, keys) for one in articles))
    return found


def is_negative(query: str) -> bool:
    """Whether anything in a query stands after a minus, and nothing after a minus within that."""
    node = parse(query).node
    return node is not None and depth_of_negations(node) == 1


def articles_by_files(
    files: SearchEngine, query: str, filters: Mapping[str, Any]
) -> list[set[str]]:
    """For each part after a minus the articles that have it in a file that stands."""
    found = files.negated(query, **{**filters, "ids": None})
    return [{key.article for key in map(decoded, one) if key.stands} for one in found]


def _files_of(articles: Iterable[str], keys: Mapping[str, list[str]]) -> frozenset[str]:
    return frozenset(key for article in articles for key in keys[article])
