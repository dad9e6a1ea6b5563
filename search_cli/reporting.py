"""What the sessions of a command came to: lines, JSON, one exit status, and a call for a person."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from typing import Any

import click

from archive.ground.home import Home
from archive.history.run_report import news_of
from archive.reading import ArchiveReader
from crawler import CrawlEnded
from search_cli.ending import error_and_status, one_status
from search_cli.failures import INTERRUPTED
from search_cli.news import news_json, news_lines
from search_cli.safe_text import clean
from search_cli.summary import recovery_lines


def tell(home: Home, ended: Sequence[CrawlEnded]) -> tuple[list[str], int]:
    """Lines for a person, and the exit status: the first that is worse than mild."""
    lines: list[str] = []
    statuses = []
    for end in ended:
        if end.summary is not None:
            lines += recovery_lines(end.summary.recovery)
            with ArchiveReader.open(home) as reader:
                run = next(run for run in reader.runs() if run.id == end.summary.run)
                lines += news_lines(news_of(reader.connection, run))
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
            with ArchiveReader.open(home) as reader:
                run = next(run for run in reader.runs() if run.id == end.summary.run)
                value |= news_json(news_of(reader.connection, run))
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
