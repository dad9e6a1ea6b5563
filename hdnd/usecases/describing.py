"""A site described for the first time, from a look at a few of its pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from archive.ground.durable import atomic_write
from archive.ground.errors import NothingFetched, SiteError, UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from crawler.drafts.looking import SeenSite, look, text_of_title
from crawler.drafts.proposals import Proposal, SiteNames, host_of, propose
from crawler.politeness.user_agent import user_agent
from crawler.sessions.look_session import LookSession
from crawler.sites.canonical_urls import absolute
from crawler.sites.description import Politeness, Site
from crawler.sites.known_sites import check_site_file, load_sites
from crawler.sites.page_eras import PageEra
from crawler.sites.site_selection import stand_in
from crawler.transport.running import run_sessions
from hdnd.usecases.crawling import told
from hdnd.usecases.stages import OnProgress, Stage

_HOST = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*")
_THIS_COMPUTER = ("127.", "localhost", "[::1]")
"""Where nobody is bothered by haste."""
_GENERAL = ("www", "hdnd", "ubnd")

_SAYS_NO_NAME = re.compile(r"(trang chủ|trang nhất|home|homepage)?", re.IGNORECASE)
"""What a front page is called that does not say whose it is."""


def propose_site(
    home: Home,
    url: str,
    on_progress: OnProgress,
    *,
    site_id: str | None = None,
    name: str | None = None,
    host: str | None = None,
    contact: str | None = None,
    tls_min_version: str = "1.2",
) -> Proposal:
    """Look at a site's front page or listing and some articles, and propose a description.

    What is looked at is kept. What this computer serves at an address of its own gets a host made
    up. `host` stands in for the site's own, as in a crawl. Raises `UsageError` for what is no
    address or a site that is known, `NothingFetched` where nothing came that could be described.
    """
    address = absolute(url, url)
    made_up = None
    if address is not None and host is None and _is_here(address):
        host, made_up = urlsplit(address).netloc, f"{site_id or 'site'}.example"
        address = urlunsplit(urlsplit(address)._replace(scheme="https", netloc=made_up))
    if address is None or not _HOST.fullmatch(host_of(address)):
        raise UsageError(
            "usecases.no-address-of-a-site", url=url, hint=Message("usecases.give-the-address")
        )
    names = SiteNames(site_id or _id_of(address), name or "", host_of(address),
                      urlsplit(address).scheme, tls_min_version)  # fmt: skip
    if names.id in load_sites(home):
        raise UsageError("usecases.id-taken", id=names.id, hint=Message("usecases.another-id"))
    session = LookSession(
        _provisional(names, host), home, user_agent(contact), asking=look(address)
    )
    (ended,) = run_sessions([session], told(Stage.LOOK, on_progress))
    if ended.error is not None:
        raise ended.error
    looked: SeenSite | None = session.result
    if looked is None or looked.front is None:
        raise NothingFetched(
            "usecases.no-page-came", url=address, hint=Message("usecases.what-came-instead")
        )
    if not names.name:
        names = replace(names, name=_name_of(looked) or names.id)
    proposal = propose(looked, names)
    if made_up is not None:
        proposal.doubts.append(Message("usecases.host-made-up", host=made_up, stand_in=host or ""))
    return proposal


def write_description(home: Home, proposal: Proposal, words: Callable[[Message], str]) -> Path:
    """Put a proposal among the site descriptions of a home, its comments in the reader's `words`.

    Raises `SiteError` for one that could not be used as it is.
    """
    path = home.sites / f"{proposal.site.id}.toml"
    home.sites.mkdir(parents=True, exist_ok=True)
    if path.exists():
        raise UsageError("usecases.file-exists", path=path, hint=Message("usecases.another-id"))
    with atomic_write(path) as unfinished:
        unfinished.write_text(proposal.text(words), encoding="utf-8")
    if problems := check_site_file(path):
        hint = Message("usecases.mend-by-hand")
        raise SiteError("usecases.description-faulty", path=path, faults=problems, hint=hint)
    return path


def _provisional(names: SiteNames, host: str | None) -> Site:
    """A site of which only the address is known, for the pages that are looked at."""
    reached_at = stand_in(host) if host else None
    alone = reached_at is not None and reached_at.startswith(_THIS_COMPUTER)
    return Site(
        id=names.id, name=names.name or names.id, host=names.host, scheme=names.scheme,
        tls_min_version=names.tls_min_version, reached_at=reached_at,
        categories={"/": "?"}, eras=(PageEra(),),
        politeness=Politeness(0, autothrottle=False) if alone else Politeness(),
        note="Looked at before it was described.",
    )  # fmt: skip


def _is_here(url: str) -> bool:
    """Whether an address is one of this computer alone."""
    return urlsplit(url).netloc.startswith(_THIS_COMPUTER)


def _id_of(url: str) -> str:
    """An id from a host: the part that names a place."""
    labels = [label for label in host_of(url).split(".") if label not in _GENERAL]
    return re.sub(r"[^a-z0-9]+", "-", labels[0].lower()).strip("-") or "site"


def _name_of(looked: SeenSite) -> str:
    """What the front page calls the site."""
    page = looked.front
    if page is None:
        return ""
    node = page.first("meta[property='og:site_name']")
    told_name = (node.attributes.get("content") or "").strip() if node is not None else ""
    parts = re.split(r"\s+[-|–]\s+", text_of_title(page))
    named = [part.strip() for part in parts if not _SAYS_NO_NAME.fullmatch(part.strip())]
    return told_name or (named[-1] if named else "")
