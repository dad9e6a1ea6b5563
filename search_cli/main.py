"""Where the command starts and ends: our own packages first, then the command, then its status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from search_cli import ours

BROKEN_PIPE = 141


def run() -> NoReturn:
    """The console script."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status (docs/exit-status.md)."""
    _speak_utf8()
    ours.put_first()
    try:
        from search_cli.app import hdnd

        status = hdnd.main(list(arguments), prog_name="hdnd", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        return _leave_quietly()
    except SystemExit:
        raise
    except BaseException as error:
        from search_cli import failures

        return failures.report(error)
    return int(status or 0)


def _speak_utf8() -> None:
    """Text goes out as UTF-8 whatever the locale, and never fails on a character."""
    for stream, errors in ((sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors=errors)


def _leave_quietly() -> int:
    """The reader of our output has gone: nothing more can be said, not even while closing."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN_PIPE
