"""The spider of a live portal: from the listings of its categories to articles and their files."""

from __future__ import annotations

from typing import Any

from archive.ground.home import find_home
from crawler.politeness.user_agent import user_agent
from crawler.sessions.site_crawl import SiteCrawl
from crawler.sites.site_selection import choose_site
from crawler.transport.session_spider import SessionSpider

_ON = ("1", "true", "yes")


class PortalSpider(SessionSpider):
    """Walks the categories of one site page by page; what it meets goes into the archive.

    Arguments under Scrapy (`-a name=value`): `site`, `host` (a `host:port` that stands in for the
    site's own), `anyway`, `contact`, `home`.
    """

    name = "portal"

    def __init__(
        self,
        site: str | None = None,
        host: str | None = None,
        anyway: str = "",
        contact: str | None = None,
        home: str | None = None,
        **kwargs: Any,
    ) -> None:
        where = find_home(home)
        chosen = choose_site(where, site, host=host, anyway=anyway.lower() in _ON)
        session = SiteCrawl(chosen, where, user_agent(contact))
        session.open()
        super().__init__(session=session, **kwargs)
