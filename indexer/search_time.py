"""How long somebody who searches waits: one time for all that a search asks, of however many
indexes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

SECONDS = 20.0
"""Of one page of answers; of a longer list so many more for each further thousand of its rows."""

_ROWS = 1000
_ends: ContextVar[float | None] = ContextVar("ends", default=None)


@contextmanager
def one_search(rows: int = 0, seconds: float = SECONDS) -> Iterator[None]:
    """All that a cluster is asked in here is asked within one time. Within another such time that
    one counts, unless more `rows` are to be read than are on a page.
    """
    more = rows // (_ROWS + 1)
    if _ends.get() is not None and not more:
        yield
        return
    before = _ends.set(time.monotonic() + seconds * (1 + more))
    try:
        yield
    finally:
        _ends.reset(before)


def seconds_left() -> float | None:
    """Until the time of the search is over, 0 when it is; None if nobody waits."""
    ends = _ends.get()
    return None if ends is None else max(ends - time.monotonic(), 0.0)
