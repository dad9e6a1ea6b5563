"""Days, months and years as people type them, for `--from` and `--to`."""

from __future__ import annotations

from datetime import date

import click

from search_cli.words import _

_TYPED = "search_cli.dates"
"""In a context's `meta`, with an option's name: what was typed."""


def first_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """An option's callback: the day typed, or the first of the month or year."""
    return _read(ctx, param, value, last=False)


def last_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """An option's callback: the day typed, or the last of the month or year."""
    return _read(ctx, param, value, last=True)


def turned_round(
    ctx: click.Context, since: date | None, until: date | None
) -> tuple[date | None, date | None, str | None]:
    """The bounds in order, and what to say if `--from` was after `--to`."""
    if since is None or until is None:
        return since, until, None
    from indexer.language.periods import span

    first, last = (ctx.meta[f"{_TYPED}.{name}"] for name in ("since", "until"))
    since, until, is_turned = span(first, last)
    said = _(
        "--from {first} is after --to {last}: read the other way round", first=first, last=last
    )
    return since, until, said if is_turned else None


def _read(
    ctx: click.Context, param: click.Parameter, value: str | None, *, last: bool
) -> date | None:
    if value is None:
        return None
    from indexer.language.periods import period

    ctx.meta[f"{_TYPED}.{param.name}"] = value
    try:
        bounds = period(value)
    except ValueError:
        raise click.BadParameter(
            _("there is no such day: {value}", value=value), ctx, param
        ) from None
    if bounds is None:
        raise click.BadParameter(
            _("'{value}' is no date; write 2020-08-17, 17/8/2020, 2020-08 or 2020", value=value),
            ctx,
            param,
        )
    return bounds[last]
