"""What a query asks of documents that none of them is: sites and categories that are not there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Protocol

from archive.ground.message import Message
from indexer.language.vietnamese import fold
from indexer.query.tree import And, Node, Not, OfCategory, OfSite, Or

_NAMED = 12
"""How many of those that are there are named."""


class Values(Protocol):
    """The sites and the categories of an index."""

    @property
    def by_site(self) -> Collection[str]:
        """The sites."""

    @property
    def by_category(self) -> Collection[str]:
        """The categories."""


def unknown_values(
    values: Values,
    node: Node | None,
    sites: Collection[str],
    categories: Collection[str],
) -> Iterator[Message]:
    """A note for each site and each category asked for that no document has."""
    filters = [*_filters_of(node)]
    sites = [*sites, *(one.site for one in filters if isinstance(one, OfSite))]
    categories = [*categories, *(one.category for one in filters if isinstance(one, OfCategory))]
    if sites:
        codes = "indexer.no-such-site", "indexer.no-such-site-nor-any"
        yield from _unknown(*codes, sites, values.by_site)
    if categories:
        codes = "indexer.no-such-category", "indexer.no-such-category-nor-any"
        yield from _unknown(*codes, categories, values.by_category)


def _unknown(
    code: str, none_at_all: str, values: Collection[str], known: Collection[str]
) -> Iterator[Message]:
    folded = {fold(name) for name in known if name}
    for value in values:
        if not folded:
            yield Message(none_at_all, value=value)
        elif fold(value) not in folded:
            yield Message(code, value=value, known=_nearest(value, known))


def _nearest(value: str, known: Collection[str]) -> list[str]:
    from difflib import get_close_matches

    names = {fold(name): name for name in sorted(known) if name}
    near = get_close_matches(fold(value), names, n=3, cutoff=0.6)
    shown = [names[name] for name in near] or [*names.values()][:_NAMED]
    return [*shown, *["…"] * (not near and len(names) > _NAMED)]


def _filters_of(node: Node | None) -> Iterator[OfSite | OfCategory]:
    match node:
        case OfSite() | OfCategory():
            yield node
        case Not():
            yield from _filters_of(node.node)
        case And() | Or():
            for child in node.nodes:
                yield from _filters_of(child)
