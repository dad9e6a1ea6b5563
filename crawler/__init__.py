"""From the world to a capture, and from a capture to an article.

The door: names are imported when they are first used, so that a command that only lists sites
does not wait for Scrapy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.extract import Extractor, decoded_body
    from crawler.running import crawl
    from crawler.session import CrawlSummary, Progress
    from crawler.site import Site, check_site_file, faulty_sites, load_sites

__all__ = [
    "CrawlSummary",
    "Extractor",
    "Progress",
    "Site",
    "check_site_file",
    "crawl",
    "decoded_body",
    "faulty_sites",
    "load_sites",
]

_HOMES = {
    "CrawlSummary": "crawler.session",
    "Extractor": "crawler.extract",
    "Progress": "crawler.session",
    "Site": "crawler.site",
    "check_site_file": "crawler.site",
    "crawl": "crawler.running",
    "decoded_body": "crawler.extract",
    "faulty_sites": "crawler.site",
    "load_sites": "crawler.site",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
