"""One page, one address: what is left of a URL without session, host override and return path."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit, urlunsplit

from archive.ground.urls import in_one_form
from crawler.sites.description import Site

_DOCUMENT = re.compile(r".\.(?:docx?|xlsx?|pptx?|pdf|rtf|od[tsp]|zip|rar|7z)$", re.IGNORECASE)
_NAMES_A_FILE = re.compile("(?:file|ten|doc|att)[a-z_]{0,12}|f|fn|path|tep|download", re.IGNORECASE)
LONGEST = 8000
"""Letters of an address that is asked for (RFC 9110 § 4.1); a longer one is taken for none."""


def absolute(base: str, href: str) -> str | None:
    """The HTTP address that a link on the page `base` leads to, as it can be asked for.

    Raw spaces and letters outside ASCII are percent-encoded, session ids dropped, and what can be
    written in two ways is written in one (RFC 3986 § 6.2.2); None when the link leads to no address
    (a script, a mail address, a fragment of the page), or to one without end.
    """
    href = href.strip().replace("\t", "").replace("\n", "").replace("\r", "")
    if not href or href.startswith("#"):
        return None
    try:
        url = in_one_form(urljoin(base, href))
    except ValueError:
        return None
    return url if url and len(url) <= LONGEST else None


def on_site(site: Site, url: str) -> str:
    """A URL in one form, with the site's own host and scheme, whatever stood in for it."""
    parts = urlsplit(in_one_form(url) or url)
    own = {site.host, f"www.{site.host}", site.reached_at}
    if parts.netloc in own or parts.hostname in (site.host, f"www.{site.host}"):
        return urlunsplit(("https", site.host, parts.path, parts.query, ""))
    return urlunsplit(parts)


def at_base(site: Site, url: str) -> str:
    """An address of the site's own host as it is asked for, of what stands in for it if need be."""
    parts, base = urlsplit(on_site(site, url)), urlsplit(site.base_url)
    if parts.netloc != site.host:
        return url
    return urlunsplit((base.scheme, base.netloc, parts.path, parts.query, ""))


def as_kept(site: Site, url: str) -> str:
    """The address under which what was asked for at `url` is kept: the site's, if it has another.

    Of what stands in for the site's host, the archive knows from the run's description alone.
    """
    parts = urlsplit(url)
    if site.reached_at is None or parts.netloc != site.reached_at:
        return url
    return urlunsplit((site.scheme, site.host, parts.path, parts.query, ""))


def is_allowed(site: Site, url: str) -> bool:
    """Whether the site's description names the host of this URL."""
    return urlsplit(url).netloc in site.hosts


def file_name(url: str) -> str:
    """The name a file has in its URL, decoded.

    For portal documents that is the part before the uuid, for a program that hands out documents
    the value that names one: `download.ashx?file=NQ15.pdf`.
    """
    split = urlsplit(url)
    parts = [p for p in unquote(split.path).split("/") if p]
    if len(parts) >= 2 and re.fullmatch(
        r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", parts[-1]
    ):
        parts.pop()
    name = parts[-1].replace("+", " ") if parts else ""
    if not split.query or _DOCUMENT.search(name):
        return name
    for key, value in parse_qsl(split.query):
        if _DOCUMENT.search(value) and ("/" not in value or _NAMES_A_FILE.fullmatch(key)):
            return re.split(r"[/\\]", value)[-1]
    return name
