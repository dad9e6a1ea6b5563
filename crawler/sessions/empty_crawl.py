"""A crawl that ended well and found nothing where something was."""

from __future__ import annotations

from archive.ground.errors import NothingFetched
from archive.ground.message import Message
from crawler.sessions.summary import CrawlSummary


def empty_crawl_error(summary: CrawlSummary, *, listed: bool) -> NothingFetched | None:
    """The error that a finished crawl is; `listed`: a listing leads to an article."""
    if summary.pages and listed:
        return None
    if summary.pages and not summary.articles_of_site:
        return NothingFetched(
            "crawler.listings-lead-to-no-article",
            site=summary.site,
            hint=Message("crawler.check-the-categories"),
        )
    if summary.pages:
        return NothingFetched(
            "crawler.listings-show-no-article-any-more",
            site=summary.site,
            hint=Message("crawler.look-at-the-site"),
        )
    if summary.refused_by_robots:
        return NothingFetched(
            "crawler.robots-allow-nothing",
            site=summary.site,
            hint=Message("crawler.ask-the-operator"),
        )
    return NothingFetched(
        "crawler.nothing-found",
        site=summary.site,
        hint=Message("crawler.is-the-description-right"),
    )
