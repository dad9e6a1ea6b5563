"""`hdnd facts`: everything that an article states, with its words."""

from __future__ import annotations

from collections import Counter

import click

from search_cli.command import Command, home
from search_cli.fact_lines import options, print_facts
from search_cli.words import _

KINDS = (
    "person", "post", "document", "term", "session", "date", "activity", "count", "personnel",
    "commitment", "vote", "money", "award", "impossible",
)  # fmt: skip


@click.command(
    cls=Command,
    examples=(
        "hdnd facts hai-ba-trung-708168",
        "hdnd facts hai-ba-trung-708168 --kind person --kind post --why",
    ),
)
@click.argument("article", metavar="ID")
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Of this kind alone."
)
@options
def command(article: str, kinds: tuple[str, ...], why: bool, as_json: bool, as_csv: bool) -> int:
    """Show everything that an article states, each fact with the words that state it.

    Exit status: 0 there are facts, 1 there are none, 2 and above trouble.
    """
    from hdnd.usecases.council_questions import facts_in

    every = facts_in(home(), article)
    found = [fact for fact in every if not kinds or fact.kind in kinds]
    if not found:
        others = Counter(fact.kind for fact in every)
        has = ", ".join(_("{count} of {kind}", count=n, kind=kind) for kind, n in others.items())
        has = has or _("none at all")
        if kinds:
            asked = _(" or ").join(kinds)
            said = _(
                "No fact of {kinds} was read in this article; its facts: {facts}.",
                kinds=asked,
                facts=has,
            )
        else:
            said = _("No fact was read in this article; its facts: {facts}.", facts=has)
        click.echo(said, err=True)
    return print_facts(found, why=why, as_json=as_json, as_csv=as_csv)
