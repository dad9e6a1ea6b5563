"""Facts on a terminal: the fact, whether it is stated, the article, and the words themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from search_cli.command import home
from search_cli.counts import count_of
from search_cli.safe_text import clean
from search_cli.table_options import table_options
from search_cli.terminal import NARROWEST, width_of_stdout, wrap
from search_cli.vocabulary import word, words
from search_cli.words import _, spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from hdnd.views.fact import Told

_AROUND = 60
"""Characters of the passage shown on either side of the words."""


def print_fact(told: Told, *, why: bool) -> None:
    """A fact and its evidence."""
    from hdnd.messages.council import fact_words
    from hdnd.views.fact import class_of

    print_line(f"{fact_words(told, spoken())}  [{word(class_of(told))}]")
    print_evidence(told, why=why)


def print_evidence(told: Told, *, why: bool, indent: int = 2) -> None:
    """The article, its day, the file and page if it is one's, and the words; with `why` the rule
    that read them, and where."""
    day = f"{told.published:%d/%m/%Y}" if told.published else _("undated")
    page = ""
    if told.source:
        number = _("page {number}", number=told.number + 1)
        file = told.file or _("file")
        page = f"  {file}, {number}"
    print_line(f"{told.article}  {day}{page}  “{excerpt(told)}”", indent)
    if why:
        place = _(
            "{part}, characters {start} to {end}",
            part=_part_of(told),
            start=told.start + 1,
            end=told.end,
        )
        if told.source:
            place = _("{place}; file {file}", place=place, file=told.source)
        version = told.version[:12]
        rule = _(
            "rule {rule}; {place}; version {version}", rule=told.rule, place=place, version=version
        )
        print_line(rule, indent)


def _part_of(told: Told) -> str:
    """Where in its version a fact stands, counted as a reader counts."""
    if told.field == "body":
        return _("paragraph {number}", number=told.number + 1)
    if told.field == "caption":
        return _("caption in paragraph {number}", number=told.number + 1)
    if told.field == "attachment":
        return _("page {number}", number=told.number + 1)
    return word(told.field)


def print_line(text: str, indent: int = 0, *, err: bool = False) -> None:
    """A line, on a terminal broken at its width; what goes on stands further in."""
    width = width_of_stdout()
    text = clean(text)
    if width is None:
        click.echo(f"{'':{indent}}{text}", err=err)
        return
    for number, (start, end) in enumerate(wrap(text, max(NARROWEST, width - indent - 2))):
        shown = text[start:end].lstrip() if number else text[start:end]
        click.echo(f"{'':{indent + 2 * bool(number)}}{shown}", err=err)


def print_none(what: str, *kinds: str) -> None:
    """That nothing was found, and what was looked through, on stderr."""
    from hdnd.usecases.council_questions import looked_through

    looked = looked_through(home(), *kinds)
    asked = {
        "what": what,
        "facts": count_of(looked.facts, "fact"),
        "kinds": words(kinds),
        "articles": count_of(looked.articles, "article"),
    }
    if looked.first:
        said = _(
            "{what} Looked through: {facts} of {kinds} in {articles}, published {first} to {last}.",
            **asked,
            first=looked.first,
            last=looked.last,
        )
    else:
        said = _("{what} Looked through: {facts} of {kinds} in {articles}.", **asked)
    print_line(said, err=True)


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


def print_facts(found: Iterable[Told], *, why: bool, as_json: bool, as_csv: bool) -> int:
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
            print_fact(fact, why=why)
    return 0 if facts else 1
