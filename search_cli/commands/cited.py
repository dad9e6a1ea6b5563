"""`hdnd cited`: documents that articles cite, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from search_cli.command import Command, home
from search_cli.fact_lines import options, print_evidence, print_line, print_none
from search_cli.words import _

if TYPE_CHECKING:
    from hdnd.views.fact import CitedDocument


@click.command(
    cls=Command,
    examples=(
        "hdnd cited 97/2019/QH14",
        "hdnd cited 'nghi quyet 17/NQ-HĐND'",
        "hdnd cited --top 20 --kind 'nghị quyết'",
    ),
)
@click.argument("number", required=False, default="")
@click.option("--top", type=click.IntRange(1), metavar="N", help="The N that are cited most.")
@click.option("--kind", default="", metavar="KIND", help="Of this kind, such as 'kế hoạch'.")
@click.option("--issuer", default="", metavar="BODY", help="Of this issuer, such as 'Quốc hội'.")
@options
def command(
    number: str, top: int | None, kind: str, issuer: str, why: bool, as_json: bool, as_csv: bool
) -> int:
    """List the documents that articles cite, the most cited first, each with its articles.

    Numbers begin anew every year: where no year is stated, an article's citation stands for
    itself. What an article cites is in `hdnd facts ID --kind document`. Exit status: 0 there are
    some, 1 there are none, 2 and above trouble.
    """
    from hdnd.usecases.cited_documents import cited
    from hdnd.views.fact import HEADER, document_json, fact_row
    from search_cli.output import print_csv, print_json

    found = cited(home(), number, kind=kind, issuer=issuer)[:top]
    if as_json:
        print_json([document_json(document) for document in found])
    elif as_csv:
        print_csv(HEADER, (fact_row(told) for document in found for told in document.cited))
    else:
        for document in found:
            articles = len({told.article for told in document.cited})
            known = document.year and str(document.year) not in document.label
            year = f" ({document.year})" if known else _unstated(document)
            issued = f", {document.issuer}" if document.issuer else ""
            print_line(f"{articles:>4}  {document.label}{year}{issued}")
            if top is None or why:
                for told in document.cited:
                    print_evidence(told, why=why, indent=6)
    if not found:
        print_none(_("No document was found."), "document")
    return 0 if found else 1


def _unstated(document: CitedDocument) -> str:
    """Of a number whose year nothing states the year of its article: numbers begin anew."""
    day = document.cited[0].published
    if document.year or document.number is None or day is None:
        return ""
    return " " + _("(year not stated, told in {year})", year=str(day.year))
