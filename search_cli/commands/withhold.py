"""`hdnd withhold`: an article must not be shown; the act is kept with its reason."""

from __future__ import annotations

import click

from search_cli.command import Command, home
from search_cli.words import _


@click.command(
    cls=Command,
    examples=(
        "hdnd withhold thanh-giang-3123456 --reason 'Quyết định 12/2024 của tòa án' --by 'Thủ thư'",
        "hdnd withhold --list",
    ),
)
@click.argument("id", required=False)
@click.option("--reason", metavar="TEXT", help="Why. Kept for good.")
@click.option("--by", metavar="NAME", help="Who decided it.")
@click.option("--list", "listed", is_flag=True, help="List every act, releases too.")
@click.option("--json", "as_json", is_flag=True, help="With --list: print one JSON array.")
def command(id: str | None, reason: str | None, by: str | None, listed: bool, as_json: bool) -> int:
    """Keep an article from being shown; list what was withheld.

    Search, show, history and every export leave it out from now on. Its records stay as they
    are, and so does the proof that they are unaltered; `hdnd release` undoes the act.
    """
    if listed:
        if id or reason or by:
            raise click.UsageError(_("--list goes alone."), click.get_current_context())
        return _list(as_json)
    if not id or not reason or as_json:
        raise click.UsageError(_("Give an ID and a --reason."), click.get_current_context())
    from hdnd.usecases.withholding import withhold
    from search_cli.withholding import act_line

    click.echo(act_line(withhold(home(), id, reason=reason, by=by)))
    return 0


def _list(as_json: bool) -> int:
    from hdnd.usecases.withholding import every_act
    from hdnd.views.withholding import withholding_json
    from search_cli.output import print_json
    from search_cli.withholding import act_line

    found = every_act(home())
    if as_json:
        print_json([withholding_json(act) for act in found])
    elif found:
        click.echo("\n".join(act_line(act) for act in found))
    else:
        click.echo(_("Nothing was ever withheld."), err=True)
    return 0
