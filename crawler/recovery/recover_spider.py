"""The spider of any web archive: what it holds of a site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from archive.home import find_home
from crawler.choose import choose_site
from crawler.guest.agent import user_agent
from crawler.recovery.recovering import RecoverSession
from crawler.recovery.web_archives import WebArchive, span_of
from crawler.visits.spider import VisitSpider


class RecoverSpider(VisitSpider):
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
        session = RecoverSession(chosen, where, user_agent(contact), type(self).source(), span)
        session.open()
        super().__init__(session=session, **kwargs)
