"""Answers for machines: JSON and CSV on stdout, and nothing else beside them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

from hdnd.views.spreadsheet import csv_lines
from search_cli.counts import count_of
from search_cli.safe_text import clean, escape_in_json
from search_cli.table_options import excel_file


def print_json(value: Any) -> None:
    """One JSON document on one line, in UTF-8."""
    click.echo(escape_in_json(json.dumps(value, ensure_ascii=False)))


def print_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Comma-separated values with a header row; texts on one line that cannot act as formulas.

    Where `--excel` named a file, the same as a workbook.
    """
    if target := excel_file():
        write_excel(target, header, rows)
        return
    cleaned = ([clean(v) if isinstance(v, str) else v for v in row] for row in rows)
    click.echo(csv_lines([header, *cleaned]), nl=False)


def write_excel(target: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table as a workbook in a new file, and on stderr how many rows it has."""
    from pathlib import Path

    from hdnd.views.workbook import write_workbook

    count = write_workbook(Path(target), header, rows)
    click.echo(clean(f"{target}: {count_of(count, 'row')}"), err=True)


def print_text(text: str, *, as_json: bool) -> None:
    """Text of several lines for a program; on a terminal nothing in it is live.

    What is JSON says the same with its characters escaped, anything else loses them.
    """
    if sys.stdout.isatty():
        make_safe = escape_in_json if as_json else clean
        text = "\n".join(make_safe(line.removesuffix("\r")) for line in text.split("\n"))
    click.echo(text, nl=False)
