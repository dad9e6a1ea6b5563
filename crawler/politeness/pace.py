"""How fast a guest may be: the time between two requests, and pauses a server asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

LONGEST_DELAY = 60.0
"""Seconds to which a struggling server stretches the time between two requests."""

LONGEST_PAUSE = 600.0
"""Seconds that a run waits for a server that asks it to; asked for more, it ends."""

_CALMER = 0.5
"""What each good answer leaves of the delay that bad ones added."""

_STEPS = 8
"""Times its usual delay that a server is given whose pages fail, and that does not refuse."""


@dataclass(slots=True)
class Pace:
    """The pace of one session over one site; all times in seconds of a monotonic clock.

    The delay counts from the last request and again from the last answer, so that a slow server
    has it too. It is the largest of what the site description says, what robots.txt asks for, how
    long answers take of late (`throttle`), and what refusals have added.
    """

    delay: float
    throttle: bool
    first_pause: float
    now: Callable[[], float] = monotonic
    asked: float = 0.0
    _latency: float = 0.0
    _added: float = 0.0
    _refusals: int = 0
    _free_at: float = field(default=0.0)
    _paused_until: float = field(default=0.0)

    def interval(self) -> float:
        """Seconds between two requests as things are."""
        stretched = max(self._added, self._latency if self.throttle else 0.0)
        return max(self.delay, self.asked, min(stretched, LONGEST_DELAY))

    def reserve(self) -> float:
        """Take the next place in the row: the seconds to wait for it."""
        at = max(self.now(), self._free_at)
        self._free_at = at + self.interval()
        return at - self.now()

    def is_paused(self) -> bool:
        """Whether no request may be made now at all."""
        return self.now() < self._paused_until

    def pause(self, seconds: float) -> None:
        """Make no request for some time."""
        self._paused_until = max(self._paused_until, self.now() + seconds)

    def answered(self, latency: float) -> None:
        """A good answer came, so many seconds after its request."""
        self._refusals = 0
        self._added = self._added * _CALMER if self._added > self.delay / 4 else 0.0
        self._latency = max(latency, (self._latency + latency) / 2)
        self._after()

    def refused(self, retry_after: float | None) -> float:
        """Too many requests, or no service: slow down, and pause; returns the pause in seconds."""
        pause = self.first_pause * 3**self._refusals if retry_after is None else retry_after
        self._refusals += 1
        self._added = max(2 * self._added, 2 * self.delay)
        self.pause(min(pause, LONGEST_PAUSE))
        self._after()
        return pause

    def failed(self) -> None:
        """No answer came, or one of a server in trouble: slower for a while, within bounds.

        A page may be broken for good, and so may a quarter of a portal.
        """
        self._added = max(self._added, min(max(2 * self._added, 2 * self.delay), self._most()))
        self._after()

    def _most(self) -> float:
        return _STEPS * max(self.delay, self.asked)

    def _after(self) -> None:
        self._free_at = max(self._free_at, self.now() + self.interval())
