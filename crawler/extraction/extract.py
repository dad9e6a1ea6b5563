"""Extraction: what a stored response says. Pure, so that it can be repeated years later.

The result depends on the site description, the URL, the headers, the capture date and the bytes,
and on nothing else. `RULE` numbers the rules: raise it with every change that could read an old
capture differently, and every archive derives its whole history anew by the new rule.
"""

from __future__ import annotations

import json
import logging
import re
import zlib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from cattrs import ClassValidationError

from archive.ground.untrusted_json import parsed_json
from archive.model import CHALLENGED, CUT_SHORT, Link, Page, PageKind, Role, StoredResponse
from archive.warc.payload_type import identified_type
from crawler.extraction.content_codings import MAX_DECODED, is_known, undo_codings
from crawler.extraction.feeds import is_source, read_source
from crawler.extraction.page_charset import decode_html
from crawler.extraction.page_limits import check_markup
from crawler.extraction.platforms import Platform, platform_of
from crawler.extraction.platforms.described import DescribedPlatform
from crawler.sites.canonical_urls import absolute, as_kept, on_site
from crawler.sites.categories import category_of, category_of_listing, is_category
from crawler.sites.description import Site

_LOGGER = logging.getLogger(__name__)

_CHALLENGE = re.compile(r"\bray id\b|_cf_chl_opt|cf-browser-verification", re.IGNORECASE)
"""What stands in the pages by which a content delivery network tries a browser."""

RULE = 11

MAX_PAGE = 4 << 20
"""Bytes of a page, without content codings, that are read; what is larger is no page of news."""

MAX_SOURCE = 16 << 20
"""Bytes of a feed or sitemap that are read."""

_LENGTH = re.compile("[0-9]{1,18}")
_PAGES = ("text/html", "application/xhtml+xml", "")
_NO_MARKUP = (".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp")
_OF_USE_IF_WHOLE = (PageKind.ARTICLE, PageKind.LISTING, PageKind.FILE)


class Extractor:
    """The callable that an archive is handed."""

    rule = RULE

    def __call__(self, description: Mapping[str, Any], stored: StoredResponse) -> Page:
        """What the stored response says, by the description of its own run."""
        try:
            site = _site(json.dumps(description, sort_keys=True))
        except (ClassValidationError, ValueError, TypeError, AttributeError):
            problem = "the description of its site cannot be read"
            return Page(PageKind.UNREADABLE, stored.url, problem=problem)
        return extract(site, stored)


def extract(site: Site, stored: StoredResponse) -> Page:
    """What a stored response of a site says. Never raises for anything a server may send."""
    if stored.role in (Role.INDEX, Role.MEMENTO):
        return _answer_of_an_archive(stored)
    here = stored.url
    try:
        platform = platform_of(site, stored.captured_at.date())
        here = platform.identity(on_site(site, stored.url))
        page = _with_categories(site, _extract(site, platform, stored, here))
        if stored.status != 200 or page.kind not in _OF_USE_IF_WHOLE:
            return page
        why_cut = stored.truncated or _why_cut(stored)
        if why_cut and (page.problem is None or not stored.truncated):
            return replace(page, problem=f"{CUT_SHORT} ({why_cut})")
        return page
    except (ValueError, RecursionError, zlib.error) as error:
        return Page(PageKind.UNREADABLE, here, problem=f"{type(error).__name__}: {error}")
    except Exception as error:
        # A page that is kept is read again whenever the archive is opened: it must come to an end.
        _LOGGER.exception("a page could not be read", extra={"url": stored.url})
        problem = f"a fault of the program: {type(error).__name__}: {error}"
        return Page(PageKind.UNREADABLE, here, problem=problem)


def _extract(site: Site, platform: Platform, stored: StoredResponse, here: str) -> Page:
    if 300 <= stored.status < 400 and stored.header("Location"):
        return _redirect(site, platform, stored, here)
    if stored.status != 200:
        missing_robots = stored.role is Role.ROBOTS and 400 <= stored.status < 500
        expected = missing_robots or stored.role in (Role.OTHER, Role.REQUISITE)
        problem = None if expected else f"the server answered {stored.status}"
        if problem and stored.header("cf-mitigated"):
            problem = CHALLENGED
        return Page(PageKind.ERROR, here, problem=problem)
    media_type = _media_type(stored)
    if stored.role in (Role.ROBOTS, Role.REQUISITE):
        return Page(PageKind.FILE, here)
    if stored.role in (Role.IMAGE, Role.ATTACHMENT):
        if media_type == "text/html" or _is_page_for_a_picture(stored, media_type):
            return Page(PageKind.SOFT_404, here, problem="a page came where a file was expected")
        return Page(PageKind.FILE, here)
    if stored.role is Role.OTHER and media_type not in _PAGES:
        return Page(PageKind.FILE, here)
    most = MAX_SOURCE if is_source(site, here) else MAX_PAGE
    body = decoded_body(stored, most)
    if len(body) > most:
        raise ValueError(f"the page is larger than {most >> 20} MiB")
    if is_source(site, here) and stored.role in (Role.LISTING, Role.OTHER):
        return read_source(site, platform, stored, body)
    if media_type.endswith("json") and isinstance(platform, DescribedPlatform):
        return platform.read_json(site, stored, decode_html(body, None))
    if media_type not in _PAGES:
        return Page(PageKind.UNREADABLE, here, problem=f"{media_type} came for a page")
    html = decode_html(body, stored.header("Content-Type"))
    check_markup(html)
    page = platform.read(site, stored, html)
    if stored.role is Role.OTHER and page.kind in (PageKind.UNREADABLE, PageKind.SOFT_404):
        return Page(PageKind.FILE, here)
    if page.kind is PageKind.UNREADABLE and _CHALLENGE.search(html):
        return replace(page, problem=CHALLENGED)
    return page


