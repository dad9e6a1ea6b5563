"""Take what web archives hold of a site, one archive after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from archive.ground.errors import NothingFetched
from archive.ground.home import Home
from archive.ground.message import Message
from crawler.politeness.user_agent import user_agent
from crawler.sessions.stop_policy import CrawlBounds, StopReason
from crawler.sessions.summary import Progress
from crawler.sites.site_selection import choose_site
from crawler.transport.running import CrawlEnded, run_sessions
from crawler.web_archives.memento_crawl import MementoCrawl
from crawler.web_archives.selection import choose_archives
from crawler.web_archives.summary import MementoCrawlSummary
from crawler.web_archives.web_archive import span_of

_FOR_ALL = (StopReason.MAX_REQUESTS, StopReason.UNTIL, StopReason.DISK_NEARLY_FULL)
"""What ends the recovery from one archive and from the others as well."""


def recover(
    home: Home,
    site: str | None,
    *,
    first: date | None = None,
    last: date | None = None,
    from_archive: str | None = None,
    contact: str | None = None,
    bounds: CrawlBounds | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> list[CrawlEnded]:
    """Take a site's captures from web archives into the archive of a home; once in a process.

    From the days `first` to `last`, within the site's own; `bounds` are those of all archives
    together, so the one that an earlier run was cut short in has the first turn. Raises an
    `HdndError` when it may not begin, and when no archive holds anything that is wanted; what
    happens with one archive later is in its own end and keeps no other from its turn.
    """
    chosen = choose_site(home, site, anyway=True)
    span, agent = span_of(chosen, first, last), user_agent(contact)
    sessions = [
        MementoCrawl(chosen, home, agent, source, span, bounds=bounds or CrawlBounds())
        for source in choose_archives(from_archive)
    ]
    sessions.sort(key=MementoCrawl.turn)
    ended = run_sessions(_one_by_one(sessions), on_progress)
    if all(_is_empty(one) for one in ended):
        raise _nothing_found(ended)
    return ended


def _one_by_one(sessions: list[MementoCrawl]) -> Iterator[MementoCrawl]:
    """Each session when the one before has ended, with what that has left of the bounds."""
    requests = 0
    for session in sessions:
        session.stop_policy.requests = requests
        yield session
        requests = session.stop_policy.requests
        if session.stop_policy.stop in _FOR_ALL:
            return


def _is_empty(ended: CrawlEnded) -> bool:
    summary = ended.summary
    return ended.error is None and summary is not None and summary.finished and not summary.pages


def _nothing_found(ended: list[CrawlEnded]) -> NothingFetched:
    told = []
    for one in ended:
        assert isinstance(one.summary, MementoCrawlSummary)
        source, listed = one.summary.source, one.summary.listed
        if one.summary.detail is None:
            told.append(Message("crawler.archive-lists", source=source, count=listed))
        else:
            why = one.summary.detail
            told.append(Message("crawler.archive-lists-why", source=source, count=listed, why=why))
    return NothingFetched(
        "crawler.no-web-archive-holds-it",
        site=ended[0].site,
        told=told,
        hint=Message("crawler.check-host-categories-dates"),
    )
