"""What goes wrong, in words on stderr and as an exit status (docs/exit-status.md)."""

from __future__ import annotations

import platform
import sys
import traceback
from importlib import metadata
from typing import TYPE_CHECKING

import click

from search_cli import import_guard
from search_cli.log_option import log_end, log_failure
from search_cli.safe_text import clean
from search_cli.words import _, in_words

TROUBLE = 2
DAMAGED = 6
STORAGE_FAILED = 10
FOREIGN_PACKAGE = 11
FAULT = 70
INTERRUPTED = 130

if TYPE_CHECKING:
    from archive.ground.errors import HdndError


def report(error: BaseException) -> int:
    """Say on stderr what happened and what to do next; returns the exit status."""
    status = _report(error)
    log_end(status)
    return status


def _report(error: BaseException) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return TROUBLE
    if isinstance(error, click.ClickException):
        return say(error.format_message(), _usage_hint(error), TROUBLE)
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return say(_("interrupted"), "", INTERRUPTED)
    known = getattr(sys.modules.get("archive.ground.errors"), "HdndError", None)
    if known and isinstance(error, known):
        from hdnd.messages.telling import in_english

        log_failure(error, in_english(error.said), error.exit_code)
        return say_error(error)
    if isinstance(error, OSError) and _is_of_disk(error):
        where = f"{error.filename}: " if error.filename else ""
        log_failure(error, str(error), STORAGE_FAILED)
        hint = _("Free some space or choose another folder; what was acknowledged before is safe.")
        return say(f"{where}{_cause(error)}", hint, STORAGE_FAILED)
    if type(error).__module__ == "sqlite3" and _is_of_storage(error):
        hint = _("Make room, or choose another folder; what was acknowledged before is safe.")
        return say(_("the disk failed ({error})", error=_cause(error)), hint, STORAGE_FAILED)
    if type(error).__module__ == "sqlite3":
        log_failure(error, str(error), DAMAGED)
        hint = _("It is derived: `hdnd rebuild` makes it again from the WARC files.")
        said = _("the catalogue cannot be read or written ({error})", error=_cause(error))
        return say(said, hint, DAMAGED)
    if foreign := import_guard.find_foreign():
        hint = _("Install hdnd-archive anew, best in an environment of its own: `pipx install …`.")
        return say(foreign, hint, FOREIGN_PACKAGE)
    return _say_fault(error)


def _is_of_disk(error: OSError) -> bool:
    from archive.ground.errors import is_of_disk

    return is_of_disk(error)


def _is_of_storage(error: BaseException) -> bool:
    from archive.ground.errors import is_of_storage

    return is_of_storage(error)


def _cause(error: BaseException) -> str:
    from archive.ground.causes import cause_of

    return in_words(cause_of(error))


def say_error(error: HdndError) -> int:
    """Print an error that was told by code; returns its exit status."""
    hint = in_words(error.hint) if error.hint else ""
    return say(in_words(error.said), hint, error.exit_code)


def say(message: str, hint: str, status: int) -> int:
    """Print an error and its hint as every error looks; gives the status back."""
    click.echo(f"hdnd: {clean(message)}", err=True)
    if hint:
        click.echo(f"      {clean(hint)}", err=True)
    return status


def _usage_hint(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    if not context:
        return ""
    return _("`{command} --help` shows how it is used.", command=context.command_path)


def _say_fault(error: BaseException) -> int:
    what = f"{type(error).__name__}: {error}"
    log = log_failure(error, "a fault of the program", FAULT, fault=True)
    said = _("this is a fault of the program, not of yours. Please report:")
    click.echo(f"hdnd: {said}", err=True)
    click.echo(f"  {_version()}, Python {platform.python_version()}, {sys.platform}", err=True)
    for frame in traceback.extract_tb(error.__traceback__)[-4:]:
        click.echo(f"  {frame.filename}:{frame.lineno} {frame.name}", err=True)
    click.echo(f"  {clean(what)}", err=True)
    if log:
        where = _("Its full traceback is in {log}.", log=clean(log))
    else:
        where = _("Its full traceback is kept with --log FILE.")
    click.echo(f"      {where}", err=True)
    return FAULT


def _version() -> str:
    try:
        return f"hdnd {metadata.version('hdnd-archive')}"
    except metadata.PackageNotFoundError:
        return _("hdnd (not installed)")
