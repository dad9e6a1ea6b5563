"""`hdnd anomalies`: what looks odd in articles, with what may be meant."""

from __future__ import annotations

import click

from search_cli.command import Command, home
from search_cli.fact_lines import options, print_evidence, print_line, print_none
from search_cli.words import _, spoken

KINDS = ("activity", "impossible", "term", "vote", "session", "count")


@click.command(cls=Command, examples=("hdnd anomalies", "hdnd anomalies --why --json"))
@options
def command(why: bool, as_json: bool, as_csv: bool) -> int:
    """Point at what looks odd: a year that slipped, a day that no calendar has, a wrong weekday.

    What is written stands beside what may be meant; nobody is corrected. Exit status: 0 there is
    something, 1 there is nothing, 2 and above trouble.
    """
    from hdnd.messages.council import oddity_words
    from hdnd.usecases.council_questions import odd
    from hdnd.views.fact import HEADER, fact_row, oddity_json
    from search_cli.output import print_csv, print_json

    found = odd(home())
    if as_json:
        print_json([oddity_json(one) for one in found])
    elif as_csv:
        rows = (
            (one.code, oddity_words(one), *fact_row(told)) for one in found for told in one.told
        )
        print_csv(("code", "says", *HEADER), rows)
    else:
        for one in found:
            print_line(oddity_words(one, spoken()))
            for told in one.told:
                print_evidence(told, why=why)
    if not found:
        print_none(_("Nothing looks odd."), *KINDS)
    return 0 if found else 1
