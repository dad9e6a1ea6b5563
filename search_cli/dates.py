"""Days, months and years as people type them, for `--from` and `--to`."""

from __future__ import annotations

import re
from datetime import date

import click

_FORMS = (
    r"(?P<year>\d{4})(-(?P<month>\d{1,2})(-(?P<day>\d{1,2}))?)?",
    r"((?P<day>\d{1,2})[/.])?(?P<month>\d{1,2})[/.](?P<year>\d{4})",
)


_PARTS = ("year", "month", "day")
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
    if since is None or until is None or since <= until:
        return since, until, None
    first, last = (ctx.meta[f"{_TYPED}.{name}"] for name in ("since", "until"))
    typed = {param.name: param for param in ctx.command.params}
    return (
        first_day(ctx, typed["until"], last),
        last_day(ctx, typed["since"], first),
        f"--from {first} is after --to {last}: read the other way round",
    )


def _read(
    ctx: click.Context, param: click.Parameter, value: str | None, *, last: bool
) -> date | None:
    if value is None:
        return None
    ctx.meta[f"{_TYPED}.{param.name}"] = value
    for form in _FORMS:
        if found := re.fullmatch(form, value.strip()):
            try:
                return _day(*(int(found[part] or 0) for part in _PARTS), last=last)
            except ValueError:
                raise click.BadParameter(f"there is no such day: {value}", ctx, param) from None
    raise click.BadParameter(
        f"{value!r} is no date; write 2020-08-17, 17/8/2020, 2020-08 or 2020", ctx, param
    )


def _day(year: int, month: int, day: int, *, last: bool) -> date:
    """A day, or the first or last one of what was typed; 0 stands for what was not."""
    from calendar import monthrange

    if not month:
        return date(year, 12, 31) if last else date(year, 1, 1)
    if not day:
        day = monthrange(year, month)[1] if last else 1
    return date(year, month, day)