def _named(*labels: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, labels)))


def _with_categories(site: Site, page: Page) -> Page:
    """A listing whose links to articles have the categories of the listing and of the address."""
    if page.kind is not PageKind.LISTING:
        return page
    own = category_of_listing(site, page.identity_url)
    links = [
        replace(link, categories=_named(own, category_of(site, link.identity_url)))
        if link.role is Role.ARTICLE
        else link
        for link in page.links
    ]
    return replace(page, links=tuple(links))


def _is_page_for_a_picture(stored: StoredResponse, media_type: str) -> bool:
    """Whether markup came under the name of a picture or a PDF, as notices do.

    Office programs do write files that are markup.
    """
    name = urlsplit(stored.url).path.lower()
    never = media_type.startswith("image/") or media_type == "application/pdf"
    if not (never or name.endswith(_NO_MARKUP)) or media_type == "image/svg+xml":
        return False
    return identified_type(stored.body) == "text/html"


def _why_cut(stored: StoredResponse) -> str | None:
    """What shows that a body breaks off of which its record does not say so.

    Raises ValueError and `zlib.error` for one that can't be decoded at all.
    """
    coding = _coding(stored)
    if coding and is_known(coding):
        text = _media_type(stored) in _PAGES
        whole = undo_codings(stored.body, coding, text=text).whole
        return None if whole else f"its content coding {coding} has no end"
    length = stored.header("Content-Length") or ""
    plain = not coding and not stored.header("Transfer-Encoding")
    if plain and _LENGTH.fullmatch(length) and len(stored.body) < int(length):
        return f"{len(stored.body):,} of {int(length):,} bytes"
    return None


def _coding(stored: StoredResponse) -> str:
    """The content codings that a response names, on however many lines (RFC 9110 § 5.3)."""
    named = (value for name, value in stored.headers if name.lower() == "content-encoding")
    return ", ".join(value.strip().lower() for value in named if value.strip())


def _media_type(stored: StoredResponse) -> str:
    return (stored.header("Content-Type") or "").partition(";")[0].strip().lower()


def _answer_of_an_archive(stored: StoredResponse) -> Page:
    """What a web archive said beside the captures it handed out. That it lists none is no fault."""
    if 300 <= stored.status < 400:
        return Page(PageKind.REDIRECT, stored.url)
    if stored.role is Role.INDEX and stored.status in (200, 404):
        return Page(PageKind.FILE, stored.url)
    if stored.header("Memento-Datetime"):
        return Page(PageKind.FILE, stored.url)
    if stored.status in (200, 206):
        return Page(PageKind.UNREADABLE, stored.url, problem="the web archive sent no capture")
    return Page(PageKind.ERROR, stored.url, problem=f"the web archive answered {stored.status}")


def decoded_body(stored: StoredResponse, limit: int = MAX_DECODED) -> bytes:
    """The body with its content codings undone; of one cut short, what can be read of it.

    Raises ValueError past `limit` bytes and for a coding that was never asked for.
    """
    text = stored.role in (Role.ROBOTS, Role.LISTING) or _media_type(stored) in _PAGES
    return undo_codings(stored.body, _coding(stored), limit, text=text).body


def _redirect(site: Site, platform: Platform, stored: StoredResponse, here: str) -> Page:
    url = absolute(stored.url, _as_utf8(stored.header("Location") or ""))
    if not url or (as_kept(site, url) == stored.url and stored.role is not Role.ROBOTS):
        where = "itself" if url else "no address"
        return Page(PageKind.REDIRECT, here, problem=f"a redirect to {where}")
    target = platform.identity(on_site(site, url))
    is_listed = is_category(site, target) or is_source(site, target)
    if stored.role is Role.LISTING and not is_listed:
        return Page(PageKind.REDIRECT, here, problem=f"the listing leads away, to {url}")
    link = Link(url, stored.role, target, platform.asset_id_in(url))
    astray = platform.is_article_url(here) and not platform.is_article_url(target)
    problem = f"the article leads away, to {url}" if astray else None
    return Page(PageKind.REDIRECT, here, links=(link,), problem=problem)


def _as_utf8(field: str) -> str:
    """A header field whose bytes, letter by letter, are UTF-8 after all."""
    try:
        return field.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return field


@lru_cache(maxsize=64)
def _site(description: str) -> Site:
    return Site.from_description(parsed_json(description))
