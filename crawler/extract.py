"""Extraction: what a stored response says. Pure, so that it can be repeated years later.

The result depends on the site description, the URL, the headers, the capture date and the bytes,
and on nothing else. `RULE` numbers the rules: raise it with every change that could read an old
capture differently, and every archive derives its whole history anew by the new rule.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from archive.records import Link, Page, PageKind, Role, StoredResponse
from crawler.charset import decode_html
from crawler.platforms import Platform, platform_for
from crawler.site import Site
from crawler.urls import absolute, on_site

RULE = 1

MAX_DECODED = 64 << 20
"""Bytes that a content-encoded body may grow to; what is larger is no page."""


class Extractor:
    """The callable that an archive is handed."""

    rule = RULE

    def __call__(self, description: Mapping[str, Any], stored: StoredResponse) -> Page:
        """What the stored response says, by the description of its own run."""
        site = _site(json.dumps(description, sort_keys=True))
        return extract(site, stored)


def extract(site: Site, stored: StoredResponse) -> Page:
    """What a stored response of a site says. Never raises for anything a server may send."""
    platform = platform_for(site.platform, stored.captured_at.date())
    here = platform.identity(on_site(site, stored.url))
    try:
        return _extract(site, platform, stored, here)
    except (ValueError, RecursionError, zlib.error) as error:
        return Page(PageKind.UNREADABLE, here, problem=f"{type(error).__name__}: {error}")


def _extract(site: Site, platform: Platform, stored: StoredResponse, here: str) -> Page:
    if 300 <= stored.status < 400 and stored.header("Location"):
        return _redirect(site, platform, stored, here)
    if stored.status != 200:
        missing_robots = stored.role is Role.ROBOTS and 400 <= stored.status < 500
        problem = None if missing_robots else f"the server answered {stored.status}"
        return Page(PageKind.ERROR, here, problem=problem)
    media_type = (stored.header("Content-Type") or "").partition(";")[0].strip().lower()
    if stored.role is Role.ROBOTS:
        return Page(PageKind.FILE, here)
    if stored.role in (Role.IMAGE, Role.ATTACHMENT):
        if media_type == "text/html":
            return Page(PageKind.SOFT_404, here, problem="a page came where a file was expected")
        return Page(PageKind.FILE, here)
    body = decoded_body(stored)
    if media_type not in ("text/html", "application/xhtml+xml", ""):
        return Page(PageKind.UNREADABLE, here, problem=f"{media_type} came for a page")
    return platform.read(site, stored, decode_html(body, stored.header("Content-Type")))


def decoded_body(stored: StoredResponse) -> bytes:
    """The body with its content codings undone (RFC 9110 § 8.4): gzip and deflate.

    A body cut short gives what can be read of it; raises ValueError past `MAX_DECODED` bytes and
    for a coding that was never asked for.
    """
    body = stored.body
    codings = [c.strip().lower() for c in (stored.header("Content-Encoding") or "").split(",")]
    for coding in reversed([c for c in codings if c and c != "identity"]):
        if coding in ("gzip", "x-gzip"):
            body = _inflate(body, zlib.MAX_WBITS | 16) if body[:2] == b"\x1f\x8b" else body
        elif coding == "deflate":
            try:
                body = _inflate(body, zlib.MAX_WBITS)
            except zlib.error:
                body = _inflate(body, -zlib.MAX_WBITS)
        else:
            raise ValueError(f"content coding {coding!r} is not known")
    return body


def _inflate(body: bytes, window: int) -> bytes:
    inflater = zlib.decompressobj(window)
    data = inflater.decompress(body, MAX_DECODED)
    if inflater.unconsumed_tail:
        raise ValueError(f"the body grows past {MAX_DECODED >> 20} MiB")
    return data


def _redirect(site: Site, platform: Platform, stored: StoredResponse, here: str) -> Page:
    url = absolute(stored.url, stored.header("Location") or "")
    if not url:
        return Page(PageKind.REDIRECT, here, problem="a redirect to no address")
    target = platform.identity(on_site(site, url))
    path = urlsplit(target).path.rstrip("/")
    if stored.role is Role.LISTING and path not in {p.rstrip("/") for p in site.categories}:
        return Page(PageKind.REDIRECT, here, problem=f"the listing leads away, to {url}")
    link = Link(url, stored.role, target, platform.asset_id_in(url))
    return Page(PageKind.REDIRECT, here, links=(link,))


@lru_cache(maxsize=64)
def _site(description: str) -> Site:
    return Site.from_description(json.loads(description))
