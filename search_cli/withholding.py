"""An act that changes what may be shown, in words."""

from __future__ import annotations

import click

from archive.ground.errors import HdndError
from hdnd.views.index import Indexed
from hdnd.views.withholding import Withholding
from search_cli.failures import say_error
from search_cli.safe_text import clean
from search_cli.words import N_, _, in_utc

_ACTS = {"withhold": N_("withhold"), "release": N_("release")}


def say_index_without(indexed: Indexed | HdndError | None) -> int:
    """Say if an index may not know yet what must not be shown any more; an exit status."""
    if not isinstance(indexed, HdndError):
        return 0
    say_error(indexed)
    said = _("THE SEARCH INDEX DOES NOT KNOW OF IT YET; `hdnd index` brings it up to date.")
    click.echo(said, err=True)
    return indexed.exit_code


def act_line(act: Withholding) -> str:
    """An act as one line: when, what, of which article, why, by whom."""
    what = _(_ACTS[act.act.value])
    by = f" ({clean(act.by)})" if act.by else ""
    return f"{in_utc(act.at)}  {what:<8}  {clean(act.article)}  {clean(act.reason)}{by}"
