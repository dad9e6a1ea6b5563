"""From the world to a capture, and from a capture to an article.

The door: names are imported when they are first used, so that a command that only lists sites
does not wait for Scrapy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.choosing import Chooser
    from crawler.pages.extract import Extractor, decoded_body
    from crawler.recovery.recovered import RecoverSummary
    from crawler.recovery.recoveries import recover
    from crawler.site import Site, check_site_file, faulty_sites, load_sites
    from crawler.visits.running import Ended, archive_urls, crawl, refresh
    from crawler.visits.telling import CrawlSummary, Progress
    from crawler.visits.watch import Bounds, Stop

__all__ = [
    "Bounds",
    "Chooser",
    "CrawlSummary",
    "Ended",
    "Extractor",
    "Progress",
    "RecoverSummary",
    "Site",
    "Stop",
    "archive_urls",
    "check_site_file",
    "crawl",
    "decoded_body",
    "faulty_sites",
    "load_sites",
    "recover",
    "refresh",
]

_HOMES = {
    "Bounds": "crawler.visits.watch",
    "Chooser": "crawler.choosing",
    "CrawlSummary": "crawler.visits.telling",
    "Ended": "crawler.visits.running",
    "Extractor": "crawler.pages.extract",
    "Progress": "crawler.visits.telling",
    "RecoverSummary": "crawler.recovery.recovered",
    "Site": "crawler.site",
    "Stop": "crawler.visits.watch",
    "archive_urls": "crawler.visits.running",
    "check_site_file": "crawler.site",
    "crawl": "crawler.visits.running",
    "decoded_body": "crawler.pages.extract",
    "faulty_sites": "crawler.site",
    "load_sites": "crawler.site",
    "recover": "crawler.recovery.recoveries",
    "refresh": "crawler.visits.running",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
