"""What long work did, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from search_cli.counts import count_of

if TYPE_CHECKING:
    from archive.ground.errors import LockHeld
    from hdnd.views.index import Indexed
    from hdnd.views.session import CrashRecovery, CrawlSummary
from search_cli.words import in_words, stored

_SAID = {"to-be-retried": "asked again"}


def crawl_lines(summary: CrawlSummary) -> Iterator[str]:
    """What a crawl did: every request by its outcome, and what that added."""
    if summary.resumed:
        yield "Went on with the crawl that was not finished."
    yield f"{count_of(sum(summary.counts.values()), 'request')}: {outcomes(summary.counts)}."
    for path in summary.empty_listings:
        yield f"No article is listed under {path}. Is this path right?"
    changed = summary.new_versions - summary.new_articles
    if summary.new_versions or summary.new_articles:
        yield (
            f"{count_of(summary.new_articles, 'new article')},"
            f" {count_of(max(changed, 0), 'new version')} of articles known before;"
            f" {count_of(summary.articles, 'article')} held."
        )
    else:
        held = count_of(summary.articles, "article")
        yield f"Nothing new: no article and no version was added; {held} held."


def outcomes(counts: Mapping[str, int]) -> str:
    """Outcomes with their numbers, the most frequent first."""
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return (
        ", ".join(f"{number:,} {stored(_SAID.get(name, name))}" for name, number in ranked)
        or "none"
    )


def recovery_lines(recovery: CrashRecovery) -> Iterator[str]:
    """What had to be mended when the archive was opened."""
    records = count_of(recovery.taken_in, "record")
    if recovery.outdated:
        yield f"{in_words(recovery.outdated)}: made again from {records} in the WARC files."
    elif recovery.remade:
        yield (
            "The disk has lost records that an earlier run had kept. Made the catalogue again from"
            f" the {records} that are left; `hdnd verify` says how those are."
        )
    elif recovery.taken_in:
        yield f"Took in {records} that an earlier run had kept but not entered in the catalogue."
    for refused in recovery.refused:
        yield f"Left out what cannot be taken in: {in_words(refused)}. `hdnd verify` says more."
    for path in recovery.cut_tails:
        yield f"Moved the torn end of a segment aside: {path}"
    if recovery.rederived and not (recovery.remade or recovery.outdated):
        yield f"Read {count_of(recovery.rederived, 'capture')} that had not been read yet."


def catch_up_lines(caught_up: CrashRecovery | LockHeld) -> Iterator[str]:
    """What had been left to take up, or that another process writes at this moment."""
    from archive.ground.errors import LockHeld

    if isinstance(caught_up, LockHeld):
        yield f"{in_words(caught_up.said)}; going on with what stands in the catalogue"
    else:
        yield from recovery_lines(caught_up)


def indexed_lines(done: Indexed) -> Iterator[str]:
    """What bringing the index up to date did."""
    if done.rebuilt:
        why = f" ({in_words(done.why)})" if done.why else ""
        yield f"Search index built{why}: {count_of(done.put_in, 'article')}."
    elif done.put_in or done.taken_out:
        out = f", {done.taken_out:,} taken out" if done.taken_out else ""
        yield f"Search index: {count_of(done.put_in, 'article')} brought up to date{out}."
    else:
        yield "Search index: up to date, nothing to do."
