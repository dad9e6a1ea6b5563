"""Bring sites up to date, every night: which of them, and what keeps one from its turn."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.fixity.damage import Damage
from archive.ground.errors import HdndError, SiteEnded, SiteError, UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.model import Problem
from archive.reading import ArchiveReader
from crawler import CrawlBounds, CrawlEnded, Site, faulty_sites, load_sites, refresh
from crawler.sites.site_selection import choose_site
from hdnd.usecases.crawling import index_behind, log_errors, report_of, told
from hdnd.usecases.known_trouble import weigh_trouble
from hdnd.usecases.stages import OnProgress, Stage, StageProgress
from hdnd.usecases.storing import push_if_set
from hdnd.usecases.verifying import check_a_part
from hdnd.views.index import Indexed
from hdnd.views.session import SessionReport
from hdnd.views.store import Pushed

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How the refresh of each site went, and the sites that were skipped because they are over.

    `indexed` is what became of the index, None where no site could be begun with; `damages` is what
    the part of the archive showed that was read this time; `pushed` what was brought to object
    storage, or why it was not, None without a store.
    """

    sessions: tuple[SessionReport, ...]
    skipped: tuple[Site, ...]
    indexed: Indexed | HdndError | None
    damages: tuple[Damage, ...] = ()
    pushed: Pushed | HdndError | None = None


@dataclass(frozen=True, slots=True)
class Turns:
    """Which sites have a turn, which have ended, and which cannot have one."""

    names: tuple[str, ...]
    skipped: tuple[Site, ...] = ()
    refused: tuple[CrawlEnded, ...] = ()


def refresh_and_index(
    home: Home,
    sites: Sequence[str],
    on_progress: OnProgress,
    *,
    host: str | None = None,
    contact: str | None = None,
    anyway: bool = False,
    bounds: CrawlBounds | None = None,
) -> Refreshed:
    """Bring the named sites up to date, or every known site that has not ended; then the index.

    Closed segments are brought to object storage then, if there is to be any, and a thirtieth of
    the archive is read and checked.

    What keeps one site from its turn is in its own end and keeps no other from theirs. Raises an
    `HdndError` where no site has one.
    """
    on_progress(StageProgress(Stage.PREPARE_REFRESH))
    turns = sites_to_refresh(home, sites, host=host, anyway=anyway)
    for site in turns.skipped:
        _LOGGER.info("a site is skipped", extra={"site": site.id, "reason": "it has ended"})
    ended = refresh(
        home,
        turns.names,
        host=host,
        contact=contact,
        anyway=anyway,
        bounds=bounds,
        on_progress=told(Stage.REFRESH, on_progress),
    )
    ended = [*turns.refused, *ended]
    log_errors(ended)
    begun = any(end.summary for end in ended)
    indexed = index_behind(home, on_progress) if begun else None
    pushed = push_if_set(home, on_progress) if begun else None
    damages = check_a_part(home, on_progress) if begun else ()
    return Refreshed(tuple(told_apart(home, ended)), turns.skipped, indexed, damages, pushed)


def told_apart(home: Home, ended: Sequence[CrawlEnded]) -> Iterator[SessionReport]:
    """Each session with its report, and what of its trouble is known from other nights."""
    reports = [(end, report_of(home, end)) for end in ended]
    standing: list[Problem] = []
    if any(report is not None for _, report in reports):
        with ArchiveReader.open(home) as reader:
            standing = reader.problems()
    trouble = weigh_trouble(home, reports, standing, datetime.now(UTC))
    for end, report in reports:
        yield SessionReport(end, report, trouble[end.site])


def sites_to_refresh(
    home: Home, names: Sequence[str], *, host: str | None = None, anyway: bool = False
) -> Turns:
    """Of the sites that are named, or of all that are known if none is.

    Raises an `HdndError` where no site has a turn.
    """
    if names:
        turns = _turns_of(home, list(dict.fromkeys(names)), host, anyway)
    elif host is not None:
        turns = Turns((choose_site(home, None, host=host, anyway=anyway).id,))
    else:
        wrong = [
            CrawlEnded(
                path.name,
                None,
                SiteError("usecases.description-faulty", path=path.name, faults=problems),
            )
            for path, problems in faulty_sites(home).items()
        ]
        turns = _turns_of(home, list(load_sites(home)), host, anyway, wrong)
    if not turns.names:
        raise _why_none(turns)
    return turns


def _turns_of(
    home: Home,
    names: Sequence[str],
    host: str | None,
    anyway: bool,
    wrong: Sequence[CrawlEnded] = (),
) -> Turns:
    live: list[str] = []
    skipped: list[Site] = []
    refused = [*wrong]
    for name in names:
        try:
            live.append(choose_site(home, name, host=host, anyway=anyway).id)
        except SiteEnded:
            if len(names) == 1 and not wrong:
                raise
            skipped.append(choose_site(home, name, anyway=True))
        except SiteError as error:
            refused.append(CrawlEnded(name, None, error))
    return Turns(tuple(live), tuple(skipped), tuple(refused))


def _why_none(turns: Turns) -> HdndError:
    for refused in turns.refused:
        if refused.error is not None:
            return refused.error
    over = [site.id for site in turns.skipped]
    if not over:
        return UsageError("usecases.no-site-known", hint=Message("usecases.how-to-describe"))
    return SiteEnded(
        "usecases.every-site-ended", sites=over, hint=Message("usecases.describe-or-recover")
    )
