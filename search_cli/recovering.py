"""A recovery with the index brought up to date behind it, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from archive.home import Home
from crawler import Ended, Progress, RecoverSummary, recover
from search_cli.ending import ending_of
from search_cli.failures import INTERRUPTED
from search_cli.indexing import Indexed, update_index
from search_cli.progress import Reporter
from search_cli.render import count_of
from search_cli.summary import outcomes


def recover_and_index(
    home: Home,
    site: str | None,
    report: Reporter,
    *,
    first: date | None = None,
    last: date | None = None,
    from_archive: str | None = None,
    contact: str | None = None,
) -> tuple[list[Ended], Indexed]:
    """Take a site's captures from web archives, then index what that brought. Once in a process."""

    def on_progress(progress: Progress) -> None:
        done = sum(progress.counts.values())
        report("Recovering", done, done + progress.pending)

    report("Preparing the recovery")
    ended = recover(
        home,
        site,
        first=first,
        last=last,
        from_archive=from_archive,
        contact=contact,
        on_progress=on_progress,
    )
    indexed = update_index(home, on_progress=lambda done, total: report("Indexing", done, total))
    return ended, indexed


def recovered_lines(ended: Sequence[Ended]) -> Iterator[str]:
    """What came from each web archive, and what that added."""
    summaries = [one.summary for one in ended if isinstance(one.summary, RecoverSummary)]
    for summary in summaries:
        yield from _lines(summary)
    if summaries:
        articles = sum(one.new_articles for one in summaries)
        versions = sum(one.new_versions for one in summaries) - articles
        yield (
            f"{count_of(articles, 'new article')}, {count_of(max(versions, 0), 'new version')} of"
            f" articles known before; {count_of(summaries[-1].articles, 'article')} held."
        )


def _lines(summary: RecoverSummary) -> Iterator[str]:
    name = summary.source
    if summary.resumed:
        yield f"{name}: went on where it was."
    yield (
        f"{name}: {count_of(summary.listed, 'capture')} listed, {summary.pages:,} of them wanted;"
        f" {summary.held_before:,} held before, {summary.same:,} with content that is held."
    )
    total = count_of(sum(summary.counts.values()), "request")
    if summary.counts:
        yield f"{name}: {total}: {outcomes(summary.counts)}."
    if summary.problems:
        yield f"{name}: some could not be had: `hdnd status --problems` names them."
    if not summary.finished:
        why = f": {summary.detail}" if summary.detail else ""
        yield f"{name}: not finished ({summary.reason}{why}); the same command goes on from here."


def status_of(ended: Sequence[Ended]) -> int:
    """The exit status: of the first that did not come to its end, else of one with problems."""
    summaries = [one.summary for one in ended if one.summary is not None]
    for summary in sorted(summaries, key=lambda one: one.finished):
        if error := ending_of(summary):
            return error.exit_code
        if not summary.finished:
            return INTERRUPTED
    return 0
