"""The spider of the Wayback Machine: what it holds of a site."""

from __future__ import annotations

from typing import Any

from archive.home import find_home
from crawler.agent import user_agent
from crawler.choose import choose_site
from crawler.recovering import RecoverSession
from crawler.spider import VisitSpider
from crawler.wayback import Wayback
from crawler.web_archives import span_of


class WaybackSpider(VisitSpider):
    """Takes a site's captures from the Wayback Machine into the archive.

    Arguments under Scrapy (`-a name=value`): `site`, `contact`, `home`.
    """

    name = "wayback"

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
        session = RecoverSession(chosen, where, user_agent(contact), Wayback(), span)
        session.open()
        super().__init__(session=session, **kwargs)
