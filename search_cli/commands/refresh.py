"""`hdnd refresh`: sites brought up to date, every night, unattended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from search_cli.bounds import bounds_of, bounds_options, progress_options, visit_options
from search_cli.command import Command, home
from search_cli.progress import reporting, told
from search_cli.words import _, in_words

if TYPE_CHECKING:
    from archive.ground.errors import HdndError
    from hdnd.usecases.worker import Worker
    from hdnd.views.store import Pushed


@click.command(
    cls=Command,
    examples=(
        "hdnd refresh",
        "hdnd refresh hai-ba-trung --until 05:30",
        "hdnd refresh --json --notify 'mail -s hdnd you@example.org'",
        "hdnd refresh --worker may-3 --bucket 3/16 --until 05:30",
    ),
)
@click.argument("sites", nargs=-1, metavar="[SITE]...")
@visit_options
@bounds_options
@click.option(
    "--worker",
    metavar="NAME",
    help="Be one of several crawlers, under this name: each site under a lease in the store.",
)
@click.option(
    "--bucket",
    metavar="I/N",
    help="Of a worker: only the sites in part I (0 to N-1) of N, by a hash of their names.",
)
@click.option(
    "--lease",
    type=click.FloatRange(1, 3600),
    metavar="SECONDS",
    help="Of a worker: how long a lease lasts that is not renewed.  [default: 180]",
)
@click.option(
    "--notify",
    metavar="CMD",
    help="Run this when something that was not known needs a person: the summary on its stdin,"
    " $HDND_STATUS set.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@progress_options
def command(
    sites: tuple[str, ...],
    host: str | None,
    contact: str | None,
    anyway: bool,
    max_requests: int | None,
    until: str | None,
    worker: str | None,
    bucket: str | None,
    lease: float | None,
    notify: str | None,
    as_json: bool,
    quiet: bool,
    progress: str,
) -> int:
    """Bring sites up to date: what is new, and what is due to be looked at again.

    The named sites, or every known one that has not ended. Walks the listings from the newest on
    until they show nothing new, now and then to their ends, and looks again at known articles:
    every day for a fortnight, then ever more rarely. At its end the search index is brought up to
    date, and a thirtieth of the archive is read and checked (status 13 if that finds damage and
    all else went well); where $HDND_STORE names object storage, what was kept is brought there.
    Each way to end has an exit status of its own (docs/exit-status.md); `hdnd schedule` prints what
    cron or systemd need.

    With --worker it is one of several crawlers that share a store ($HDND_STORE): each site is
    visited under a lease, what came goes into the store, and what comes after a crawl is left to
    the archive that gathers all (docs/many-crawlers.md).
    """
    from functools import partial

    from archive.ground.errors import HdndError, VerificationFailed
    from hdnd.usecases.refreshing import refresh_and_index
    from hdnd.views.damage import damage_json
    from hdnd.views.index import Indexed
    from search_cli.damages import damage_lines, remedy_lines
    from search_cli.exit_status import one_status
    from search_cli.output import print_json
    from search_cli.reporting import call_a_person, not_indexed_json, tell, tell_json
    from search_cli.summary import indexed_lines, not_indexed_lines

    refreshed = partial(refresh_and_index, anyway=anyway)
    if working := _worker_of(worker, bucket, lease, anyway=anyway):
        from hdnd.usecases.worker import refresh_as_worker

        refreshed = partial(refresh_as_worker, worker=working)
    try:
        with reporting(quiet=quiet, form=progress) as report:
            done = refreshed(
                home(),
                sites,
                told(report),
                host=host,
                contact=contact,
                bounds=bounds_of(max_requests, until),
            )
    except Exception as error:
        if notify:
            call_a_person(notify, *_in_short(error))
        raise
    lines, status = tell(done.sessions)
    watched = _look(quiet)
    lines += [_("{site} has ended and is skipped.", site=site.id) for site in done.skipped]
    if done.damages:
        status = status or VerificationFailed.exit_code
        lines += [line for damage in done.damages for line in damage_lines(damage)]
        lines += remedy_lines(done.damages)
    failed = [error for error in (done.indexed, done.pushed) if isinstance(error, HdndError)]
    status = one_status([status, *(error.exit_code for error in failed)])
    if isinstance(done.indexed, HdndError):
        lines += not_indexed_lines(done.indexed)
    if done.pushed:
        lines += _pushed(done.pushed)
    if as_json:
        skipped = [site.id for site in done.skipped]
        damages = [damage_json(damage) for damage in done.damages]
        sites_told = tell_json(done.sessions)
        told_of = {"status": status, "sites": sites_told, "skipped": skipped, "damages": damages}
        print_json(told_of | not_indexed_json(done.indexed) | _pushed_json(done.pushed))
    else:
        shown = (
            [*lines, *indexed_lines(done.indexed)] if isinstance(done.indexed, Indexed) else lines
        )
        click.echo("\n".join([*shown, *watched]))
    is_new = any(session.trouble.new for session in done.sessions)
    if notify and (done.damages or failed or is_new):
        call_a_person(notify, "\n".join(lines), status)
    return status


def _pushed(pushed: Pushed | HdndError) -> list[str]:
    """What was brought to object storage, or why it was not."""
    from archive.ground.errors import HdndError
    from search_cli.store_view import not_pushed_lines, pushed_lines

    if isinstance(pushed, HdndError):
        return list(not_pushed_lines(pushed))
    return list(pushed_lines(pushed))


def _pushed_json(pushed: Pushed | HdndError | None) -> dict[str, Any]:
    """The same for programs; nothing where there is no store."""
    from archive.ground.errors import HdndError
    from hdnd.messages.telling import in_english
    from hdnd.views.store import pushed_json

    if pushed is None:
        return {}
    if isinstance(pushed, HdndError):
        return {"store": {"error": in_english(pushed.said)}}
    return {"store": pushed_json(pushed)}


def _worker_of(
    name: str | None, bucket: str | None, lease: float | None, *, anyway: bool
) -> Worker | None:
    """Which worker this is to be, None if none; raises a usage error for what makes no sense."""
    if name is None:
        if bucket is not None or lease is not None:
            raise click.UsageError(_("--bucket and --lease are of a --worker."))
        return None
    if anyway:
        raise click.UsageError(_("A --worker visits no site that has ended."))
    from hdnd.usecases.worker import worker_named

    return worker_named(home(), name, bucket, lease)


def _look(quiet: bool) -> list[str]:
    """What is new in what is watched, if anything is; it is handed on too."""
    if not home().watches.is_dir():
        return []
    from archive.ground.errors import HdndError
    from hdnd.usecases.watching import look
    from search_cli.watch_news import hand_on, news_lines

    try:
        found = look(home())
    except HdndError as error:
        return [_("What is watched could not be looked at: {why}", why=error.said)]
    lines = [] if quiet and not any(news.events for news in found) else [*news_lines(found)]
    failed = [*hand_on(home(), found), *(in_words(news.failure) for news in found if news.failure)]
    return lines + [_("Watches: {failure}", failure=failure) for failure in failed]


def _in_short(error: Exception) -> tuple[str, int]:
    """What a person is told of an error, and its exit status."""
    from archive.ground.errors import HdndError
    from search_cli.failures import FAULT

    if isinstance(error, HdndError):
        said = [in_words(part) for part in (error.said, error.hint) if part]
        return "\n".join(said), error.exit_code
    return f"{type(error).__name__}: {error}", FAULT
