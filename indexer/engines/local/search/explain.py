"""How a query was read, and why the first answer is first, in lines for a person."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.engines.local.search.found import Found
from indexer.engines.local.search.matching import Matcher
from indexer.query.tree import describe, leaves

_TIERS = ("as typed", "with every mark typed", "the same letters")


def explain(matcher: Matcher, first: Found | None) -> Iterator[str]:
    """The reading of the query, what each word finds, and the score of the first answer."""
    node = matcher.node
    words = dict.fromkeys(leaves(node))
    yield f"read as: {describe(node)}"
    for leaf in words:
        exact, compatible, folded = (round(count) for count in matcher.documents_with(leaf))
        counts = (exact, compatible - exact, folded - compatible)
        ways = ", ".join(
            f"{count} {tier}" for count, tier in zip(counts, _TIERS, strict=True) if count
        )
        yield f"  {leaf.text}: {ways or 'in no article'}"
    if first is None:
        return
    yield f"first is {first.id}, with a score of {first.score:.2f}:"
    for leaf in words:
        match = matcher.leaf(leaf)
        tier = match.tier(first.document)
        if tier is None:
            yield f"  {leaf.text}: not there"
        else:
            (packed,) = match.counts(tier, [first.document])
            title, lead, body = packed >> 6, packed >> 4 & 3, packed & 15
            yield f"  {leaf.text}: {_TIERS[tier]}; title {title}, lead {lead}, body {body}"
