"""A bound on how long a page may take.

A page is made in the thread that was asked, by what knows nothing of time. A watcher raises
`OutOfTime` in that thread (`PyThreadState_SetAsyncExc`, the Python C API); what was open is then to
be thrown away, since it may have been left half done.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress
from threading import Lock, Timer, get_ident
from types import TracebackType
from typing import Self


class OutOfTime(BaseException):
    """The time is over. No `Exception`, so that nobody on the way takes it for one of theirs."""


class TimeBudget:
    """While it lasts, no more than some seconds may go by: `OutOfTime` at the end of the block."""

    def __init__(self, seconds: float) -> None:
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True
        self._lock = Lock()
        self._over = self._fired = False

    def __enter__(self) -> Self:
        self._thread = get_ident()
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._over = True
            fired = self._fired
        if fired:
            if kind is not OutOfTime:
                _receive(self._thread)
            raise OutOfTime from None

    def _end(self) -> None:
        with self._lock:
            if not self._over:
                self._fired = True
                _raise_in(self._thread, OutOfTime)


def _raise_in(thread: int, what: type[BaseException]) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(what))


def _receive(thread: int) -> None:
    """Have what was raised in this thread come now, and no later.

    It is not taken back: CPython 3.11 would look for it at every step from then on, in all threads,
    and not get past a call that is profiled.
    """
    with suppress(OutOfTime):
        _raise_in(thread, OutOfTime)
        while True:
            pass
