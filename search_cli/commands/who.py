"""`hdnd who`: who holds or held which post, by what articles say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from search_cli.command import Command, home
from search_cli.fact_lines import evidence_lines, options

if TYPE_CHECKING:
    from hdnd.views.fact import Holder


@click.command(
    cls=Command,
    examples=(
        "hdnd who 'tran quyet thang'",
        "hdnd who --post 'chủ tịch' --body hđnd",
        "hdnd who --elected --term XX --json",
    ),
)
@click.argument("name", required=False, default="")
@click.option("--post", default="", metavar="POST", help="With this post, such as 'Chủ tịch HĐND'.")
@click.option("--body", default="", metavar="BODY", help="In this body, such as 'Ban Pháp chế'.")
@click.option("--term", default="", metavar="TERM", help="Told of in this term: 20, XX, 2021-2026.")
@click.option("--elected", is_flag=True, help="Elected to it, by an article's words.")
@options
def command(
    name: str,
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
    archive's folder takes: `same`, `not-same` or `hide`, a tab, and keys. Exit status: 0 somebody
    was found, 1 nobody, 2 and above trouble.
    """
    from hdnd.usecases.council_people import who
    from hdnd.views.fact import HEADER, fact_row, holder_json
    from search_cli.output import print_csv, print_json

    found = who(home(), name, post=post, body=body, term=term, elected=elected)
    if as_json:
        print_json([holder_json(holder) for holder in found])
    elif as_csv:
        facts = [fact for one in found for holding in one.holdings for fact in holding.told]
        print_csv(HEADER, map(fact_row, facts))
    else:
        for holder in found:
            _print(holder, why=why)
        if not found:
            click.echo("Nobody was found.", err=True)
    return 0 if found else 1


def _print(holder: Holder, *, why: bool) -> None:
    from hdnd.views.fact import bounds, class_of
    from search_cli.safe_text import clean

    known = holder.known
    others = sorted(known.spellings - {known.name})
    also = f" ({', '.join(others)})" if others else ""
    click.echo(clean(f"{known.name}{also}  {known.key}"))
    for holding in holder.holdings:
        first, last = bounds(holding.told)
        span = first if first == last else f"{first} – {last}"
        status = "" if holding.status == "current" else f"  ({holding.status})"
        stated = class_of(holding.told[0])
        click.echo(clean(f"  {holding.title}{status}  told of {span or 'undated'}  [{stated}]"))
        for told in holding.told if why else holding.told[:1]:
            for line in evidence_lines(told, why=why, indent="    "):
                click.echo(line)
