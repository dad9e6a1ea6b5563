"""`hdnd who`: who holds or held which post, by what articles say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from search_cli.command import Command, home
from search_cli.fact_lines import options, print_evidence, print_line, print_none
from search_cli.vocabulary import word
from search_cli.words import _, day_of, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hdnd.views.fact import Holder


@click.command(
    cls=Command,
    examples=(
        "hdnd who tran quyet thang",
        "hdnd who --post 'chủ tịch' --body hđnd",
        "hdnd who --elected --term XX --json",
    ),
)
@click.argument("names", nargs=-1, metavar="[NAME]")
@click.option("--post", default="", metavar="POST", help="With this post, such as 'Chủ tịch HĐND'.")
@click.option("--body", default="", metavar="BODY", help="In this body, such as 'Ban Pháp chế'.")
@click.option("--term", default="", metavar="TERM", help="Told of in this term: 20, XX, 2021-2026.")
@click.option("--elected", is_flag=True, help="Elected to it, by an article's words.")
@options
def command(
    names: tuple[str, ...],
    post: str,
    body: str,
    term: str,
    elected: bool,
    why: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """Say who holds or held which post, each with the words that say so.

    Names are typed with or without marks. The key behind a name is what `people.tsv` in the
    archive's folder takes: `same`, `not-same` or `hide`, a tab, and keys; `split`, a key and
    the articles that mean a namesake. One name in one body counts as one person until then. Exit
    status: 0 somebody was found, 1 nobody, 2 and above trouble.
    """
    from hdnd.usecases.council_people import unknown_keys, who
    from hdnd.views.fact import HEADER, holder_json
    from search_cli.output import print_csv, print_json

    found = who(home(), " ".join(names), post=post, body=body, term=term, elected=elected)
    if unknown := unknown_keys(home()):
        keys = ", ".join(unknown)
        click.echo(_("people.tsv names what is nobody here: {keys}", keys=keys), err=True)
    if as_json:
        print_json([holder_json(holder) for holder in found])
    elif as_csv:
        print_csv(("key", "name", "post", "status", *HEADER), _rows(found))
    else:
        for holder in found:
            _print(holder, why=why)
    if not found:
        print_none(_("Nobody was found."), "person", "post")
    return 0 if found else 1


def _rows(found: list[Holder]) -> Iterator[tuple[object, ...]]:
    """A row for each evidence of a post; one for a person who is told of without a post."""
    from hdnd.views.fact import HEADER, fact_row

    for one in found:
        for holding in one.holdings:
            for fact in holding.told:
                title, status = holding.title, holding.status
                yield one.known.key, one.known.name, title, status, *fact_row(fact)
        if not one.holdings:
            yield one.known.key, one.known.name, None, None, *(None for _ in HEADER)


def _print(holder: Holder, *, why: bool) -> None:
    from hdnd.messages.council import status_words
    from hdnd.views.fact import bounds, class_of

    known = holder.known
    others = sorted(known.spellings - {known.name})
    also = f" ({', '.join(others)})" if others else ""
    print_line(f"{known.name}{also}  {known.key}")
    if known.may_be_several:
        said = _(
            "(no article gives these posts to one person: perhaps namesakes, to be told apart by"
            " `split` in people.tsv)"
        )
        print_line(said, 2)
    for holding in holder.holdings:
        span = " – ".join(map(_day, dict.fromkeys(filter(None, bounds(holding.told)))))
        said = status_words(holding.status, spoken())
        status = f"  ({said})" if said else ""
        stated = word(class_of(holding.told[0]))
        seen = _("told of {span}", span=span or _("undated"))
        print_line(f"{holding.title}{status}  {seen}  [{stated}]", 2)
        for told in holding.told if why else holding.told[:1]:
            print_evidence(told, why=why, indent=4)


def _day(day: str) -> str:
    return day_of(date.fromisoformat(day))
