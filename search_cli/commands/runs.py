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
    from hdnd.usecases.reading import runs
    from hdnd.views.run import run_json
    from search_cli.output import print_json
    from search_cli.run_report import run_line
    from search_cli.words import _, zone

    known = runs(home())
    if as_json:
        print_json({"runs": [{"number": n, **run_json(run)} for n, run in enumerate(known, 1)]})
        return 0
    for number, run in enumerate(known, 1):
        click.echo(run_line(number, run))
    if known:
        clock = zone(known[-1].started_at)
        click.echo(_("Times are those of this computer ({clock}).", clock=clock), err=True)
    return 0


@command.command(cls=Command, examples=("hdnd runs show 12", "hdnd runs show 12 --json"))
@click.argument("run")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(run: str, as_json: bool) -> int:
    """Show what a run brought, by its number or id."""
    from hdnd.usecases.reading import run_report
    from hdnd.views.run import run_report_json
    from search_cli.output import print_json
    from search_cli.run_report import report_lines, run_line

    number, report = run_report(home(), run)
    if as_json:
        print_json(run_report_json(report))
        return 0
    click.echo("\n".join([run_line(number, report.run), *report_lines(report)]))
    return 0
