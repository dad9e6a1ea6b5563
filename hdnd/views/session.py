"""How a crawl session ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from crawler import CrawlBounds, MementoCrawlSummary, StopReason
from hdnd.views.run import run_report_json

if TYPE_CHECKING:
    from archive.history.run_report import RunReport
    from archive.store import CrashRecovery
    from crawler import CrawlEnded, CrawlSummary

__all__ = [
    "CrashRecovery",
    "CrawlBounds",
    "CrawlEnded",
    "CrawlSummary",
    "MementoCrawlSummary",
    "SessionReport",
    "SiteTrouble",
    "StopReason",
    "session_json",
]


@dataclass(frozen=True, slots=True)
class SiteTrouble:
    """What is wrong with a site: how many things are new, and since when each other one is known.

    `failing_since` is when the site itself began to fail as it does now, None if that is new;
    `known` has the problems, as `problem_key` names them.
    """

    new: int = 0
    failing_since: datetime | None = None
    known: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SessionReport:
    """A session's end, what its run brought if it had one, and what of its trouble was known."""

    end: CrawlEnded
    report: RunReport | None
    trouble: SiteTrouble = SiteTrouble()


def session_json(session: SessionReport) -> dict[str, Any]:
    """A session for a program: its site, and what its run brought."""
    value: dict[str, Any] = {"site": session.end.site}
    if session.end.summary is not None and session.report is not None:
        value |= run_report_json(session.report)
        value["finished"] = session.end.summary.finished
    return value
