"""How a query was read, and why the first answer is first, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from archive.ground.message import Message
from indexer.engines.local.search.found import Found
from indexer.engines.local.search.matching import Matcher
from indexer.query.tree import TermOrPhrase, describe, leaves

_TIERS = ("indexer.as-typed", "indexer.with-every-mark", "indexer.same-letters")


def explain(matcher: Matcher, first: Found | None) -> Iterator[Message]:
    """The reading of the query, what each word finds, and the score of the first answer."""
    words = dict.fromkeys(leaves(matcher.node))
    yield Message("indexer.read-as", query=describe(matcher.node))
    counted: Callable[[Matcher, TermOrPhrase], tuple[float, float, float]] = Matcher.documents_with
    if first is not None and first.partial:
        from indexer.engines.local.search.query_coverage import documents_with

        # Its words were looked for one by one: where all of them stand may be nowhere.
        matcher, counted = first.matcher, documents_with
    for leaf in words:
        exact, compatible, folded = (round(count) for count in counted(matcher, leaf))
        counts = (exact, compatible - exact, folded - compatible)
        ways = [
            Message("indexer.found-so", count=count, tier=Message(tier))
            for count, tier in zip(counts, _TIERS, strict=True)
            if count
        ]
        yield (
            Message("indexer.word-found", word=leaf.text, ways=ways)
            if ways
            else Message("indexer.word-not-found", word=leaf.text)
        )
    if first is None:
        return
    yield Message("indexer.first-is", article=first.id, score=first.score)
    for leaf in words:
        match = matcher.leaf(leaf)
        tier = match.tier(first.document)
        if tier is None:
            yield Message("indexer.word-not-there", word=leaf.text)
        else:
            (packed,) = match.counts(tier, [first.document])
            title, lead, body = packed >> 6, packed >> 4 & 3, packed & 15
            yield Message(
                "indexer.word-there",
                word=leaf.text,
                tier=Message(_TIERS[tier]),
                title=title,
                lead=lead,
                body=body,
            )
