"""Answers for machines: JSON and CSV on stdout, and nothing else beside them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

from hdnd.views.spreadsheet import csv_lines
from search_cli.safe_text import clean, escape_in_json


def print_json(value: Any) -> None:
    """One JSON document on one line, in UTF-8."""
    click.echo(escape_in_json(json.dumps(value, ensure_ascii=False)))


def print_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Comma-separated values with a header row; texts on one line that cannot act as formulas."""
    cleaned = ([clean(v) if isinstance(v, str) else v for v in row] for row in rows)
    click.echo(csv_lines([header, *cleaned]), nl=False)


def print_text(text: str, *, as_json: bool) -> None:
    """Text of several lines for a program; on a terminal nothing in it is live.

    What is JSON says the same with its characters escaped, anything else loses them.
    """
    if sys.stdout.isatty():
        make_safe = escape_in_json if as_json else clean
        text = "\n".join(make_safe(line.removesuffix("\r")) for line in text.split("\n"))
    click.echo(text, nl=False)
