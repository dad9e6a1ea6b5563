"""Seconds that pass for a process while it is stopped, and for its machine while that sleeps."""

from __future__ import annotations

import time

_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""On Linux the one that goes on while the machine is suspended (clock_gettime(2))."""


def seconds() -> float:
    """Now, in seconds from a moment that has no meaning; it is never set."""
    return time.clock_gettime(_CLOCK)
