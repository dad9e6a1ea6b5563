"""What is said of a recovery."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hdnd.views.session import MementoCrawlSummary
from search_cli.counts import count_of
from search_cli.summary import outcomes

if TYPE_CHECKING:
    from hdnd.views.session import CrawlEnded


def recovered_lines(ended: Sequence[CrawlEnded]) -> Iterator[str]:
    """What came from each web archive, and what that added."""
    summaries = [one.summary for one in ended if isinstance(one.summary, MementoCrawlSummary)]
    for summary in summaries:
        yield from _lines(summary)
    if summaries:
        articles = sum(one.new_articles for one in summaries)
        versions = sum(one.new_versions for one in summaries) - articles
        yield (
            f"{count_of(articles, 'new article')}, {count_of(max(versions, 0), 'new version')} of"
            f" articles known before; {count_of(summaries[-1].articles, 'article')} held."
        )


def _lines(summary: MementoCrawlSummary) -> Iterator[str]:
    name = summary.source
    if summary.resumed:
        yield f"{name}: went on where it was."
    yield (
        f"{name}: {count_of(summary.listed, 'capture')} listed, {summary.pages:,} of them wanted;"
        f" {summary.held_before:,} held before, {summary.same:,} with content that is held."
    )
    if summary.counts:
        total = count_of(sum(summary.counts.values()), "request")
        yield f"{name}: {total}: {outcomes(summary.counts)}."
