"""Years that slipped: an event that is written a year away from the article that reports it.

What an article looks back on is no slip: where the sentence counts years, tells of an election or
of the first session of a term that began in that year, names that year again, or where the article
has an event of its own time beside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from council.model import Activity, Council, Session, Term, Told

FAR_OFF = 300
"""Days between an event and its article from which the year may have slipped."""
SOON = 35
"""Days within which an article follows the event it reports."""
_LOOKS_BACK = re.compile(
    r"\b(?:cách (?:đây|nay)|tròn|đúng|sau|hơn|gần|một|hai|ba|\d+)(?: \w+){0,2} năm\b(?! \d{4})"
    r"|\bnăm (?:sau|trước|ngoái)\b|\b(?:[Kk]ỷ niệm|[Nn]hìn lại|[Nn]hớ lại|[Cc]ùng kỳ)\b"
    r"|\b(?:(?:được|trúng|đắc) (?:\w+ ){0,6}(?:bầu|cử)|bổ nhiệm|miễn nhiệm|giữ chức|từng)\b",
    re.IGNORECASE,
)
"""What tells that an event is years from its article, or is told of somebody's life."""

_Place = tuple[str, str, str, str, int]


def slipped_years(
    facts: Sequence[Told], councils: Mapping[str, Council]
) -> Iterator[tuple[Told, date, date]]:
    """Each event whose year may have slipped, its first day as stated and as perhaps meant."""
    beside: dict[_Place, list[Told]] = defaultdict(list)
    events: dict[tuple[str, str], list[Activity]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact.value, Term | Session):
            beside[_place(fact)].append(fact)
        elif isinstance(fact.value, Activity):
            events[fact.article, fact.version].append(fact.value)
    for fact in facts:
        if isinstance(fact.value, Activity) and (meant := _meant(fact, fact.value)):
            stated = fact.value.when.first
            within = [
                other.value
                for other in beside[_place(fact)]
                if fact.start <= other.start < fact.end
            ]
            if not (
                _is_of_its_year(fact.quote, stated, meant)
                or _is_of_its_term(within, stated, meant, councils.get(fact.site))
                or _has_another(events[fact.article, fact.version], fact, meant)
            ):
                yield fact, stated, meant


def _place(fact: Told) -> _Place:
    return fact.article, fact.version, fact.field, fact.source, fact.number


def _meant(fact: Told, activity: Activity) -> date | None:
    """The day in another year that an event may have had, right before its article."""
    when, published = activity.when, fact.published
    if published is None or when.basis != "stated" or abs((published - when.first).days) <= FAR_OFF:
        return None
    if _LOOKS_BACK.search(fact.quote):
        return None
    for year in (when.first.year + 1, when.first.year - 1):
        try:
            other = when.first.replace(year=year)
        except ValueError:
            continue
        if 0 <= (published - other).days <= SOON:
            return other
    return None


def _is_of_its_year(quote: str, stated: date, meant: date) -> bool:
    """Whether the sentence names the stated year again, and the other one nowhere."""
    years = re.findall(r"\bnăm (\d{4})(?! ?- ?\d{4})", quote)
    return str(stated.year) in years and str(meant.year) not in years


def _is_of_its_term(
    within: Sequence[object], stated: date, meant: date, council: Council | None
) -> bool:
    """Whether it is the first session of a term that began in the stated year, or of a term that
    was over by the other one."""
    numbers = {one.number for one in within if isinstance(one, Session)}
    for term in within:
        if not isinstance(term, Term):
            continue
        years = term.years or (council.terms.get(term.number or 0) if council else None)
        if years and (
            (1 in numbers and years[0] == stated.year) or not years[0] <= meant.year <= years[1]
        ):
            return True
    return False


def _has_another(events: Sequence[Activity], fact: Told, meant: date) -> bool:
    """Whether the article reports an event of its own time, which is not the one meant."""
    return any(
        event.state == "held"
        and event.when.first != meant
        and fact.published is not None
        and 0 <= (fact.published - event.when.first).days <= SOON
        for event in events
    )
