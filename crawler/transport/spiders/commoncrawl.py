"""The spider of Common Crawl: what it holds of a site."""

from __future__ import annotations

from crawler.transport.memento_spider import MementoSpider
from crawler.web_archives.common_crawl import CommonCrawl


class CommonCrawlSpider(MementoSpider):
    """Takes a site's captures from Common Crawl into the archive."""

    name = "commoncrawl"
    source = CommonCrawl
