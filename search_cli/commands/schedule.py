"""`hdnd schedule`: what systemd or cron need for a refresh every night."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from search_cli.command import Command, home

_SERVICE = """\
# ~/.config/systemd/user/hdnd-refresh.service
[Unit]
Description=Refresh of the HĐND archive
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart={command}
# Ended at its hour, or going on tomorrow: no failure.
SuccessExitStatus=20 22
Nice=10

# ~/.config/systemd/user/hdnd-refresh.timer
[Unit]
Description=Every night

[Timer]
OnCalendar=*-*-* {at}:00
RandomizedDelaySec=15m
Persistent=true

[Install]
WantedBy=timers.target

# Then: systemctl --user enable --now hdnd-refresh.timer; loginctl enable-linger

# Or in a crontab (`crontab -e`):
{minute} {hour} * * * {command}
"""


@click.command(cls=Command, examples=("hdnd schedule", "hdnd schedule --at 01:30 --until 05:30"))
@click.option("--at", default="02:15", show_default=True, metavar="HH:MM", help="When to begin.")
@click.option(
    "--until",
    default="05:30",
    show_default=True,
    metavar="HH:MM",
    help="When to end.",
)
def command(at: str, until: str) -> int:
    """Print a systemd service with its timer, and a crontab line, for every night.

    Nothing is installed: copy what suits you.
    """
    from search_cli.bounds import bounds_of

    for time in (at, until):
        bounds_of(None, time)
    hour, minute = (int(part) for part in at.split(":"))
    called = shlex.join(
        [*_program(), "--home", str(home().path), "refresh", "--quiet", "--until", until]
    )
    click.echo(
        _SERVICE.format(command=called, at=f"{hour:02}:{minute:02}", hour=hour, minute=minute),
        nl=False,
    )
    return 0


def _program() -> list[str]:
    called = Path(sys.argv[0])
    if called.name == "hdnd" and called.exists():
        return [str(called.absolute())]
    return [sys.executable, "-m", "search_cli"]
