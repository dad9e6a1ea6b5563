"""What a site's description reads: of live pages, of captures, and where it reads otherwise."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from archive.catalogue.captures import capture_at, read_stored
from archive.catalogue.queries.page_readings import (
    PageReading,
    newest_page_at,
    newest_pages,
    page_readings,
)
from archive.catalogue.version_identity import content_digest
from archive.ground.errors import PayloadLost, UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.model import Page, PageKind, Role, StoredResponse
from archive.reading import ArchiveReader
from crawler.drafts.left_over import left_over
from crawler.extraction.extract import extract
from crawler.extraction.platforms import platform_of
from crawler.politeness.user_agent import user_agent
from crawler.sessions.look_session import LookSession
from crawler.sites.canonical_urls import absolute, on_site
from crawler.sites.categories import is_category
from crawler.sites.description import Site
from crawler.sites.known_sites import read_site
from crawler.sites.site_selection import choose_site
from crawler.transport.running import run_sessions
from hdnd.usecases.crawling import told
from hdnd.usecases.stages import OnProgress, Stage
from hdnd.views.description import OtherReading, Rereading, TriedPage

MOST = 12
"""Captures that are shown where no address is named."""


def try_description(
    home: Home,
    site_id: str,
    urls: Sequence[str],
    on_progress: OnProgress,
    *,
    host: str | None = None,
    contact: str | None = None,
    anyway: bool = False,
) -> list[TriedPage]:
    """What a site's description reads of pages: of the last capture of each, or of the live page.

    Without addresses, of the pages that were captured last. Live pages are kept. Raises
    `UsageError` where nothing is held and nothing is named.
    """
    site = choose_site(home, site_id, host=host, anyway=True)
    held = _held(home, site, urls)
    missing = [url for url in urls if url not in held]
    if missing:
        site = choose_site(home, site_id, host=host, anyway=anyway)
        session = LookSession(site, home, user_agent(contact), asking=_each(missing))
        (ended,) = run_sessions([session], told(Stage.LOOK, on_progress))
        if ended.error is not None:
            raise ended.error
        held |= session.result or {}
    if not held:
        raise UsageError(
            "usecases.nothing-to-try",
            site=site.id,
            hint=Message("usecases.try-a-live-page", site=site.id),
        )
    plain = replace(site, reached_at=None)
    return [_tried(plain, url, stored) for url, stored in held.items()]


def read_again(home: Home, file: Path) -> Rereading:
    """Hold what a description reads of all captures of its site against what was read of them."""
    site = read_site(file)
    otherwise: list[OtherReading] = []
    with ArchiveReader.open(home) as reader:
        readings = page_readings(reader.catalogue, site.id)
        for reading in readings:
            capture = reader.capture(reading.seq)
            try:
                stored = reader.stored(capture)
            except PayloadLost:
                continue
            page = extract(_as_reached(site, reading.description), stored)
            if (told_apart := _otherwise(reading, page)) is not None:
                day = f"{stored.captured_at:%d/%m/%Y}"
                otherwise.append(OtherReading(capture.url, day, *told_apart))
    return Rereading(len(readings), tuple(otherwise))


def _as_reached(site: Site, description: Mapping[str, Any]) -> Site:
    """A site with what stood in for its host in a run, which pages of that run may name."""
    reached_at = description.get("reached_at")
    return replace(site, reached_at=reached_at if isinstance(reached_at, str) else None)


def _otherwise(reading: PageReading, page: Page) -> tuple[Message, Message] | None:
    """What a capture was read as and is now, where the two differ."""
    if reading.kind is not page.kind:
        return _as(reading.kind), _as(page.kind, page.problem)
    if page.article is not None and content_digest(page.article) != reading.version:
        return (
            Message("usecases.another-text"),
            Message("usecases.text-titled", title=page.article.title),
        )
    before = {(link.role, link.identity_url) for link in reading.links}
    now = {(link.role, link.identity_url) for link in page.links}
    if before != now:
        was = Message("usecases.links", count=len(before))
        if len(before) != len(now):
            return was, Message("usecases.links", count=len(now))
        others = sorted(url for _, url in now - before)
        return was, Message("usecases.other-links", count=len(others), first=others[0])
    return None


def _as(kind: PageKind, problem: str | None = None) -> Message:
    if problem:
        return Message("usecases.read-as-with-problem", kind=kind.value, problem=problem)
    return Message("usecases.read-as", kind=kind.value)


def _held(home: Home, site: Site, urls: Sequence[str]) -> dict[str, StoredResponse]:
    if not home.catalogue.exists():
        return {}
    with ArchiveReader.open(home) as reader:
        catalogue = reader.catalogue
        seqs: dict[str, int] = {}
        for url in urls:
            seq = newest_page_at(catalogue, site.id, absolute(url, url) or url)
            if seq is not None:
                seqs[url] = seq
        if not urls:
            newest = [capture_at(catalogue, seq) for seq in newest_pages(catalogue, site.id, MOST)]
            seqs = {capture.url: capture.seq for capture in newest}
        return {url: read_stored(catalogue, capture_at(catalogue, s)) for url, s in seqs.items()}


def _each(urls: Sequence[str]) -> Generator[str, StoredResponse | None, dict[str, Any]]:
    came: dict[str, StoredResponse] = {}
    for url in urls:
        stored = yield url
        if stored is not None:
            came[url] = stored
    return came


def _tried(site: Site, url: str, stored: StoredResponse) -> TriedPage:
    """A page as what its address says it is."""
    known = platform_of(site, stored.captured_at.date()).identity(on_site(site, stored.url))
    role = stored.role
    if role is Role.OTHER:
        role = Role.LISTING if is_category(site, known) else Role.ARTICLE
    page = extract(site, replace(stored, role=role))
    return TriedPage(url, page, tuple(left_over(stored, page.article)))
