"""Visits to sites with the index brought up to date behind them. Once in a process."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from archive.ground.errors import HdndError
from archive.ground.home import Home
from archive.history.run_report import RunReport
from crawler import (
    CrawlBounds,
    CrawlEnded,
    CrawlSummary,
    Progress,
    archive_urls,
    crawl,
    recover,
)
from crawler.sessions.layout_watch import REASON
from hdnd.messages.telling import in_english
from hdnd.usecases.derivations import bring_up_to_date
from hdnd.usecases.indexing import indexing_stage, not_indexed, update_index_after
from hdnd.usecases.reading import run_report
from hdnd.usecases.stages import OnProgress, Stage, StageProgress
from hdnd.views.index import Indexed
from hdnd.views.session import SessionReport

_LOGGER = logging.getLogger(__name__)


def crawl_and_index(
    home: Home,
    site: str | None,
    on_progress: OnProgress,
    *,
    host: str | None = None,
    contact: str | None = None,
    anyway: bool = False,
    bounds: CrawlBounds | None = None,
) -> tuple[CrawlSummary, Indexed | HdndError]:
    """Crawl a site, then index what that brought."""
    on_progress(StageProgress(Stage.PREPARE_CRAWL))
    summary = crawl(
        home,
        site,
        host=host,
        contact=contact,
        anyway=anyway,
        bounds=bounds,
        on_progress=told(Stage.CRAWL, on_progress),
    )
    return summary, index_behind(home, on_progress)


def archive_and_index(
    home: Home,
    urls: Sequence[str],
    on_progress: OnProgress,
    *,
    host: str | None = None,
    contact: str | None = None,
    anyway: bool = False,
) -> tuple[list[SessionReport], Indexed | HdndError | None]:
    """Keep single addresses, then index them, if any was kept."""
    on_progress(StageProgress(Stage.PREPARE))
    ended = archive_urls(
        home,
        urls,
        host=host,
        contact=contact,
        anyway=anyway,
        on_progress=told(Stage.ARCHIVE, on_progress),
    )
    log_errors(ended)
    indexed = index_behind(home, on_progress) if any(end.summary for end in ended) else None
    return [SessionReport(end, report_of(home, end)) for end in ended], indexed


def recover_and_index(
    home: Home,
    site: str | None,
    on_progress: OnProgress,
    *,
    first: date | None = None,
    last: date | None = None,
    from_archive: str | None = None,
    contact: str | None = None,
    bounds: CrawlBounds | None = None,
) -> tuple[list[CrawlEnded], Indexed | HdndError]:
    """Take a site's captures from web archives, then index what that brought."""
    on_progress(StageProgress(Stage.PREPARE_RECOVERY))
    ended = recover(
        home,
        site,
        first=first,
        last=last,
        from_archive=from_archive,
        contact=contact,
        bounds=bounds,
        on_progress=told(Stage.RECOVER, on_progress),
    )
    log_errors(ended)
    return ended, index_behind(home, on_progress)


def log_errors(ended: Sequence[CrawlEnded]) -> None:
    """Write down what kept sessions from their work."""
    for end in ended:
        if end.error is not None:
            run = end.summary.run if end.summary else None
            extra = {"run": run, "site": end.site, "reason": type(end.error).__name__}
            _LOGGER.error(in_english(end.error.said), extra=extra)


def report_of(home: Home, end: CrawlEnded) -> RunReport | None:
    """What the run of a session brought, if there was one.

    A redesign is one trouble, told by how the session ended, and not one for each page.
    """
    if end.summary is None:
        return None
    report = run_report(home, end.summary.run)[1]
    told_by_page = tuple(one for one in report.problems if one.detail != REASON)
    return replace(report, problems=told_by_page)


def index_behind(home: Home, on_progress: OnProgress) -> Indexed | HdndError:
    """Bring what is derived after a crawl, and the index, up to date; or what kept it from that.

    What was crawled is kept and told in any case; the next run, or `hdnd index`, goes on.
    """
    try:
        bring_up_to_date(home, on_progress)
    except HdndError as error:
        return not_indexed(error)
    return update_index_after(home, on_progress=indexing_stage(on_progress))


def told(stage: Stage, on_progress: OnProgress) -> Callable[[Progress], None]:
    """What a crawl is to tell, told as a stage."""

    def tell(progress: Progress) -> None:
        done = sum(progress.counts.values())
        facts = {
            "new": progress.new,
            "changed": progress.changed,
            "problems": progress.problems,
            "url": progress.url,
        }
        on_progress(StageProgress(stage, done, done + progress.pending, facts=facts))

    return tell
