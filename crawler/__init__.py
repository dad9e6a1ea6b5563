"""From the world to a capture, and from a capture to an article.

The door: names are imported when they are first used, so that a command that only lists sites
does not wait for Scrapy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.extraction.extract import Extractor, decoded_body
    from crawler.extraction.identities import identities_of
    from crawler.import_routing import SiteRouting
    from crawler.sessions.stop_policy import CrawlBounds, StopReason
    from crawler.sessions.summary import CrawlSummary, Progress
    from crawler.sites.description import Site
    from crawler.sites.known_sites import (
        check_site_file,
        description_files,
        faulty_sites,
        load_sites,
    )
    from crawler.transport.memento_crawls import recover
    from crawler.transport.running import CrawlEnded, archive_urls, crawl, refresh, refresh_leased
    from crawler.web_archives.summary import MementoCrawlSummary

__all__ = [
    "CrawlBounds",
    "CrawlEnded",
    "CrawlSummary",
    "Extractor",
    "MementoCrawlSummary",
    "Progress",
    "Site",
    "SiteRouting",
    "StopReason",
    "archive_urls",
    "check_site_file",
    "crawl",
    "decoded_body",
    "description_files",
    "faulty_sites",
    "identities_of",
    "load_sites",
    "recover",
    "refresh",
    "refresh_leased",
]

_HOMES = {
    "CrawlBounds": "crawler.sessions.stop_policy",
    "SiteRouting": "crawler.import_routing",
    "CrawlSummary": "crawler.sessions.summary",
    "CrawlEnded": "crawler.transport.running",
    "Extractor": "crawler.extraction.extract",
    "Progress": "crawler.sessions.summary",
    "MementoCrawlSummary": "crawler.web_archives.summary",
    "Site": "crawler.sites.description",
    "StopReason": "crawler.sessions.stop_policy",
    "archive_urls": "crawler.transport.running",
    "description_files": "crawler.sites.known_sites",
    "check_site_file": "crawler.sites.known_sites",
    "crawl": "crawler.transport.running",
    "decoded_body": "crawler.extraction.extract",
    "faulty_sites": "crawler.sites.known_sites",
    "identities_of": "crawler.extraction.identities",
    "load_sites": "crawler.sites.known_sites",
    "recover": "crawler.transport.memento_crawls",
    "refresh": "crawler.transport.running",
    "refresh_leased": "crawler.transport.running",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
