"""The spider of Common Crawl: what it holds of a site."""

from __future__ import annotations

from typing import Any

from archive.home import find_home
from crawler.agent import user_agent
from crawler.choose import choose_site
from crawler.common_crawl import CommonCrawl
from crawler.recovering import RecoverSession
from crawler.spider import VisitSpider
from crawler.web_archives import span_of


class CommonCrawlSpider(VisitSpider):
    """Takes a site's captures from Common Crawl into the archive.

    Arguments under Scrapy (`-a name=value`): `site`, `contact`, `home`.
    """

    name = "commoncrawl"

    def __init__(
        self,
        site: str | None = None,
        contact: str | None = None,
        home: str | None = None,
        **kwargs: Any,
    ) -> None:
        where = find_home(home)
        chosen = choose_site(where, site, anyway=True)
        span = span_of(chosen, None, None)
        session = RecoverSession(chosen, where, user_agent(contact), CommonCrawl(), span)
        session.open()
        super().__init__(session=session, **kwargs)
