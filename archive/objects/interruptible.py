"""Calls that wait outside of Python, ended by a signal all the same."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread, current_thread, main_thread
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")

_LOOK = 0.2
"""Seconds after which a thread that waits looks whether it was interrupted."""


def interruptible(call: Callable[_P, _T], /, *args: _P.args, **more: _P.kwargs) -> _T:
    """Call a function; `KeyboardInterrupt` ends the wait for it, also while it is in a library.

    Python handles signals in the main thread, between two steps of it. So a call from there is made
    in another thread. One that is given up goes on until it ends or the process does.
    """
    if current_thread() is not main_thread():
        return call(*args, **more)
    return at_once(1, call, *args, **more)[0]


def at_once(times: int, call: Callable[_P, _T], /, *args: _P.args, **more: _P.kwargs) -> list[_T]:
    """Call a function so many times at once; the answers, in the order in which they came.

    It can be interrupted as one call can. Raises what the first call raised that failed.
    """
    answers: list[_T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(call(*args, **more))
        except BaseException as error:
            errors.append(error)

    threads = [Thread(target=run, name="storage", daemon=True) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive():
            thread.join(_LOOK)
    if errors:
        raise errors[0]
    return answers
