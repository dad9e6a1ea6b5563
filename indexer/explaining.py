"""How a query was read, and why the first answer is first, in lines for a person."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.found import Found
from indexer.matching import Matcher
from indexer.query import Node, describe, leaves

_TIERS = ("as typed", "with every mark typed", "the same letters")


def explain(node: Node, matchers: list[Matcher], first: Found | None) -> Iterator[str]:
    """The reading of the query, what each word finds, and the score of the first answer."""
    yield f"read as: {describe(node)}"
    for leaf in dict.fromkeys(leaves(node)):
        counts = [0, 0, 0]
        for matcher in matchers:
            for tier in matcher.leaf(leaf).tiers.values():
                counts[tier] += 1
        ways = ", ".join(
            f"{count} {tier}" for count, tier in zip(counts, _TIERS, strict=True) if count
        )
        yield f"  {leaf.text}: {ways or 'in no article'}"
    if first is None:
        return
    yield f"first is {first.id}, with a score of {first.score:.2f}:"
    matcher, document = first.matcher, first.document
    for leaf in dict.fromkeys(leaves(node)):
        match = matcher.leaf(leaf)
        if document in match.tiers:
            best = match.tiers[document]
            counts = [packed for tier, packed in match.counts(document) if tier == best]
            title, lead, body = (
                sum(packed >> 6 for packed in counts),
                sum(packed >> 4 & 3 for packed in counts),
                sum(packed & 15 for packed in counts),
            )
            yield f"  {leaf.text}: {_TIERS[best]}; title {title}, lead {lead}, body {body}"
        else:
            yield f"  {leaf.text}: not there"
