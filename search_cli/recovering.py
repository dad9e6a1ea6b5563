"""What is said of a recovery."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hdnd.views.session import MementoCrawlSummary
from search_cli.counts import count_of
from search_cli.summary import added_line, outcomes
from search_cli.words import _

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
        yield added_line(articles, versions, summaries[-1].articles)


def _lines(summary: MementoCrawlSummary) -> Iterator[str]:
    name = summary.source
    if summary.resumed:
        yield _("{archive}: went on where it was.", archive=name)
    yield _(
        "{archive}: {captures} listed, {wanted} of them wanted; {before} held before, {same} with"
        " content that is held.",
        archive=name,
        captures=count_of(summary.listed, "capture"),
        wanted=summary.pages,
        before=summary.held_before,
        same=summary.same,
    )
    if summary.counts:
        total = count_of(sum(summary.counts.values()), "request")
        yield f"{name}: {total}: {outcomes(summary.counts)}."
