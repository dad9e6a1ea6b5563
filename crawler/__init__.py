"""From the world to a capture, and from a capture to an article.

The door: names are imported when they are first used, so that a command that only lists sites
does not wait for Scrapy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.choosing import Chooser
    from crawler.extract import Extractor, decoded_body
    from crawler.recovered import RecoverSummary
    from crawler.recoveries import recover
    from crawler.running import Ended, archive_urls, crawl, refresh
    from crawler.site import Site, check_site_file, faulty_sites, load_sites
    from crawler.telling import CrawlSummary, Progress
    from crawler.watch import Bounds, Stop

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
    "Bounds": "crawler.watch",
    "Chooser": "crawler.choosing",
    "CrawlSummary": "crawler.telling",
    "Ended": "crawler.running",
    "Extractor": "crawler.extract",
    "Progress": "crawler.telling",
    "RecoverSummary": "crawler.recovered",
    "Site": "crawler.site",
    "Stop": "crawler.watch",
    "archive_urls": "crawler.running",
    "check_site_file": "crawler.site",
    "crawl": "crawler.running",
    "decoded_body": "crawler.extract",
    "faulty_sites": "crawler.site",
    "load_sites": "crawler.site",
    "recover": "crawler.recoveries",
    "refresh": "crawler.running",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
