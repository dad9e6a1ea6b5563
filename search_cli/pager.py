"""Text for a person: in a pager where it is more than the screen shows."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import click


def print_lines(lines: Iterable[str]) -> None:
    """Print lines, their colours as they are."""
    text = "\n".join(lines)
    if _overflows(text):
        # Unless told otherwise, what was read stays on the screen.
        os.environ.setdefault("LESS", "FRX")
        click.echo_via_pager(text, color=True)
    else:
        click.echo(text, color=True)


def _overflows(text: str) -> bool:
    """Whether a person at a terminal would see less than all of it."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    if os.environ.get("TERM", "dumb") == "dumb":
        return False
    try:
        height = os.get_terminal_size(sys.stdout.fileno()).lines
    except (OSError, ValueError):
        return False
    return 0 < height <= text.count("\n") + 1
