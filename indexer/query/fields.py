"""The parts of a query with a name and a colon: `site:`, `date:`, `has:`, `in:` (and `title:`)."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from indexer.language.dates import WrittenDate
from indexer.language.vietnamese import fold
from indexer.query.tree import Dated, Node, OfSite, WithAttachment

FIELDS = ("title", "site", "date", "has", "in")
ORS = frozenset({"OR", "HOẶC"})
OPERATORS = ORS | {"AND", "NOT"}
NO_WORDS = r"\b(?:title:|(?:site|date|has|in):\S*)"
"""What is no word of a text, as a regular expression."""

_YEAR = r"(\d{4})"
_MONTH = r"(?P<y>\d{4})-(?P<m>\d{1,2})|(?P<m2>\d{1,2})[/.\-](?P<y2>\d{4})"
_DAY = (
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})(?P<mark>[/.\-])(?P<m2>\d{1,2})(?P=mark)(?P<y2>\d{4})"
)
_ATTACHMENT = frozenset({"attachment", "attachments", "file", "files"})
Scope = Literal["", "title", "body", "attachment"]
_SCOPES: dict[str, Scope] = {
    "title": "title",
    "body": "body",
    **dict.fromkeys(_ATTACHMENT, "attachment"),
}


def scope_of(value: str) -> Scope | None:
    """Where `in:value` looks for a query: the title, the rest of the article, its attachments."""
    return _SCOPES.get(value.lower())


def field_node(name: str, value: str) -> Node | None:
    """What `name:value` asks for; None if the value makes no sense there."""
    if name == "site":
        return OfSite(fold(value)) if value else None
    if name == "in":
        return None
    if name == "has":
        return WithAttachment() if value.lower() in _ATTACHMENT else None
    first, dots, last = value.partition("..")
    since = period(first)
    until = period(last) if dots else since
    if (first and since is None) or (dots and last and until is None) or not (first or last):
        return None
    return Dated(since[0] if since else None, until[1] if until else None)


def dated(written: WrittenDate) -> list[Node]:
    """The documents that are of a written date themselves, if it names a year."""
    days = written.days or (None,)
    bounds = [
        period("-".join(str(part) for part in (written.year, written.month, day) if part))
        for day in (days[0], days[-1])
        if written.year
    ]
    known = [bound for bound in bounds if bound is not None]
    return [Dated(known[0][0], known[-1][1])] if known else []


def period(text: str) -> tuple[date, date] | None:
    """First and last day of a year, a month or a day: `2020`, `2020-08`, `8/2020`, `17/8/2020`."""
    from calendar import monthrange

    try:
        if match := re.fullmatch(_DAY, text):
            day = date(
                int(match["y"] or match["y2"]),
                int(match["m"] or match["m2"]),
                int(match["d"] or match["d2"]),
            )
            return day, day
        if match := re.fullmatch(_MONTH, text):
            year, month = int(match["y"] or match["y2"]), int(match["m"] or match["m2"])
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        if match := re.fullmatch(_YEAR, text):
            return date(int(text), 1, 1), date(int(text), 12, 31)
    except ValueError:
        return None
    return None
