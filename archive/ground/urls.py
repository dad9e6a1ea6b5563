"""What all who handle URLs need of RFC 3986."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit, urlunsplit

_ORIGIN = re.compile(r"(https?)://([^/?#]*)", re.IGNORECASE)
_IN_ASCII = re.compile("[A-Za-z0-9._-]+")
_PORT = {"http": 80, "https": 443}
_SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
_SAFE_PATH = "/:@!$&'()*+,;=~-._%"
_SAFE_QUERY = _SAFE_PATH + "?"
_ENCODED = re.compile("%([0-9A-Fa-f]{2})")
_LETTERS_ENCODED = re.compile("[A-Za-z]?(?:%[89A-Fa-f][0-9A-Fa-f])+")
_UNRESERVED = re.compile("[A-Za-z0-9._~-]")


@lru_cache(4096)
def in_one_form(url: str) -> str | None:
    """A web address in the form that all its spellings share (RFC 3986 § 6.2.2, 6.2.3).

    Scheme and host in small letters, the host in ASCII (IDNA) and without a final dot, no port that
    the scheme has anyway, raw letters percent-encoded, what needs no encoding plain, no dot
    segments, no session id, no fragment. None for what is no address of the Web.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORT or not host:
        return None
    name = plain_host(host)
    if name is None:
        return None
    netloc = f"[{name}]" if ":" in name else name
    if port and port != _PORT[parts.scheme]:
        netloc = f"{netloc}:{port}"
    path = _plain(quote(_SESSION.sub("", parts.path), safe=_SAFE_PATH))
    query = _plain(quote(parts.query, safe=_SAFE_QUERY))
    return urlunsplit((parts.scheme, netloc, without_dot_segments(path) or "/", query, ""))


def with_plain_origin(url: str) -> str:
    """A web address whose scheme, host and port are in one form, and the rest as it is written."""
    origin = _ORIGIN.match(url)
    if origin is None:
        return url
    scheme = origin[1].lower()
    who, at, where = origin[2].rpartition("@")
    host, colon, port = where.rpartition(":")
    if not (colon and (port.isdecimal() or not port) and not host.endswith(":")):
        host, port = where, ""
    name = plain_host(host) or host.lower()
    own = port.isascii() and port and int(port[:6]) == _PORT[scheme]
    port = "" if own or not port else f":{port}"
    return f"{scheme}://{who}{at}{name}{port}{url[origin.end() :]}"


def plain_host(host: str) -> str | None:
    """A host in small letters of ASCII, without a final dot; None for a name that is none."""
    name = host
    if not host.isascii():
        try:
            name = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
        if not _IN_ASCII.fullmatch(name):
            return None
    return name.lower().removesuffix(".") or None


def composed(url: str) -> str:
    """A URL whose percent-encoded letters are in NFC: one page, however its marks are encoded."""
    return _LETTERS_ENCODED.sub(_compose, url)


def _compose(match: re.Match[str]) -> str:
    try:
        return quote(unicodedata.normalize("NFC", unquote(match[0], errors="strict")))
    except UnicodeDecodeError:
        return match[0]


def _plain(text: str) -> str:
    """Percent-encoded letters, digits and marks that need no encoding, as they are."""

    def spelt(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if _UNRESERVED.fullmatch(char) else match[0].upper()

    return _ENCODED.sub(spelt, text)


def without_dot_segments(path: str) -> str:
    """A path that begins with a slash, without its segments `.` and `..` (RFC 3986 § 5.2.4)."""
    kept: list[str] = []
    for segment in (segments := path.split("/")):
        if segment == ".." and len(kept) > 1:
            kept.pop()
        elif segment not in (".", ".."):
            kept.append(segment)
    return "/".join([*kept, ""] if segments[-1] in (".", "..") else kept)
