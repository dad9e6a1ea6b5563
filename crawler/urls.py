"""One page, one address: what is left of a URL without session, host override and return path."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from crawler.site import Site

_SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
_SAFE_PATH = "/:@!$&'()*+,;=~-._%"
_SAFE_QUERY = _SAFE_PATH + "?"


def absolute(base: str, href: str) -> str | None:
    """The HTTP address that a link on the page `base` leads to, as it can be asked for.

    Raw spaces and letters outside ASCII are percent-encoded and session ids dropped; None when
    the link leads to no address (a script, a mail address, a fragment of the page).
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
    netloc = f"[{host}]" if ":" in host else host
    if port and port != {"http": 80, "https": 443}[parts.scheme]:
        netloc = f"{netloc}:{port}"
    path = quote(_SESSION.sub("", parts.path), safe=_SAFE_PATH)
    return urlunsplit((parts.scheme, netloc, path or "/", quote(parts.query, safe=_SAFE_QUERY), ""))


def on_site(site: Site, url: str) -> str:
    """A URL with the site's own host and scheme, whatever stood in for it when it was fetched."""
    parts = urlsplit(url)
    own = {site.host, f"www.{site.host}", site.reached_at}
    if parts.netloc in own or parts.hostname in (site.host, f"www.{site.host}"):
        return urlunsplit(("https", site.host, parts.path, parts.query, ""))
    return url


def is_allowed(site: Site, url: str) -> bool:
    """Whether the site's description names the host of this URL."""
    return urlsplit(url).netloc in site.hosts


def file_name(url: str) -> str:
    """The name a file has in its URL, decoded; for portal documents the part before the uuid."""
    parts = [p for p in unquote(urlsplit(url).path).split("/") if p]
    if len(parts) >= 2 and re.fullmatch(
        r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", parts[-1]
    ):
        parts.pop()
    return parts[-1].replace("+", " ") if parts else ""
