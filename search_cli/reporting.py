"""What the sessions of a command came to: lines, JSON, one exit status, and a call for a person."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from archive.ground.home import Home
from hdnd.usecases.reading import run_report
from hdnd.views.run import run_report_json
from search_cli.exit_status import error_and_status, one_status
from search_cli.failures import INTERRUPTED
from search_cli.run_report import report_lines
from search_cli.safe_text import clean
from search_cli.summary import recovery_lines

if TYPE_CHECKING:
    from hdnd.views.session import CrawlEnded


def tell(home: Home, ended: Sequence[CrawlEnded]) -> tuple[list[str], int]:
    """Lines for a person, and the exit status: the first that is worse than mild."""
    lines: list[str] = []
    statuses = []
    for end in ended:
        if end.summary is not None:
            lines += recovery_lines(end.summary.recovery)
            lines += report_lines(run_report(home, end.summary.run)[1])
        error, status = error_and_status(end)
        statuses.append(status)
        if error is not None:
            lines += [
                clean(f"{error.message}"),
                *([clean(f"  {error.hint}")] if error.hint else []),
            ]
        elif status == INTERRUPTED:
            lines.append("Interrupted: the same command goes on from here.")
    return lines, one_status(statuses)


def tell_json(home: Home, ended: Sequence[CrawlEnded]) -> list[dict[str, Any]]:
    """The same for a program, an object a site."""
    values = []
    for end in ended:
        error, status = error_and_status(end)
        value: dict[str, Any] = {"site": end.site, "status": status}
        if end.summary is not None:
            value |= run_report_json(run_report(home, end.summary.run)[1])
            value["finished"] = end.summary.finished
        if error is not None:
            value["message"] = error.message
        values.append(value)
    return values


def call_a_person(command: str, text: str, status: int) -> None:
    """Run the operator's command with a text on its stdin; that it failed is said, no more."""
    environment = {**os.environ, "HDND_STATUS": str(status)}
    done = subprocess.run(
        command, shell=True, input=text.encode("utf-8"), env=environment, check=False
    )
    if done.returncode:
        click.echo(f"hdnd: the --notify command ended with {done.returncode}", err=True)
