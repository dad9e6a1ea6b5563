"""The page requisites of a crawl: gathered as pages come, fetched once everything else is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from archive.model import Capture, Link, Page, PageKind, Role
from crawler.extraction.platforms import Platform
from crawler.extraction.requisites import requisites_of_page, requisites_of_style_sheet
from crawler.sites.canonical_urls import at_base, is_allowed, on_site
from crawler.sites.description import Site

MOST = 400
"""Requisites that a crawl asks for at most."""

_PAGES = (PageKind.ARTICLE, PageKind.LISTING)


@dataclass
class PageRequisites:
    """What pages need to look as they did, of the hosts that the site's description names.

    `text` reads a capture, `is_held` says of an address whether something of it is held.
    """

    site: Site
    platform: Platform
    text: Callable[[Capture], str]
    _found: dict[str, Link] = field(default_factory=dict)
    _given: int = 0

    def saw(self, capture: Capture, page: Page) -> None:
        """Gather what a page or style sheet needs; what came as it was before needs nothing new."""
        if not self.site.page_requisites or len(self._found) >= MOST or capture.status != 200:
            return
        if page.kind in _PAGES and capture.refers_to is None:
            addresses = requisites_of_page(self.text(capture), capture.url)
        elif capture.role is Role.REQUISITE and (capture.media_type or "").startswith("text/css"):
            addresses = requisites_of_style_sheet(self.text(capture), capture.url)
        else:
            return
        for url in addresses:
            asked = at_base(self.site, url)
            if is_allowed(self.site, asked):
                identity = self.platform.identity(on_site(self.site, url))
                self._found.setdefault(identity, Link(asked, Role.REQUISITE, identity))

    def new(self) -> Iterator[Link]:
        """Those that were not given before, as many as a crawl may ask for."""
        every = list(self._found.values())[:MOST]
        given, self._given = self._given, len(every)
        yield from every[given:]
