"""Articles that have the words of a query only together with their files.

Each word stands in the article or in one of its files. A phrase, and whatever else is one part of a
query, stands in one of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from hdnd.usecases.attachment_keys import decoded
from indexer import Ranked

if TYPE_CHECKING:
    from indexer.engine import SearchEngine


class Scattered(NamedTuple):
    """Such an article, as it is ranked, and its files that have any of the words, by their keys."""

    ranked: Ranked
    files: tuple[str, ...]


def scattered(
    index: SearchEngine,
    files: SearchEngine,
    query: str,
    known: Collection[str],
    filters: Mapping[str, Any],
    *,
    past: bool,
) -> list[Scattered] | None:
    """Those of a query of words alone; the articles `known` have them in a file of theirs.

    None if too many files or articles have a word of it to look through them.

    Both indexes read the query in one way (`SearchIndex.alike`). The articles come in no order; a
    part is in the best tier that it has anywhere.
    """
    by_part = files.parts(query, **{**filters, "ids": None})
    if by_part is None:
        return None
    chosen = filters.get("ids")
    articles: dict[str, str] = {}
    for one in set().union(*by_part):
        key = decoded(one)
        wanted = chosen is None or key.article in chosen
        if wanted and key.article not in known and (key.stands or past):
            articles[one] = key.article
    if not articles:
        return []
    possible = frozenset(articles.values())
    in_articles = index.parts(query, **{**filters, "ids": possible})
    if in_articles is None:
        return None
    tiers: dict[str, list[int]] = {article: [] for article in possible}
    for own, part in zip(in_articles, by_part, strict=True):
        best = dict(own)
        for one, tier in part.items():
            if article := articles.get(one):
                best[article] = min(tier, best.get(article, tier))
        for article, tier in best.items():
            tiers[article].append(tier)
    worst = {one: max(found) for one, found in tiers.items() if len(found) == len(by_part)}
    if not worst:
        return []
    there = index.matching(query, worst.keys(), **filters)
    keys: dict[str, list[str]] = {}
    for one in sorted(articles):
        keys.setdefault(articles[one], []).append(one)
    return [
        Scattered(one._replace(tier=worst[one.id]), tuple(keys[one.id]))
        for one in index.ranking("", limit=len(worst), **{**filters, "ids": worst.keys() - there})
    ]
