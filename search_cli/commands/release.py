"""`hdnd release`: undoes `hdnd withhold`."""

from __future__ import annotations

import click

from search_cli.command import Command, home


@click.command(
    cls=Command,
    examples=("hdnd release thanh-giang-3123456 --reason 'Bản án bị hủy' --by 'Thủ thư'",),
)
@click.argument("id")
@click.option("--reason", required=True, metavar="TEXT", help="Why. Kept for good.")
@click.option("--by", metavar="NAME", help="Who decided it.")
def command(id: str, reason: str, by: str | None) -> int:
    """Show an article again that was withheld.

    Both acts stay on record: `hdnd withhold --list` shows them.
    """
    from hdnd.usecases.withholding import release
    from search_cli.withholding import act_line

    click.echo(act_line(release(home(), id, reason=reason, by=by)))
    return 0
