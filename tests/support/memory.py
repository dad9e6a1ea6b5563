"""The most memory that a process has had, asked by the process itself."""

from __future__ import annotations

PEAK_MEMORY = """int(
    next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]
) >> 10"""
"""An expression that gives it in MiB.

Not `ru_maxrss`: a child begins with that of the process it was forked from (getrusage(2): it is
kept across `execve`), and a worker that has run many tests is larger than what is measured.
"""
