"""One page, one address: what is left of a URL without session, host override and return path."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from archive.ground.urls import without_dot_segments
from crawler.sites.description import Site

LONGEST = 8000
"""Letters of an address that is asked for (RFC 9110 § 4.1); a longer one is taken for none."""

_SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
_SAFE_PATH = "/:@!$&'()*+,;=~-._%"
_SAFE_QUERY = _SAFE_PATH + "?"
_ENCODED = re.compile("%([0-9A-Fa-f]{2})")
_LETTERS_ENCODED = re.compile("[A-Za-z]?(?:%[89A-Fa-f][0-9A-Fa-f])+")
_UNRESERVED = re.compile("[A-Za-z0-9._~-]")


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
        parts = urlsplit(urljoin(base, href))
        host = parts.hostname
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    try:
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        return None
    host = host.removesuffix(".")
    netloc = f"[{host}]" if ":" in host else host
    if port and port != {"http": 80, "https": 443}[parts.scheme]:
        netloc = f"{netloc}:{port}"
    path = _plain(quote(_SESSION.sub("", parts.path), safe=_SAFE_PATH))
    query = _plain(quote(parts.query, safe=_SAFE_QUERY))
    url = urlunsplit((parts.scheme, netloc, without_dot_segments(path) or "/", query, ""))
    return url if len(url) <= LONGEST else None


def on_site(site: Site, url: str) -> str:
    """A URL with the site's own host and scheme, whatever stood in for it when it was fetched."""
    parts = urlsplit(url)
    own = {site.host, f"www.{site.host}", site.reached_at}
    if parts.netloc in own or parts.hostname in (site.host, f"www.{site.host}"):
        return urlunsplit(("https", site.host, parts.path, parts.query, ""))
    return url


def at_base(site: Site, url: str) -> str:
    """An address of the site's own host as it is asked for, of what stands in for it if need be."""
    parts, base = urlsplit(on_site(site, url)), urlsplit(site.base_url)
    if parts.netloc != site.host:
        return url
    return urlunsplit((base.scheme, base.netloc, parts.path, parts.query, ""))


def composed(url: str) -> str:
    """A URL whose percent-encoded letters are in NFC: one page, however its marks are encoded."""
    return _LETTERS_ENCODED.sub(_compose, url)


def _compose(match: re.Match[str]) -> str:
    try:
        return quote(unicodedata.normalize("NFC", unquote(match[0], errors="strict")))
    except UnicodeDecodeError:
        return match[0]


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


def _plain(text: str) -> str:
    """Percent-encoded letters, digits and marks that need no encoding, as they are."""

    def spelt(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if _UNRESERVED.fullmatch(char) else match[0].upper()

    return _ENCODED.sub(spelt, text)


def file_name(url: str) -> str:
    """The name a file has in its URL, decoded; for portal documents the part before the uuid."""
    parts = [p for p in unquote(urlsplit(url).path).split("/") if p]
    if len(parts) >= 2 and re.fullmatch(
        r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", parts[-1]
    ):
        parts.pop()
    return parts[-1].replace("+", " ") if parts else ""
