"""A form that is posted, as an address: what makes one request of it, in one line.

As web archives index a POST (pywb): the fields of the form follow `__wb_method=POST` in the query.
Such an address is asked for by posting its fields to what stands before them.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_METHOD = "__wb_method"
_MARK = f"{_METHOD}=POST"
EVENT_TARGET = "__EVENTTARGET"
EVENT_ARGUMENT = "__EVENTARGUMENT"
"""The fields by which a page of ASP.NET says which of its controls was used."""

Fields = tuple[tuple[str, str], ...]


def posted(url: str, fields: Iterable[tuple[str, str]]) -> str:
    """The address that stands for posting these fields to a URL."""
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, _MARK, urlencode(list(fields)))))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def is_posted(url: str) -> bool:
    """Whether an address stands for a form that is posted."""
    return _MARK in urlsplit(url).query.split("&")


def split_posted(url: str) -> tuple[str, Fields]:
    """Where a form is posted to, and its fields; an address that stands for none has none."""
    parts = urlsplit(url)
    before, mark, after = f"&{parts.query}&".partition(f"&{_MARK}&")
    if not mark:
        return url, ()
    own = urlunsplit((parts.scheme, parts.netloc, parts.path, before.strip("&"), ""))
    return own, tuple(parse_qsl(after.strip("&"), keep_blank_values=True))


def is_postback(fields: Fields) -> bool:
    """Whether a page of ASP.NET is posted back to itself, with all that its form holds."""
    return any(name == EVENT_TARGET for name, _ in fields)
