"""Answers for machines: JSON and CSV on stdout, and nothing else beside them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

import click

from search_cli.safe_text import clean, escape_in_json

_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def print_json(value: Any) -> None:
    """One JSON document on one line, in UTF-8."""
    click.echo(escape_in_json(json.dumps(value, ensure_ascii=False)))


def print_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Comma-separated values (RFC 4180) with a header row; texts cannot act as formulas."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    click.echo(buffer.getvalue(), nl=False)


def _cell(value: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front.

    `clean` has turned tabs and line ends, which spreadsheets skip, into spaces.
    """
    if not isinstance(value, str):
        return "" if value is None else value
    text = clean(value)
    return f"'{text}" if text.lstrip().startswith(_FORMULA_STARTS) else text
