"""`hdnd schedule`: what systemd or cron need for a refresh every night."""

from __future__ import annotations

import click

from search_cli.command import Command, home
from search_cli.words import _, spoken

_UNITS = """\
# ~/.config/systemd/user/hdnd-refresh.service
[Unit]
Description={refresh}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart={service}
# {no_failure}
SuccessExitStatus=20 22
Nice=10

# ~/.config/systemd/user/hdnd-refresh.timer
[Unit]
Description={every_night}

[Timer]
OnCalendar=*-*-* {at}:00
RandomizedDelaySec=15m
Persistent=true

[Install]
WantedBy=timers.target

# {then} systemctl --user enable --now hdnd-refresh.timer; loginctl enable-linger

# {or_cron}
{minute} {hour} * * * {cron} >/dev/null
"""
_TO_CRON = "cat >&2"
"""What cron mails is what a command prints."""


@click.command(
    cls=Command,
    examples=(
        "hdnd schedule",
        "hdnd schedule hai-ba-trung --at 01:30 --until 05:30",
        "hdnd schedule --notify 'mail -s hdnd you@example.org'",
    ),
)
@click.argument("sites", nargs=-1, metavar="[SITE]...")
@click.option("--at", default="02:15", show_default=True, metavar="HH:MM", help="When to begin.")
@click.option(
    "--until", metavar="HH:MM", help="When to end.  [default: three hours and a quarter later]"
)
@click.option("--notify", metavar="CMD", help="Run this when something needs a person.")
def command(sites: tuple[str, ...], at: str, until: str | None, notify: str | None) -> int:
    """Print a systemd service with its timer, and a crontab line, for every night.

    Of the named sites, or of every known one that has not ended when the night comes. It speaks
    the language that this is asked in. Nothing is installed: copy what suits you.
    """
    from search_cli.as_typed import for_cron, for_systemd, program
    from search_cli.bounds import time_of_day

    hour, minute = time_of_day(at, "--at")
    end = time_of_day(until, "--until") if until else _later(hour, minute)
    if end == (hour, minute):
        raise click.BadParameter(_("a night that ends when it begins"), param_hint="'--until'")
    if any("\n" in word for word in (*sites, notify or "", str(home().path))):
        raise click.UsageError(_("A line for cron cannot hold a line break."))
    _say_turns(sites)
    called = [*program(), "--home", str(home().path), "--lang", spoken()]
    called += ["refresh", *sites, "--quiet"]
    called += ["--until", f"{end[0]:02}:{end[1]:02}"]
    service = [*called, "--notify", notify] if notify else called
    click.echo(
        _UNITS.format(
            service=for_systemd(service),
            cron=for_cron([*called, "--notify", notify or _TO_CRON]),
            at=f"{hour:02}:{minute:02}",
            hour=hour,
            minute=minute,
            refresh=_("Refresh of the HĐND archive"),
            every_night=_("Every night"),
            no_failure=_("Some pages could not be read, or its hour had come: no failure."),
            then=_("Then:"),
            or_cron=_(
                "Or in a crontab (`crontab -e`); it sends mail when something needs a person:"
            ),
        ),
        nl=False,
    )
    return 0


def _say_turns(names: tuple[str, ...]) -> None:
    """Say which sites would have no turn today; raise what is wrong with one that is named."""
    from archive.ground.errors import HdndError
    from hdnd.usecases.refreshing import sites_to_refresh

    try:
        turns = sites_to_refresh(home(), names)
    except HdndError as error:
        if names:
            raise
        click.echo(_("As things stand no site has a turn: {why}", why=error.said), err=True)
        return
    for refused in turns.refused:
        if refused.error is not None and names:
            raise refused.error
    for site in turns.skipped:
        click.echo(_("{site} has ended and will be skipped.", site=site.id), err=True)


def _later(hour: int, minute: int) -> tuple[int, int]:
    """When a night ends that began then, if nothing is said: 02:15 to 05:30."""
    return divmod((hour * 60 + minute + 195) % (24 * 60), 60)
