"""What long work did, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from search_cli.counts import count_of
from search_cli.safe_text import clean

if TYPE_CHECKING:
    from archive.ground.errors import HdndError, LockHeld
    from hdnd.views.bulk import Derived
    from hdnd.views.index import Indexed
    from hdnd.views.session import CrashRecovery, CrawlSummary
from search_cli.words import N_, _, in_figures, in_words, ngettext, stored

_GOES_ON = N_("What was kept is safe; `hdnd index` brings the search index up to date.")
_SAID = {"to-be-retried": N_("asked again")}


def crawl_lines(summary: CrawlSummary) -> Iterator[str]:
    """What a crawl did: every request by its outcome, and what that added."""
    if summary.resumed:
        yield _("Went on with the crawl that was not finished.")
    yield f"{count_of(sum(summary.counts.values()), 'request')}: {outcomes(summary.counts)}."
    for path in summary.empty_listings:
        yield _("No article is listed under {path}. Is this path right?", path=path)
    changed = summary.new_versions - summary.new_articles
    if summary.new_versions or summary.new_articles:
        yield added_line(summary.new_articles, changed, summary.articles)
    else:
        held = count_of(summary.articles, "article")
        yield _("Nothing new: no article and no version was added; {articles} held.", articles=held)


def added_line(articles: int, versions: int, held: int) -> str:
    """New articles, new versions of others, and how many articles are held now."""
    return _(
        "{articles}, {versions} of articles known before; {held} held.",
        articles=count_of(articles, "new article"),
        versions=count_of(max(versions, 0), "new version"),
        held=count_of(held, "article"),
    )


def outcomes(counts: Mapping[str, int]) -> str:
    """Outcomes with their numbers, the most frequent first."""
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    told = [f"{in_figures(number)} {_outcome(name)}" for name, number in ranked]
    return ", ".join(told) or _("none")


def _outcome(name: str) -> str:
    return _(_SAID[name]) if name in _SAID else stored(name)


def recovery_lines(recovery: CrashRecovery) -> Iterator[str]:
    """What had to be mended when the archive was opened."""
    records = count_of(recovery.taken_in, "record")
    if recovery.outdated:
        why = in_words(recovery.outdated)
        yield _("{why}: made again from {records} in the WARC files.", why=why, records=records)
    elif recovery.remade:
        yield _(
            "The disk has lost records that an earlier run had kept. Made the catalogue again from"
            " the {records} that are left; `hdnd verify` says how those are.",
            records=records,
        )
    elif recovery.taken_in:
        yield _(
            "Took in {records} that an earlier run had kept but not entered in the catalogue.",
            records=records,
        )
    for refused in recovery.refused:
        yield _(
            "Left out what cannot be taken in: {what}. `hdnd verify` says more.",
            what=in_words(refused),
        )
    for path in recovery.cut_tails:
        yield _("Moved the torn end of a segment aside: {path}", path=path)
    if recovery.rederived and not (recovery.remade or recovery.outdated):
        yield ngettext(
            "Read {count} capture that had not been read yet.",
            "Read {count} captures that had not been read yet.",
            recovery.rederived,
        )


def catch_up_lines(caught_up: CrashRecovery | LockHeld) -> Iterator[str]:
    """What had been left to take up, or that another process writes at this moment."""
    from archive.ground.errors import LockHeld

    if isinstance(caught_up, LockHeld):
        why = in_words(caught_up.said)
        yield _("{why}; going on with what stands in the catalogue", why=why)
    else:
        yield from recovery_lines(caught_up)


def derived_lines(done: Derived) -> Iterator[str]:
    """What workers did, and whose work was not believed."""
    read = count_of(done.read, "task")
    yield _("Spark: {read} read, {found} read before.", read=read, found=done.found)
    if done.refused:
        yield ngettext(
            "{count} result was not what it should be; it was thrown away and made again.",
            "{count} results were not what they should be; they were thrown away and made again.",
            done.refused,
        )


def say_indexed(indexed: Indexed | HdndError) -> int:
    """Say what became of the search index; the exit status of that."""
    from archive.ground.errors import HdndError
    from search_cli.failures import say_error

    if isinstance(indexed, HdndError):
        say_error(indexed)
        click.echo(_(_GOES_ON), err=True)
        return indexed.exit_code
    click.echo("\n".join(indexed_lines(indexed)))
    return 0


def not_indexed_lines(error: HdndError) -> Iterator[str]:
    """Why the search index was not brought up to date."""
    yield clean(in_words(error.said))
    if error.hint:
        yield "    " + clean(in_words(error.hint))
    yield _(_GOES_ON)


def indexed_lines(done: Indexed) -> Iterator[str]:
    """What bringing the index up to date did."""
    if done.rebuilt:
        articles = count_of(done.put_in, "article")
        if done.why:
            why = in_words(done.why)
            yield _("Search index built ({why}): {articles}.", why=why, articles=articles)
        else:
            yield _("Search index built: {articles}.", articles=articles)
    elif done.put_in or done.taken_out:
        articles = count_of(done.put_in, "article")
        if done.taken_out:
            yield _(
                "Search index: {articles} brought up to date, {out} taken out.",
                articles=articles,
                out=done.taken_out,
            )
        else:
            yield _("Search index: {articles} brought up to date.", articles=articles)
    elif not done.versions_built and not done.files_built:
        yield _("Search index: up to date, nothing to do.")
    if not done.rebuilt and done.versions_built:
        yield _("Search index of earlier versions built.")
    if not done.rebuilt and done.files_built:
        yield _("Search index of files built.")
