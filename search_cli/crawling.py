"""A crawl with the index brought up to date behind it."""

from __future__ import annotations

from archive.home import Home
from crawler import CrawlSummary, Progress, crawl
from search_cli.indexing import Indexed, update_index
from search_cli.progress import Reporter


def crawl_and_index(
    home: Home,
    site: str | None,
    report: Reporter,
    *,
    host: str | None = None,
    contact: str | None = None,
    anyway: bool = False,
) -> tuple[CrawlSummary, Indexed]:
    """Crawl a site, then index what that brought. Once in a process."""

    def on_progress(progress: Progress) -> None:
        done = sum(progress.counts.values())
        report("Crawling", done, done + progress.pending)

    report("Preparing the crawl")
    summary = crawl(home, site, host=host, contact=contact, anyway=anyway, on_progress=on_progress)
    indexed = update_index(home, on_progress=lambda done, total: report("Indexing", done, total))
    return summary, indexed
