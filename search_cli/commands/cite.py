"""`hdnd cite`: a citation that can be checked against the archive."""

from __future__ import annotations

import click

from hdnd.views.citation import PREFIX
from search_cli.command import Command, home


@click.command(
    cls=Command,
    examples=(
        "hdnd cite thanh-giang-3123456",
        "hdnd cite thanh-giang-3123456 --version 1f0c22ab --format bibtex",
    ),
)
@click.argument("id")
@click.option("--version", metavar="DIGEST", help="Of this version [default: the standing one].")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "bibtex", "json"]),
    default="text",
    show_default=True,
    help="How it is written.",
)
@click.option(
    "--prefix",
    metavar="URL",
    default=PREFIX,
    show_default=True,
    help="Where the archive is replayed; the archived URL lies below it.",
)
def command(id: str, version: str | None, form: str, prefix: str) -> int:
    """Print a citation of an article as it was captured.

    It names the capture's time, the version, the digest of the stored bytes, the archived URL and
    the record that holds them.
    """
    from hdnd.usecases.reading import citation
    from hdnd.views.citation import citation_json
    from search_cli.citing import citation_bibtex, citation_text
    from search_cli.output import print_json

    cited = citation(home(), id, version=version, prefix=prefix)
    if form == "json":
        print_json(citation_json(cited))
    else:
        write = citation_bibtex if form == "bibtex" else citation_text
        click.echo("\n".join(write(cited)))
    return 0
