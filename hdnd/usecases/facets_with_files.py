"""By what articles are counted, with those that are found in a file alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from indexer import Answer, Ranked
from indexer.facets import Counts, each, in_order, of_the_same
from indexer.query.tree import COMPATIBLE


def with_facets_of(articles: Collection[Ranked], answer: Answer, names: Collection[str]) -> Answer:
    """An answer whose facets of these names count some more articles."""
    typed = [one for one in articles if one.tier <= COMPATIBLE]
    facets = {name: _with(answer.facets.get(name, ()), articles, name) for name in names}
    own = {name: _with(answer.facets_as_typed.get(name, ()), typed, name) for name in names}
    return answer._replace(
        facets=facets,
        facets_as_typed={name: of_the_same(facets[name], dict(own[name])) for name in names},
    )


def _with(counted: Counts, articles: Iterable[Ranked], name: str) -> Counts:
    counts: dict[str, int] = dict(counted)
    for one in articles:
        for value in _values(one, name):
            counts[value] = counts.get(value, 0) + 1
    return in_order(name, counts)


def _values(ranked: Ranked, name: str) -> list[str]:
    """The values by which an article counts: one, or each of its categories."""
    day = ranked.day
    if name == "year":
        return [str(day // 10_000) if day else ""]
    if name == "month":
        return [f"{day // 10_000}-{day // 100 % 100:02}" if day else ""]
    return [ranked.site] if name == "site" else each(ranked.categories)
