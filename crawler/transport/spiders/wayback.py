"""The spider of the Wayback Machine: what it holds of a site."""

from __future__ import annotations

from crawler.transport.memento_spider import MementoSpider
from crawler.web_archives.wayback import Wayback


class WaybackSpider(MementoSpider):
    """Takes a site's captures from the Wayback Machine into the archive."""

    name = "wayback"
    source = Wayback
