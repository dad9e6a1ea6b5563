"""`hdnd cite`: a citation that can be checked against the archive."""

from __future__ import annotations

import click

from search_cli.command import Command, home
from search_cli.words import spoken


@click.command(
    cls=Command,
    examples=(
        "hdnd cite thanh-giang-3123456",
        "hdnd cite thanh-giang-3123456 --lang vi --prefix https://luu-tru.example/hdnd",
        "hdnd cite thanh-giang-3123456 --version 1f0c22ab --format bibtex",
    ),
)
@click.argument("id")
@click.option("--version", metavar="DIGEST", help="Of this version [default: the standing one].")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "bibtex", "ris", "csl", "json"]),
    default="text",
    show_default=True,
    help="How it is written.",
)
@click.option(
    "--prefix",
    metavar="URL",
    envvar="HDND_PREFIX",
    help="Where the archive is replayed; the archived URL lies below it [default: $HDND_PREFIX].",
)
def command(id: str, version: str | None, form: str, prefix: str | None) -> int:
    """Print a citation of an article as it was captured.

    It names the council, the capture's time, the version, the digest of the stored bytes and the
    record that holds them; the archived URL where it is known what address replays the archive.
    It is in the language of the command (`--lang`).
    """
    from hdnd.messages import citing
    from hdnd.usecases.reading import citation
    from hdnd.views.citation import citation_json
    from search_cli.fact_lines import print_line
    from search_cli.output import print_json
    from search_cli.safe_text import clean

    cited = citation(home(), id, version=version, prefix=prefix)
    if form == "json":
        print_json(citation_json(cited))
    elif form == "csl":
        print_json([citing.citation_csl(cited, spoken())])
    elif form == "text":
        for line in citing.citation_text(cited, spoken()):
            print_line(line)
    else:
        write = {
            "bibtex": citing.citation_bibtex,
            "ris": citing.citation_ris,
        }[form]
        click.echo("\n".join(map(clean, write(cited, spoken()))))
    return 0
