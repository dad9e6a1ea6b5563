"""How a crawl session ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler import CrawlBounds, MementoCrawlSummary, StopReason

if TYPE_CHECKING:
    from archive.store import CrashRecovery
    from crawler import CrawlEnded, CrawlSummary

__all__ = [
    "CrashRecovery",
    "CrawlBounds",
    "CrawlEnded",
    "CrawlSummary",
    "MementoCrawlSummary",
    "StopReason",
]
