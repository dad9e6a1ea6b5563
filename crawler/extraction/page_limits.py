"""Limits of a page that is read, so that no page holds up an archive.

Nested elements, attributes of one tag and marks on one letter are what HTML parsers and Unicode
normalisation take quadratic time for. They are counted, so that a page is read the same everywhere;
time is the last resort.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import islice

MAX_DEPTH = 400
"""Elements within each other. Browsers stop at 512; pages of portals have some 40."""

MAX_ELEMENTS = 100_000
"""Elements of a page; those of portals have up to some thousands."""

MAX_ATTRIBUTES = 200
"""Attributes of one tag."""

MAX_MARKS = 30
"""Combining marks in a row: what Unicode takes for a text (UAX #15 § 13, Stream-Safe Text)."""

MAX_SECONDS = 20.0
"""Processor time after which reading one page is given up."""

_VOID_NAMES = """
    area base basefont bgsound br col embed frame hr img input keygen link meta param source track
    wbr
"""
_REPEATED_NAMES = """
    a button caption colgroup dd dt h1 h2 h3 h4 h5 h6 li nobr optgroup option p rb rp rt rtc tbody
    td tfoot th thead tr
"""
_VOID = frozenset(_VOID_NAMES.split())
_CLOSED_BY_THE_NEXT = frozenset(_REPEATED_NAMES.split())
"""Elements whose end tag may be missing: the next of their kind ends them (HTML § 13.1.2.4)."""
_END_OF = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe")
}
"""Elements that hold text alone, whatever it looks like."""
_FOREIGN = ("svg", "math")
_NAME = re.compile(r"[a-z][^\s/>]*", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""[^\s=/"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"']+))?""")
_EVERY = 256


class TooMuch(ValueError):
    """The page goes beyond a limit; the message says which."""


def check_markup(html: str) -> None:
    """Count elements, their depth and their attributes in one pass. Raises `TooMuch`."""
    open_ones: Counter[str] = Counter()
    elements = depth = position = 0
    while (start := html.find("<", position)) >= 0:
        end = html.find("-->" if html.startswith("<!--", start) else ">", start)
        if end < 0:
            return
        position = end + 1
        closes = html.startswith("/", start + 1)
        found = _NAME.match(html, start + 1 + closes, end)
        name = found[0].lower() if found else ""
        if closes or not found:
            if open_ones[name]:
                open_ones[name] -= 1
                depth -= 1
            continue
        elements += 1
        _check_attributes(html, found.end(), end)
        if name in _END_OF:
            following = _END_OF[name].search(html, position)
            if not following:
                return
            position = following.start()
        elif not _is_childless(name, html[end - 1], open_ones):
            open_ones[name] += 1
            depth += 1
        if elements > MAX_ELEMENTS:
            raise TooMuch(f"the page has more than {MAX_ELEMENTS:,} elements")
        if depth > MAX_DEPTH:
            raise TooMuch(f"its elements are nested more than {MAX_DEPTH} deep")


def to_nfc(text: str) -> str:
    """A text in NFC. Raises `TooMuch` for more marks in a row than a text has."""
    if text.isascii():
        return text
    if _mark_run().search(text):
        raise TooMuch(f"a letter of the page has more than {MAX_MARKS} marks")
    return unicodedata.normalize("NFC", text)


class TimeLimit:
    """Processor time of this thread from now on. Ask it for every piece of work."""

    def __init__(self) -> None:
        self._end = time.thread_time() + MAX_SECONDS
        self._asked = 0

    def check(self) -> None:
        """Raises `TooMuch` when the time is over."""
        self._asked += 1
        if not self._asked % _EVERY and time.thread_time() > self._end:
            raise TooMuch(f"it takes more than {MAX_SECONDS:.0f} seconds to read")


def _is_childless(name: str, last: str, open_ones: Counter[str]) -> bool:
    if name in _VOID or name in _CLOSED_BY_THE_NEXT:
        return True
    return last == "/" and any(open_ones[foreign] for foreign in _FOREIGN)


def _check_attributes(html: str, start: int, end: int) -> None:
    if end - start <= 2 * MAX_ATTRIBUTES:
        return
    if sum(1 for _ in islice(_ATTRIBUTE.finditer(html, start, end), MAX_ATTRIBUTES + 1)) > (
        MAX_ATTRIBUTES
    ):
        raise TooMuch(f"a tag has more than {MAX_ATTRIBUTES} attributes")


@lru_cache(maxsize=1)
def _mark_run() -> re.Pattern[str]:
    """More marks in a row than are allowed, of every script."""
    marks = [code for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code))]
    ranges: list[list[int]] = []
    for code in marks:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    allowed = "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
    return re.compile(f"[{allowed}]{{{MAX_MARKS + 1}}}")
