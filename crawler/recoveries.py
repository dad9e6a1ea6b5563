"""Take what web archives hold of a site, one archive after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from archive.errors import NothingFetched
from archive.home import Home
from crawler.agent import user_agent
from crawler.choose import choose_site
from crawler.recovered import RecoverSummary
from crawler.recovering import RecoverSession
from crawler.running import Ended, run_sessions
from crawler.telling import Progress
from crawler.web_archives import span_of
from crawler.which_archive import choose_archives


def recover(
    home: Home,
    site: str | None,
    *,
    first: date | None = None,
    last: date | None = None,
    from_archive: str | None = None,
    contact: str | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> list[Ended]:
    """Take a site's captures from web archives into the archive of a home; once in a process.

    From the days `first` to `last`, within the site's own. Raises an `HdndError` when it may not
    begin, and when no archive holds anything that is wanted; what happens with one archive later is
    in its own end and keeps no other from its turn.
    """
    sessions = recoveries(
        home, site, first=first, last=last, from_archive=from_archive, contact=contact
    )
    ended = run_sessions(sessions, on_progress)
    if all(_is_empty(one) for one in ended) and len(ended) == len(sessions):
        raise _nothing_found(ended)
    return ended


def recoveries(
    home: Home,
    site: str | None,
    *,
    first: date | None = None,
    last: date | None = None,
    from_archive: str | None = None,
    contact: str | None = None,
) -> list[RecoverSession]:
    """A session for each web archive to ask."""
    chosen = choose_site(home, site, anyway=True)
    span = span_of(chosen, first, last)
    agent = user_agent(contact)
    return [
        RecoverSession(chosen, home, agent, source, span)
        for source in choose_archives(from_archive)
    ]


def _is_empty(ended: Ended) -> bool:
    summary = ended.summary
    return ended.error is None and summary is not None and summary.finished and not summary.pages


def _nothing_found(ended: list[Ended]) -> NothingFetched:
    told = []
    for one in ended:
        assert isinstance(one.summary, RecoverSummary)
        why = f" ({one.summary.detail})" if one.summary.detail else ""
        told.append(f"{one.summary.source} lists {one.summary.listed} captures{why}")
    return NothingFetched(
        f"{ended[0].site}: no web archive holds a listing, an article or a file of it:"
        f" {'; '.join(told)}",
        hint="Are the host and the categories of its description right, and the dates?",
    )
