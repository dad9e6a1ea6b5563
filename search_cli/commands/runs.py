"""`hdnd runs`: what was done when, and what it brought."""

from __future__ import annotations

import click

from search_cli.command import Command, CommandGroup, home


@click.group(
    cls=CommandGroup,
    invoke_without_command=True,
    examples=("hdnd runs", "hdnd runs --json", "hdnd runs show 12"),
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> int:
    """List the runs, or show what one of them brought.

    A run is one process that fetched: what it did stands in the WARC files, and here.
    """
    if ctx.invoked_subcommand:
        return 0
    from archive.reading import ArchiveReader
    from search_cli.news import run_json, run_line
    from search_cli.output import print_json

    with ArchiveReader.open(home()) as reader:
        runs = reader.runs()
    if as_json:
        print_json({"runs": [{"number": n, **run_json(run)} for n, run in enumerate(runs, 1)]})
        return 0
    for number, run in enumerate(runs, 1):
        click.echo(run_line(number, run))
    return 0


@command.command(cls=Command, examples=("hdnd runs show 12", "hdnd runs show 12 --json"))
@click.argument("run")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(run: str, as_json: bool) -> int:
    """Show what a run brought, by its number or id."""
    from archive.history.run_report import choose_run, news_of
    from archive.reading import ArchiveReader
    from search_cli.news import news_json, news_lines, run_line
    from search_cli.output import print_json

    with ArchiveReader.open(home()) as reader:
        runs = reader.runs()
        chosen = choose_run(runs, run)
        news = news_of(reader.connection, chosen)
    if as_json:
        print_json(news_json(news))
        return 0
    click.echo("\n".join([run_line(runs.index(chosen) + 1, chosen), *news_lines(news)]))
    return 0
