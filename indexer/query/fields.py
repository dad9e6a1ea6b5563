"""The parts of a query with a name and a colon: `site:`, `category:`, `date:`, `has:`, `in:` …"""

from __future__ import annotations

from datetime import date
from typing import Literal

from indexer.language.dates import WrittenDate
from indexer.language.vietnamese import fold
from indexer.query.tree import Dated, Node, OfCategory, OfMonth, OfSite, WithAttachment

FIELDS = ("title", "site", "category", "date", "has", "in")
OF_FACTS = ("person", "document", "activity")
"""Fields that the index does not know: `hdnd.usecases.fact_search` reads them."""

ORS = frozenset({"OR", "HOẶC"})
OPERATORS = ORS | {"AND", "NOT"}
NO_WORDS = r'\b(?:title:|(?:site|category|date|has|in):(?:"[^"]*"|\S*))'
"""What is no word of a text, as a regular expression."""

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
    if name == "category":
        return OfCategory(value) if value.strip() else None
    if name == "in":
        return None
    if name == "has":
        return WithAttachment() if value.lower() in _ATTACHMENT else None
    first, dots, last = value.partition("..")
    since = _period(first)
    until = _period(last) if dots else since
    if (first and since is None) or (dots and last and until is None) or not (first or last):
        return None
    return Dated(since[0] if since else None, until[1] if until else None)


def dated(written: WrittenDate) -> list[Node]:
    """The documents that are of a written date themselves; of one without a year those of any."""
    days = written.days or (None,)
    months = written.months or (written.month,)
    if not written.year:
        last = days[-1] or 31
        return [OfMonth(written.month, days[0] or 1, last)] if written.month else []
    bounds = [
        _period("-".join(str(part) for part in (written.year, month, day) if part))
        for month, day in ((months[0], days[0]), (months[-1], days[-1]))
    ]
    known = [bound for bound in bounds if bound is not None]
    return [Dated(known[0][0], known[-1][1])] if known else []


def spanned(first: WrittenDate, last: WrittenDate) -> Node | None:
    """The documents of a span, by its first and its last date; None without a year."""
    if not (first.year and last.year):
        return None
    month = (first.months or (first.month,))[0]
    begin = (first.year, month, *first.days[:1])
    end = (last.year, last.month, *last.days[-1:])
    since, until = ("-".join(map(str, day)) for day in (begin, end))
    return field_node("date", f"{since}..{until}")


def _period(text: str) -> tuple[date, date] | None:
    from indexer.language.periods import period

    try:
        return period(text)
    except ValueError:
        return None
