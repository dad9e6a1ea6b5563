"""Facts on a terminal: the fact, whether it is stated, the article, and the words themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from search_cli.safe_text import clean
from search_cli.table_options import table_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from hdnd.views.fact import Told

_AROUND = 60
"""Characters of the passage shown on either side of the words."""


def fact_lines(told: Told, *, why: bool, indent: str = "") -> Iterator[str]:
    """A fact in two lines; a third says which rule read it, and where."""
    from hdnd.messages.council import fact_words
    from hdnd.views.fact import class_of

    yield clean(f"{indent}{fact_words(told)}  [{class_of(told)}]")
    yield from evidence_lines(told, why=why, indent=f"{indent}  ")


def evidence_lines(told: Told, *, why: bool, indent: str = "  ") -> Iterator[str]:
    """The article, its day, and the words."""
    day = told.published.isoformat() if told.published else "undated"
    yield clean(f"{indent}{told.article}  {day}  “{excerpt(told)}”")
    if why:
        place = f"{told.field} {told.number}, {told.start}–{told.end}"
        yield clean(f"{indent}rule {told.rule}; {place}; version {told.version[:12]}")


def excerpt(told: Told) -> str:
    """The words of a fact within those around them, cut at words."""
    if told.end - told.start >= 2 * _AROUND:
        return told.quote
    start, end = max(0, told.start - _AROUND), min(len(told.around), told.end + _AROUND)
    before, after = told.around[start : told.start], told.around[told.end : end]
    if start:
        before = "…" + before[before.find(" ") + 1 :]
    if end < len(told.around):
        after = after[: after.rfind(" ")] + "…" if " " in after else "…"
    return f"{before}{told.quote}{after}"


def options(command: Callable[..., object]) -> Callable[..., object]:
    """What every command over facts has: --why, --json, --csv, --excel."""
    for option in (
        table_options,
        click.option("--json", "as_json", is_flag=True, help="Print one JSON array."),
        click.option("--why", is_flag=True, help="Say which rule read each fact, and where."),
    ):
        command = option(command)
    return command


def print_facts(found: Iterable[Told], *, why: bool, as_json: bool, as_csv: bool, none: str) -> int:
    """Print facts as asked; 0 if there are any, else 1."""
    from hdnd.views.fact import HEADER, fact_json, fact_row
    from search_cli.output import print_csv, print_json

    facts = list(found)
    if as_json:
        print_json([fact_json(fact) for fact in facts])
    elif as_csv:
        print_csv(HEADER, map(fact_row, facts))
    else:
        for fact in facts:
            for line in fact_lines(fact, why=why):
                click.echo(line)
        if not facts:
            click.echo(none, err=True)
    return 0 if facts else 1
