"""How a long command is asked to end, and with which modes its files are made."""

from __future__ import annotations

import os
import signal
from types import FrameType

_OTHERS_MAY_NOT_WRITE = 0o022


def end_when_asked() -> None:
    """From now on SIGTERM, and SIGHUP unless it is ignored, end the command as Ctrl-C does."""
    signal.signal(signal.SIGTERM, _interrupt)
    hangup = getattr(signal, "SIGHUP", None)
    if hangup is not None and signal.getsignal(hangup) is signal.SIG_DFL:
        signal.signal(hangup, _interrupt)


def keep_others_from_writing() -> None:
    """What is made from now on, no other user may write to; a stricter umask stays as it is."""
    os.umask(os.umask(_OTHERS_MAY_NOT_WRITE) | _OTHERS_MAY_NOT_WRITE)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
