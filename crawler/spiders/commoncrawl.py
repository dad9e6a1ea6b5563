"""The spider of Common Crawl: what it holds of a site."""

from __future__ import annotations

from crawler.recovery.common_crawl import CommonCrawl
from crawler.recovery.recover_spider import RecoverSpider


class CommonCrawlSpider(RecoverSpider):
    """Takes a site's captures from Common Crawl into the archive."""

    name = "commoncrawl"
    source = CommonCrawl
