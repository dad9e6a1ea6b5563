"""What went wrong the night before, too: so that a person is called for what is new.

A small file in the archive's folder remembers since when something is wrong with a site. It may be
thrown away: then all of it is new once more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from archive.ground.errors import LeaseHeld
from archive.ground.home import Home
from archive.ground.plain_files import strangeness
from archive.ground.times import from_text, to_text
from archive.history.run_report import RunReport
from archive.model import Problem
from crawler import CrawlEnded, StopReason
from hdnd.views.run import problem_key
from hdnd.views.session import SiteTrouble

_BOUNDS = (StopReason.UNTIL, StopReason.MAX_REQUESTS)
_Known = dict[str, dict[str, str]]


def weigh_trouble(
    home: Home,
    ended: Sequence[tuple[CrawlEnded, RunReport | None]],
    standing: Iterable[Problem],
    now: datetime,
) -> dict[str, SiteTrouble]:
    """What is wrong with each site after a refresh, told from what was; this is remembered.

    `standing` are all problems that have not come right; what has is forgotten.
    """
    memory = _read(home)
    wrong = {(problem.site, problem_key(problem)) for problem in standing}
    found = {}
    for end, report in ended:
        before = memory.get(end.site, {})
        keys = list(_keys(end, report))
        since = {key: from_text(before[key]) for key in keys if key in before}
        failure = _failure(end)
        found[end.site] = SiteTrouble(
            len(keys) - len(since),
            since.pop(failure, None),
            since,
        )
        memory[end.site] = {key: at for key, at in before.items() if (end.site, key) in wrong} | {
            key: before.get(key, to_text(now)) for key in keys
        }
    _write(home, {site: keys for site, keys in memory.items() if keys})
    return found


def _keys(end: CrawlEnded, report: RunReport | None) -> Iterator[str]:
    if failure := _failure(end):
        yield failure
    if report is not None:
        yield from dict.fromkeys(problem_key(problem) for problem in report.problems)


def _failure(end: CrawlEnded) -> str:
    """How a session as a whole went wrong; empty if it did not, or ended where it was to end."""
    if isinstance(end.error, LeaseHeld):
        return ""
    if end.error is not None:
        return type(end.error).__name__
    stop = end.summary.stop if end.summary else None
    return stop.value if stop is not None and stop not in _BOUNDS else ""


def _read(home: Home) -> _Known:
    if strangeness(home.known_trouble):
        return {}
    try:
        values = json.loads(home.known_trouble.read_text(encoding="utf-8"))
        known = {
            str(site): {str(key): str(at) for key, at in keys.items()}
            for site, keys in values.items()
        }
        for keys in known.values():
            for at in keys.values():
                from_text(at)
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}
    return known


def _write(home: Home, known: _Known) -> None:
    """Remember it; what cannot be remembered is new the next time."""
    unfinished = home.known_trouble.with_suffix(".new")
    with suppress(OSError):
        unfinished.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
        unfinished.replace(home.known_trouble)
