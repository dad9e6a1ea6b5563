"""The spider of the Wayback Machine: what it holds of a site."""

from __future__ import annotations

from crawler.recovery.recover_spider import RecoverSpider
from crawler.recovery.wayback import Wayback


class WaybackSpider(RecoverSpider):
    """Takes a site's captures from the Wayback Machine into the archive."""

    name = "wayback"
    source = Wayback
