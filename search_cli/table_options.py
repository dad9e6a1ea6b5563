"""`--csv` and `--excel FILE`: an answer as a table, for programs or for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

_F = TypeVar("_F", bound=Callable[..., Any])
_FILE = "search_cli.excel"


def table_options(command: _F) -> _F:
    """Both, as the one parameter `as_csv`; `print_table` knows which it was."""
    command = click.option(
        "--excel",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        is_eager=True,
        expose_value=False,
        callback=_remember,
        help="Write a table that spreadsheets open (.xlsx) to this new file.",
    )(command)
    return click.option(
        "--csv",
        "as_csv",
        is_flag=True,
        callback=_as_table,
        help="Print comma-separated values.",
    )(command)


def excel_file() -> str | None:
    """The file that `--excel` named."""
    context = click.get_current_context(silent=True)
    found: str | None = context.meta.get(_FILE) if context else None
    return found


def _remember(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.meta[_FILE] = value


def _as_table(ctx: click.Context, _: click.Parameter, value: bool) -> bool:
    return value or _FILE in ctx.meta
