"""Where a capture that others made belongs: which site, and what it is there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from cattrs import ClassValidationError

from archive.importing import CapturePlace, LeftOut
from archive.model import Role
from crawler.extraction.body_blocks import MEDIA_TYPES
from crawler.extraction.platforms import platform_of
from crawler.sites.canonical_urls import file_name, is_allowed, on_site
from crawler.sites.categories import is_category
from crawler.sites.description import Site

_PAGES = ("text/html", "application/xhtml+xml")
_MADE_FOR_PAGES = re.compile(
    r"(?:text/(?:css|plain)|.*(?:javascript|ecmascript|font).*|.*[/+](?:json|xml))(?:;.*)?",
    re.IGNORECASE,
)
"""Media types, whole: those of office documents have `openxmlformats` in their names."""


class SiteRouting:
    """The callable that an import is handed: the sites that captures may belong to.

    With `learning`, a site that the archive of a `warcinfo` describes is one of them, unless one of
    its id or host is known already.
    """

    def __init__(self, sites: Iterable[Site], *, learning: bool = False) -> None:
        self._sites = list(sites)
        self._learning = learning
        self._descriptions: dict[str, Mapping[str, Any]] = {s.id: s.describe() for s in self._sites}

    def __call__(
        self, url: str, captured_at: datetime, media_type: str | None
    ) -> CapturePlace | LeftOut:
        """The site that names the host of `url` and was there at the time, or why there is none."""
        named = [site for site in self._sites if _is_of(site, url)]
        if not named:
            return LeftOut.OTHER_HOST
        valid = [site for site in named if _was_there(site, captured_at)]
        if not valid:
            return LeftOut.OTHER_DATES
        site = valid[0]
        return CapturePlace(
            self._descriptions[site.id], role_of(site, url, captured_at, media_type)
        )

    def learn(self, description: str) -> None:
        """Take a site from its description in a `warcinfo`, unless that can't be used."""
        if not self._learning:
            return
        try:
            site = Site.from_description(json.loads(description))
        except (ValueError, RecursionError, AttributeError, TypeError, ClassValidationError):
            return
        if site.id in self._descriptions or any(site.host == known.host for known in self._sites):
            return
        self._sites.append(site)
        self._descriptions[site.id] = site.describe()


def role_of(site: Site, url: str, captured_at: datetime, media_type: str | None) -> Role:
    """What a URL most likely was asked for as, by its address and what came for it."""
    platform = platform_of(site, captured_at.date())
    known = platform.identity(on_site(site, url))
    media_type = media_type or ""
    if urlsplit(known).path == "/robots.txt":
        return Role.ROBOTS
    if platform.is_article_url(url):
        # Where no article ever was, none is missing.
        return Role.OTHER if platform.leads_astray(url) else Role.ARTICLE
    if is_category(site, known):
        return Role.LISTING
    if media_type.startswith("image/"):
        return Role.IMAGE
    if file_name(known).rpartition(".")[2].lower() in MEDIA_TYPES:
        return Role.ATTACHMENT
    of_a_page = media_type in ("", *_PAGES) or _MADE_FOR_PAGES.fullmatch(media_type)
    return Role.OTHER if of_a_page else Role.ATTACHMENT


def _is_of(site: Site, url: str) -> bool:
    return is_allowed(site, url) or urlsplit(url).hostname in (site.host, f"www.{site.host}")


def _was_there(site: Site, captured_at: datetime) -> bool:
    day = captured_at.date()
    begun = site.valid_from is None or site.valid_from <= day
    return begun and (site.valid_until is None or day <= site.valid_until)
