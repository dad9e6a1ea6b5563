"""Which of the articles that are found a site's description wants."""

from __future__ import annotations

from archive.model import Link
from crawler.extraction.platforms import Platform
from crawler.sites.address_patterns import compiled
from crawler.sites.description import Site


def is_wanted(site: Site, platform: Platform, link: Link, *, from_source: bool) -> bool:
    """Whether an article's address passes the rules `include` and `exclude`.

    A feed or sitemap names other pages, too: without `include`, what is an article there must look
    like one.
    """
    rules = site.follow
    url = link.identity_url
    if any(compiled(text).matches(url) for text in rules.exclude):
        return False
    if rules.include:
        return any(compiled(text).matches(url) for text in rules.include)
    return not from_source or platform.is_article_url(url)
