"""`hdnd refresh`: sites brought up to date, every night, unattended."""

from __future__ import annotations

import click

from search_cli.bounds import bounds_of, bounds_options, progress_options, visit_options
from search_cli.command import Command, home
from search_cli.progress import reporting, told
from search_cli.words import _, in_words


@click.command(
    cls=Command,
    examples=(
        "hdnd refresh",
        "hdnd refresh hai-ba-trung --until 05:30",
        "hdnd refresh --json --notify 'mail -s hdnd you@example.org'",
    ),
)
@click.argument("sites", nargs=-1, metavar="[SITE]...")
@visit_options
@bounds_options
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
    all else went well). Each way to end has an exit status of its own (docs/exit-status.md);
    `hdnd schedule` prints what cron or systemd need.
    """
    from archive.ground.errors import VerificationFailed
    from hdnd.usecases.refreshing import refresh_and_index
    from hdnd.views.damage import damage_json
    from search_cli.damages import damage_lines, remedy_lines
    from search_cli.output import print_json
    from search_cli.reporting import call_a_person, tell, tell_json
    from search_cli.summary import indexed_lines

    try:
        with reporting(quiet=quiet, form=progress) as report:
            done = refresh_and_index(
                home(),
                sites,
                told(report),
                host=host,
                contact=contact,
                anyway=anyway,
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
    if as_json:
        skipped = [site.id for site in done.skipped]
        damages = [damage_json(damage) for damage in done.damages]
        sites_told = tell_json(done.sessions)
        print_json({"status": status, "sites": sites_told, "skipped": skipped, "damages": damages})
    else:
        shown = [*lines, *indexed_lines(done.indexed)] if done.indexed else lines
        click.echo("\n".join([*shown, *watched]))
    if notify and (done.damages or any(session.trouble.new for session in done.sessions)):
        call_a_person(notify, "\n".join(lines), status)
    return status


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
