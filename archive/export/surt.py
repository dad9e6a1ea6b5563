"""The key by which web archives look up a URL: a Sort-friendly URI Reordering Transform (SURT).

`https://www.Example.org:8080/B/../a?y=1&x` is `org,example:8080)/a?x&y=1`. The rules are those of
the Internet Archive's replay software, which every CDX server follows: user, `www.`, default port,
fragment, session ids and the last slash go, letters are small, parameters are sorted.
"""

from __future__ import annotations

import re
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

from archive.ground.urls import without_dot_segments

_PRINTABLE = "".join(chr(c) for c in range(33, 127) if chr(c) not in "#%")
_WWW = re.compile(r"^www\d*\.")
_SESSION = re.compile(r"(^|&)(?:jsessionid|phpsessid|sid)=[0-9a-z]{32}(?=&|$)")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def urlkey(url: str) -> str:
    """The key of an absolute HTTP URL; another one is its own key."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return url
    host = _WWW.sub("", re.sub(r"\.{2,}", ".", parts.hostname).strip("."))
    where = ",".join(reversed(host.split(".")))
    if port not in (None, _DEFAULT_PORTS[parts.scheme]):
        where += f":{port}"
    query = _sorted(_SESSION.sub("", _normal(parts.query).lower()).removeprefix("&"))
    return f"{where}){_path(parts.path)}" + (f"?{query}" if query else "")


def _path(path: str) -> str:
    segments = ["", *filter(None, _normal(path).split("/")[1:])]
    return "/" + without_dot_segments("/".join(segments)).strip("/").lower()


def _sorted(query: str) -> str:
    return "&".join("=".join(p) for p in sorted(tuple(a.split("=", 1)) for a in query.split("&")))


def _normal(text: str) -> str:
    """Percent-encoding undone as often as it was done, then done once where it must be."""
    raw = text.encode("utf-8", "surrogateescape")
    while (plain := unquote_to_bytes(raw)) != raw:
        raw = plain
    return quote_from_bytes(raw, safe=_PRINTABLE)
