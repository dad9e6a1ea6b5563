"""`--log FILE` and `$HDND_LOG`: where it is written down what a command does."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from search_cli.words import _, ngettext

if TYPE_CHECKING:
    from hdnd.log import LogHandler

_VARIABLE = "HDND_LOG"
_LOGGER = "search_cli"


class _Log:
    """What this command line says of a log, and the log once it is open."""

    given: str | None = None
    handler: LogHandler | None = None


def log_option() -> click.Option:
    """`--log FILE`: given before or after the command's name, the latter wins."""
    return click.Option(
        ["--log"],
        type=click.Path(dir_okay=False),
        metavar="FILE",
        expose_value=False,
        callback=_remember,
        help="Also write to this file what happens, as JSON lines if it ends in .jsonl"
        f" [default: ${_VARIABLE}].",
    )


def forget() -> None:
    """A new command line begins."""
    _Log.given = None


def log_beginning(command: str, home: Callable[[], str]) -> None:
    """Open the log, if there is to be one, and say which command begins."""
    if not _open():
        from hdnd.log import keep_no_log

        keep_no_log()
        return
    import logging

    logging.getLogger(_LOGGER).info("begins", extra={"command": command, "home": home()})


def log_failure(error: BaseException, message: str, status: int, *, fault: bool = False) -> str:
    """Write down what went wrong, a fault with its whole traceback; where that is to be found.

    Empty if there is no log.
    """
    try:
        if _Log.handler is None and not (fault and _open()):
            return ""
    except (click.UsageError, ImportError):
        return ""
    import logging

    extra = {"reason": type(error).__name__, "status": status}
    logger = logging.getLogger(_LOGGER)
    if fault:
        logger.critical(message, extra=extra, exc_info=error)
    else:
        logger.error(message, extra=extra)
    from hdnd.log import JOURNAL

    target = _target() or ""
    return _("the journal") if target == JOURNAL else target


def log_end(status: int) -> None:
    """Say how the command ended, and close the log."""
    handler = _Log.handler
    if handler is None:
        return
    import logging

    from hdnd.log import close_log

    logging.getLogger(_LOGGER).info("ends", extra={"status": status})
    _Log.handler = None
    if lost := close_log(handler):
        said = ngettext(
            "{count} line of the log could not be written",
            "{count} lines of the log could not be written",
            lost,
        )
        click.echo(f"hdnd: {said}", err=True)


def _open() -> bool:
    """Whether there is a log now."""
    target = _target()
    if _Log.handler is None and target:
        from hdnd.log import open_log

        try:
            _Log.handler = open_log(target, sys.stderr)
        except OSError as error:
            said = _("{target}: no log can be written: {why}", target=target, why=error.strerror)
            raise click.UsageError(said) from error
    return _Log.handler is not None


def _target() -> str | None:
    if named := _Log.given or os.environ.get(_VARIABLE):
        return named
    if "JOURNAL_STREAM" in os.environ:
        from hdnd.log import JOURNAL, stderr_is_journal

        return JOURNAL if stderr_is_journal() else None
    return None


def _remember(_ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value:
        _Log.given = value
