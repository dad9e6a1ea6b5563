"""The spider of any web archive: what it holds of a site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from archive.ground.home import find_home
from crawler.politeness.user_agent import user_agent
from crawler.sites.site_selection import choose_site
from crawler.transport.session_spider import SessionSpider
from crawler.web_archives.memento_crawl import MementoCrawl
from crawler.web_archives.web_archive import WebArchive, span_of


class MementoSpider(SessionSpider):
    """Takes a site's captures from `source` into the archive.

    Arguments under Scrapy (`-a name=value`): `site`, `contact`, `home`.
    """

    source: ClassVar[Callable[[], WebArchive]]

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
        session = MementoCrawl(chosen, where, user_agent(contact), type(self).source(), span)
        session.open()
        super().__init__(session=session, **kwargs)
