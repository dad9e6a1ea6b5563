"""What a query asks of documents that none of them is: sites and categories that are not there."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from indexer.engines.local.search.index_snapshot import IndexSnapshot
from indexer.language.vietnamese import fold
from indexer.query.tree import And, Node, Not, OfSite, Or

_NAMED = 12
"""How many of those that are there are named."""


def unknown_values(
    snapshot: IndexSnapshot,
    node: Node | None,
    sites: Collection[str],
    categories: Collection[str],
) -> Iterator[str]:
    """A note for each site and each category asked for that no document has."""
    sites = [*sites, *_sites_of(node)]
    if sites:
        known = {fold(site) for site in snapshot.by_site}
        for site in sites:
            if fold(site) not in known:
                yield _note("site", site, snapshot.by_site)
    for category in categories:
        if category not in snapshot.by_category:
            yield _note("category", category, snapshot.by_category)


def _note(kind: str, value: str, known: Collection[str]) -> str:
    from difflib import get_close_matches

    names = {fold(name): name for name in sorted(known) if name}
    near = get_close_matches(fold(value), names, n=3, cutoff=0.6)
    shown = [names[name] for name in near] or [*names.values()][:_NAMED]
    more = ", …" if not near and len(names) > _NAMED else ""
    return f"no article is of the {kind} {value!r}; there are: {', '.join(shown)}{more}"


def _sites_of(node: Node | None) -> Iterator[str]:
    match node:
        case OfSite():
            yield node.site
        case Not():
            yield from _sites_of(node.node)
        case And() | Or():
            for child in node.nodes:
                yield from _sites_of(child)
