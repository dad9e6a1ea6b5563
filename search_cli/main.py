"""Where the command starts and ends: our own packages first, then the command, then its status."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from search_cli import import_guard

BROKEN_PIPE = 141


def run() -> NoReturn:
    """The console script."""
    # What a short command loads and makes is given up when it ends, and not before: to look for
    # cycles among it on the way would be a third of its time, and to take it apart at the end a
    # twentieth. Commands that may run long have the collector back (`search_cli.app`).
    gc.disable()
    status = main(sys.argv[1:])
    if not gc.isenabled():
        os._exit(status)
    gc.freeze()
    sys.exit(status)


def main(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status (docs/exit-status.md)."""
    _ready_streams()
    try:
        status = _run(arguments)
    except BrokenPipeError:
        status = BROKEN_PIPE
    _drop_unwritten()
    return status


def _run(arguments: Sequence[str]) -> int:
    import_guard.put_first()
    try:
        from search_cli.app import call
        from search_cli.log_option import log_end

        status = call(arguments)
        sys.stdout.flush()
        log_end(status)
    except (BrokenPipeError, SystemExit):
        raise
    except BaseException as error:
        from search_cli import failures

        return failures.report(error)
    return status


def _ready_streams() -> None:
    """Text goes out as UTF-8 whatever the locale, and never fails on a character."""
    for name, errors in (("stdout", "replace"), ("stderr", "backslashreplace")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _drop_unwritten() -> None:
    """What can't be written any more must not raise a second time while Python ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
