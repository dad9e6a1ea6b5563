"""What the sessions of a command came to: lines, JSON, one exit status, and a call for a person."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from archive.ground.errors import HdndError
from hdnd.views.session import StopReason, session_json
from search_cli.exit_status import error_and_status, one_status
from search_cli.failures import INTERRUPTED
from search_cli.run_report import report_lines
from search_cli.safe_text import clean
from search_cli.summary import recovery_lines

if TYPE_CHECKING:
    from hdnd.views.session import SessionReport
from hdnd.messages.telling import told
from search_cli.words import _, in_words, zone


def tell(sessions: Sequence[SessionReport]) -> tuple[list[str], int]:
    """Lines for a person, and the exit status: the first that is worse than mild."""
    lines: list[str] = []
    statuses = []
    for session in sessions:
        end = session.end
        error, status = error_and_status(end)
        if end.summary is not None and session.report is not None:
            lines += recovery_lines(end.summary.recovery)
            if end.summary.stop is not StopReason.UNREACHABLE or end.summary.pages:
                lines += report_lines(session.report, session.trouble.known)
        statuses.append(status)
        if error is not None:
            lines += [clean(line) for line in _error_lines(error, session.trouble.failing_since)]
        elif status == INTERRUPTED:
            lines.append(_("Interrupted: the same command goes on from here."))
    return lines, one_status(statuses)


def tell_json(sessions: Sequence[SessionReport]) -> list[dict[str, Any]]:
    """The same for a program, an object a site."""
    values = []
    for session in sessions:
        error, status = error_and_status(session.end)
        value = session_json(session) | {"status": status}
        if error is not None:
            value["message"] = told(error.said, "en")
        values.append(value)
    return values


def not_indexed_json(indexed: object) -> dict[str, Any]:
    """Why the search index was not brought up to date, for a program; nothing if it was."""
    if not isinstance(indexed, HdndError):
        return {}
    return {"index": {"error": told(indexed.said, "en")}}


def _error_lines(error: HdndError, since: datetime | None) -> Iterator[str]:
    if since is not None:
        what, clock = in_words(error.said), zone(since)
        yield _("{what} (so since {at}, {clock})", what=what, at=since, clock=clock)
    else:
        yield in_words(error.said)
        if error.hint:
            yield f"  {in_words(error.hint)}"


def call_a_person(command: str, text: str, status: int) -> None:
    """Run the operator's command with a text on its stdin; that it failed is said, no more."""
    environment = {**os.environ, "HDND_STATUS": str(status)}
    done = subprocess.run(
        command, shell=True, input=text.encode("utf-8"), env=environment, check=False
    )
    if done.returncode:
        said = _("the --notify command ended with {status}", status=done.returncode)
        click.echo(f"hdnd: {said}", err=True)
