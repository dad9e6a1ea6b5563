"""What was planned or promised, held against what the archive has: states, no judgement.

An article is evidence only where kind, body and period agree, and one event counts once. That the
archive has nothing says nothing unless its coverage of that time is told with it; where it is thin
there is only “not enough”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from council.model import Activity, Commitment, Count, Told

ENOUGH_ARTICLES = 6
ENOUGH_MONTHS = 4
"""Articles and months with articles from which a year counts as covered."""


@dataclass(frozen=True, slots=True)
class StretchCoverage:
    """What the archive has of a stretch of time: articles, months with any, the last look."""

    first: date
    last: date
    articles: int
    months: int
    looked: date | None

    @property
    def is_thin(self) -> bool:
        """Whether nothing can be said of what is not there."""
        unseen = self.looked is None or self.looked < self.first
        return unseen or self.articles < ENOUGH_ARTICLES or self.months < ENOUGH_MONTHS


@dataclass(frozen=True, slots=True)
class Promise:
    """A plan or a commitment and its state.

    `state` is told (articles tell of it), partly (of some of it), none (no article does), not-due,
    put-off (an article says that it is postponed or cancelled) or not-enough. `evidence` are the
    articles' facts, one an event; `own` is the total that the council itself reports.
    """

    told: Told
    state: str
    due: date | None
    planned: int | None
    evidence: tuple[Told, ...]
    coverage: StretchCoverage
    own: tuple[Told, ...] = ()


def promises(
    told: Iterable[Told], published: Iterable[tuple[str, date]], looked: date | None, today: date
) -> list[Promise]:
    """The plans and commitments of articles with their states, by the day they are due.

    `published` has site and day of every article that is held, whether it tells a fact or not;
    `looked` is the last day that the archive looked at the site.
    """
    facts, held = list(told), list(published)
    found = []
    for fact in facts:
        if not isinstance(fact.value, Commitment | Count):
            continue
        days = [day for site, day in held if site == fact.site]
        if isinstance(fact.value, Commitment):
            found.append(_commitment(fact, fact.value, days, looked, today))
        elif fact.value.state == "planned":
            found.append(_plan(fact, fact.value, facts, days, looked, today))
    return sorted(found, key=lambda one: (one.due or date.max, one.told.article, one.told.place))


def _commitment(
    fact: Told,
    commitment: Commitment,
    days: Sequence[date],
    looked: date | None,
    today: date,
) -> Promise:
    """Whether it was kept no rule can tell: it is due or not, and that is all."""
    due = commitment.due
    first = fact.published or due or today
    coverage = _coverage(days, first, max(first, due or first), looked)
    state = "not-due" if due is not None and due >= today else "not-enough"
    return Promise(fact, state, due, None, (), coverage)


def _plan(
    fact: Told,
    count: Count,
    facts: Sequence[Told],
    days: Sequence[date],
    looked: date | None,
    today: date,
) -> Promise:
    year = int(count.period[:4]) if count.period[:4].isdigit() else None
    if year is None:
        first = fact.published or today
        return Promise(
            fact, "not-enough", None, count.low, (), _coverage(days, first, today, looked)
        )
    first, last = date(year, 1, 1), date(year, 12, 31)
    coverage = _coverage(days, first, last, looked)
    evidence = _events(count, facts, fact.site, year, "held")
    put_off = _events(count, facts, fact.site, year, "postponed", "cancelled")
    own = tuple(
        other
        for other in facts
        if isinstance(other.value, Count)
        and other.value.state == "reported"
        and other.value.kind == count.kind
        and other.value.period == count.period
        and _same_body(other.value.actor, count.actor)
        and other.site == fact.site
    )
    planned = count.low if count.low is not None else count.high
    if evidence and planned is not None and len(evidence) >= planned:
        state = "told"
    elif coverage.is_thin:
        state = "not-due" if last >= today else "not-enough"
    elif evidence:
        state = "partly"
    elif put_off:
        state = "put-off"
    else:
        state = "not-due" if last >= today else "none"
    return Promise(fact, state, last, planned, evidence or put_off, coverage, own)


def _events(
    count: Count, facts: Sequence[Told], site: str, year: int, *states: str
) -> tuple[Told, ...]:
    """Activities that agree in kind, body and year, one for each event."""
    events: dict[tuple[str, date], Told] = {}
    for fact in facts:
        activity = fact.value
        if (
            isinstance(activity, Activity)
            and fact.site == site
            and activity.state in states
            and activity.when.first.year == year
            and _same_kind(activity.kind, count.kind)
            and _same_body(activity.body, count.actor)
            and _sort_agrees(count.kind, fact.quote, fact.title)
        ):
            events.setdefault((activity.kind, activity.when.first), fact)
    return tuple(events.values())


def _same_kind(held: str, planned: str) -> bool:
    return planned == held or planned.startswith(f"{held} ")


def _sort_agrees(planned: str, *texts: str) -> bool:
    """Whether what tells it calls it chuyên đề, thường lệ … if the plan does."""
    sort = re.search(r"chuyên đề|thường lệ|bất thường|định kỳ", planned)
    if sort is None:
        return True
    words = sort.group() + (r"|giữa năm|cuối năm" if sort.group() == "thường lệ" else "")
    return any(re.search(words, text) for text in texts)


def _same_body(held: str, planned: str) -> bool:
    """Whether two bodies are one, whatever stands behind their names."""
    return _body(held) == _body(planned)


def _body(written: str) -> str:
    for name in ("Thường trực", "Tổ đại biểu", "Ban", "HĐND", "UBND"):
        if name in written:
            return name
    return ""


def _coverage(
    days: Sequence[date], first: date, last: date, looked: date | None
) -> StretchCoverage:
    within = [day for day in days if first <= day <= last]
    return StretchCoverage(
        first, last, len(within), len({(day.year, day.month) for day in within}), looked
    )
