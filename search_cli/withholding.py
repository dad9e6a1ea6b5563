"""An act that changes what may be shown, carried through to the search index."""

from __future__ import annotations

import click

from archive.catalogue.absence import day_and_time
from archive.ground.home import Home
from archive.store import Archive
from archive.withholding import Act, Withholding, record_act
from crawler import Extractor
from search_cli.safe_text import clean


def carry_out(home: Home, article: str, act: Act, *, reason: str, by: str | None) -> None:
    """Record the act, then bring the index up to date with it."""
    from search_cli.catch_up import require_archive
    from search_cli.indexing import update_index

    require_archive(home)
    with Archive(home, Extractor()) as archive:
        done = record_act(archive, article, act, reason=reason, by=by)
    click.echo(act_line(done))
    if home.index.exists():
        update_index(home)


def act_line(act: Withholding) -> str:
    """An act as one line: when, what, of which article, why, by whom."""
    by = f" ({clean(act.by)})" if act.by else ""
    return (
        f"{day_and_time(act.at)}  {act.act.value:<8}  {clean(act.article)}  {clean(act.reason)}{by}"
    )
