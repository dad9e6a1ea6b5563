"""A crawl that ended well and found nothing where something was."""

from __future__ import annotations

from archive.ground.errors import NothingFetched
from crawler.sessions.summary import CrawlSummary


def empty_crawl_error(summary: CrawlSummary, *, listed: bool) -> NothingFetched | None:
    """The error that a finished crawl is; `listed`: a listing leads to an article."""
    if summary.pages and listed:
        return None
    if summary.pages and not summary.articles_of_site:
        return NothingFetched(
            f"{summary.site}: its listings lead to no article",
            hint="Are the paths under `categories` in its description those of listings of news?",
        )
    if summary.pages:
        return NothingFetched(
            f"{summary.site}: its listings show no article any more, and there were some",
            hint="Look at the site: did its pages change, or its addresses?",
        )
    if summary.refused_by_robots:
        return NothingFetched(
            f"{summary.site}: robots.txt allows nothing, or could not be fetched",
            hint="`hdnd status --problems` names the answer. Ask the operator, or try later.",
        )
    return NothingFetched(
        f"{summary.site}: not one listing or article was found",
        hint="`hdnd status --problems` names what came instead. Is the description still right?",
    )
