"""Take what web archives hold of a site, one archive after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from archive.errors import NothingFetched
from archive.home import Home
from crawler.choose import choose_site
from crawler.guest.agent import user_agent
from crawler.recovery.recovered import RecoverSummary
from crawler.recovery.recovering import RecoverSession
from crawler.recovery.web_archives import span_of
from crawler.recovery.which_archive import choose_archives
from crawler.visits.running import Ended, run_sessions
from crawler.visits.telling import Progress
from crawler.visits.watch import Bounds, Stop

_FOR_ALL = (Stop.MAX_REQUESTS, Stop.UNTIL, Stop.DISK_NEARLY_FULL)
"""What ends the recovery from one archive and from the others as well."""


def recover(
    home: Home,
    site: str | None,
    *,
    first: date | None = None,
    last: date | None = None,
    from_archive: str | None = None,
    contact: str | None = None,
    bounds: Bounds | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> list[Ended]:
    """Take a site's captures from web archives into the archive of a home; once in a process.

    From the days `first` to `last`, within the site's own; `bounds` are those of all archives
    together, so the one that an earlier run was cut short in has the first turn. Raises an
    `HdndError` when it may not begin, and when no archive holds anything that is wanted; what
    happens with one archive later is in its own end and keeps no other from its turn.
    """
    chosen = choose_site(home, site, anyway=True)
    span, agent = span_of(chosen, first, last), user_agent(contact)
    sessions = [
        RecoverSession(chosen, home, agent, source, span, bounds=bounds or Bounds())
        for source in choose_archives(from_archive)
    ]
    sessions.sort(key=RecoverSession.turn)
    ended = run_sessions(_one_by_one(sessions), on_progress)
    if all(_is_empty(one) for one in ended):
        raise _nothing_found(ended)
    return ended


def _one_by_one(sessions: list[RecoverSession]) -> Iterator[RecoverSession]:
    """Each session when the one before has ended, with what that has left of the bounds."""
    requests = 0
    for session in sessions:
        session.watch.requests = requests
        yield session
        requests = session.watch.requests
        if session.watch.stop in _FOR_ALL:
            return


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
