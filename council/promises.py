"""What was planned or promised, held against what the archive has: states, no judgement.

That the archive has nothing says nothing unless its coverage of that time is told with it; where it
is thin there is only “not enough”.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from council.evidence import (
    ArticleText,
    Matter,
    OnTheMatter,
    events,
    matter_of,
    of_no_sort,
    on_the_matters,
    same_body,
    session_day,
)
from council.model import Commitment, Council, Count, Told
from council.names import name_key

ENOUGH_ARTICLES = 6
ENOUGH_MONTHS = 4
"""Articles and months with articles from which a year counts as covered."""
AFTERWARDS = timedelta(days=35)
"""How long after its day an article may tell that something was done."""
_TASK = re.compile(
    r"\btổ chức(?: \d+| một)? (?:(?:hội nghị|buổi|cuộc|phiên|đợt) )?(?P<kind>giải trình|chất vấn"
    r"|tiếp xúc cử tri|giám sát|khảo sát|tiếp công dân|tập huấn|kỳ họp)(?P<sort> chuyên đề)?"
)

Texts = Callable[[Sequence[Matter]], Iterable[ArticleText]]
"""The articles that may be on one of some matters of one site, others among them or not."""


@dataclass(frozen=True, slots=True)
class StretchCoverage:
    """What the archive has of a stretch of time: articles, months with any and without, the last
    look."""

    first: date
    last: date
    articles: int
    months: int
    empty: tuple[str, ...]
    looked: date | None

    @property
    def is_thin(self) -> bool:
        """Whether nothing can be said of what is not there."""
        unseen = self.looked is None or self.looked < self.last
        few = self.months < min(ENOUGH_MONTHS, self.months + len(self.empty))
        few = few or self.months < len(self.empty)
        return unseen or self.articles < ENOUGH_ARTICLES or few


@dataclass(frozen=True, slots=True)
class Promise:
    """A plan or a commitment and its state.

    `state` is told (articles tell of it), partly (of some of it), none (no article does), not-due,
    put-off (an article says that it is postponed or cancelled) or not-enough. `evidence` are the
    articles' facts, one an event, `put_off` those that say it was postponed or cancelled;
    `passages` are on the matter of a commitment; `own` is the total that the council itself
    reports.
    """

    told: Told
    state: str
    due: date | None
    planned: int | None
    evidence: tuple[Told, ...]
    coverage: StretchCoverage
    own: tuple[Told, ...] = ()
    put_off: tuple[Told, ...] = ()
    passages: tuple[OnTheMatter, ...] = ()


def promises(
    told: Iterable[Told],
    councils: Mapping[str, Council],
    published: Iterable[tuple[str, date]],
    looked: date | None,
    today: date,
    texts: Texts = lambda matters: (),
) -> list[Promise]:
    """The plans and commitments of articles with their states, by the day they are due; what an
    article says twice counts once.

    `councils` has the council of each site; `published` site and day of every article that is held,
    whether it tells a fact or not; `looked` is the last day that the archive looked at the site;
    `texts` gives what is looked through for the matter of a commitment.
    """
    facts = list(told)
    days: dict[str, list[date]] = defaultdict(list)
    for site, day in published:
        days[site].append(day)
    for of_site in days.values():
        of_site.sort()
    once = _once(facts, councils)
    passages = _passages(
        [fact for fact in once if isinstance(fact.value, Commitment)], facts, councils, today, texts
    )
    found = []
    for fact in once:
        council = councils.get(fact.site)
        if isinstance(fact.value, Commitment):
            on_it = passages[fact.id]
            found.append(
                _commitment(fact, fact.value, facts, council, days[fact.site], looked, today, on_it)
            )
        elif isinstance(fact.value, Count):
            found.append(_plan(fact, fact.value, facts, council, days[fact.site], looked, today))
    return sorted(found, key=lambda one: (one.due or date.max, one.told.article, one.told.place))


def _once(facts: Iterable[Told], councils: Mapping[str, Council]) -> list[Told]:
    """The commitments and plans, each once an article: the fullest of what is told again."""
    found: dict[tuple[object, ...], Told] = {}
    for fact in facts:
        match fact.value:
            case Commitment(who, due, until):
                key: tuple[object, ...] = (fact.article, name_key(who), due, until)
                told = found.get(key)
                if told is not None and not _alike(told.quote, fact.quote):
                    key = (*key, fact.quote)
                found[key] = max(found.get(key, fact), fact, key=lambda one: len(one.quote))
            case Count(state="planned") as count:
                key = (fact.article, replace(count, actor=""))
                if (told := found.get(key)) and not _same_actor(
                    told, count, councils.get(fact.site)
                ):
                    key = (*key, count.actor)
                kept = found.get(key, fact)
                found[key] = max(kept, fact, key=lambda one: len(getattr(one.value, "actor", "")))
    return list(found.values())


def _alike(one: str, other: str) -> bool:
    """Whether two sentences say the same: most words of the shorter one stand in the longer."""
    first, second = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    return len(first & second) >= 0.7 * min(len(first), len(second))


def _same_actor(told: Told, count: Count, council: Council | None) -> bool:
    other = getattr(told.value, "actor", "")
    return not other or not count.actor or same_body(other, count.actor, council)


def _passages(
    commitments: Sequence[Told],
    facts: Sequence[Told],
    councils: Mapping[str, Council],
    today: date,
    texts: Texts,
) -> dict[str, tuple[OnTheMatter, ...] | None]:
    """What later articles have on the matter of each commitment, by its id; None where nothing can
    be looked for."""
    due: dict[date | None, set[str]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact.value, Commitment):
            due[fact.value.due].add(fact.article)
    found: dict[str, tuple[OnTheMatter, ...] | None] = {}
    sought: dict[str, list[tuple[str, Matter]]] = defaultdict(list)
    for fact in commitments:
        assert isinstance(fact.value, Commitment)
        _, first, last = _span(fact, fact.value, facts, councils.get(fact.site), today)
        council = councils.get(fact.site)
        matter = matter_of(fact, council, first + timedelta(days=1), last, due[fact.value.due])
        found[fact.id] = None if matter is None else ()
        if matter is not None and matter.first <= matter.last:
            sought[fact.site].append((fact.id, matter))
    for known in sought.values():
        matters = [matter for _, matter in known]
        every = on_the_matters(matters, texts(matters))
        found |= {id_: passages for (id_, _), passages in zip(known, every, strict=True)}
    return found


def _span(
    fact: Told,
    commitment: Commitment,
    facts: Sequence[Told],
    council: Council | None,
    today: date,
) -> tuple[date | None, date, date]:
    """When it is due, and the days from which articles may tell of it."""
    due = commitment.due
    if due is None and commitment.until:
        due = session_day(fact, commitment.until, facts, council)
    first = fact.published or due or today
    return due, first, max(first, min(today, (due or today) + AFTERWARDS))


def _commitment(
    fact: Told,
    commitment: Commitment,
    facts: Sequence[Told],
    council: Council | None,
    days: Sequence[date],
    looked: date | None,
    today: date,
    on_it: tuple[OnTheMatter, ...] | None,
) -> Promise:
    """What later articles tell of it; whether it was kept no rule can say."""
    due, first, last = _span(fact, commitment, facts, council, today)
    coverage = coverage_of(days, first, last, looked)
    task = _TASK.search(fact.quote)
    evidence: tuple[Told, ...] = ()
    put_off: tuple[Told, ...] = ()
    if task and re.search("HĐND|Thường trực|Ban|Tổ", commitment.who):
        kind = f"{task['kind']}{task['sort'] or ''}"
        span = (first, due or today)
        evidence = events(facts, fact.site, kind, commitment.who, span, ("held",), council)
        put_off = events(
            facts, fact.site, kind, commitment.who, span, ("postponed", "cancelled"), council
        )
    passages = on_it or ()
    if evidence or any(not one.puts_off for one in passages):
        state = "told"
    elif put_off or passages:
        state = "put-off"
    elif due is not None and due >= today:
        state = "not-due"
    else:
        blind = on_it is None and task is None
        state = "not-enough" if coverage.is_thin or due is None or blind else "none"
    return Promise(fact, state, due, None, evidence, coverage, (), put_off, passages)


def _plan(
    fact: Told,
    count: Count,
    facts: Sequence[Told],
    council: Council | None,
    days: Sequence[date],
    looked: date | None,
    today: date,
) -> Promise:
    planned = count.low if count.low is not None else count.high
    span = days_of(count.period)
    if span is None:
        first = fact.published or today
        coverage = coverage_of(days, first, max(first, today), looked)
        return Promise(fact, "not-enough", None, planned, (), coverage)
    last = span[1]
    coverage = coverage_of(days, span[0], last, looked)
    evidence = events(facts, fact.site, count.kind, count.actor, span, ("held",), council)
    put_off = events(
        facts, fact.site, count.kind, count.actor, span, ("postponed", "cancelled"), council
    )
    own = tuple(
        other
        for other in facts
        if isinstance(other.value, Count)
        and other.value.state == "reported"
        and other.value.kind == count.kind
        and other.value.period == count.period
        and same_body(other.value.actor, count.actor, council)
        and other.site == fact.site
    )
    if evidence and planned is not None and len(evidence) >= planned:
        state = "told"
    elif last >= today:
        state = "not-due"
    elif put_off and not evidence:
        state = "put-off"
    elif coverage.is_thin or of_no_sort(facts, fact.site, count.kind, count.actor, span, council):
        state = "not-enough"
    else:
        state = "partly" if evidence else "none"
    return Promise(fact, state, last, planned, evidence, coverage, own, put_off)


def days_of(period: str) -> tuple[date, date] | None:
    """The first and last day of a period: `2024`, `2024-Q2`, `2024-06`, `2024-Q1/2024-Q2`; None of
    any other."""
    if "/" in period:
        ends = [days_of(part) for part in period.split("/")]
        return (ends[0][0], ends[-1][1]) if ends[0] and ends[-1] else None
    match = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|(\d\d)))?", period)
    if match is None:
        return None
    year = int(match[1])
    first, last = 1, 12
    if match[2]:
        first, last = 3 * int(match[2]) - 2, 3 * int(match[2])
    elif match[3]:
        first = last = int(match[3])
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def coverage_of(
    days: Sequence[date], first: date, last: date, looked: date | None
) -> StretchCoverage:
    """What an archive with articles of these days, in their order, has of a stretch of time."""
    articles = bisect_right(days, last) - bisect_left(days, first)
    months, empty = 0, []
    for number in range(12 * first.year + first.month - 1, 12 * last.year + last.month):
        year, month = number // 12, number % 12 + 1
        begin = max(first, date(year, month, 1))
        end = min(last, date(year, month, monthrange(year, month)[1]))
        if bisect_left(days, begin) < bisect_right(days, end):
            months += 1
        else:
            empty.append(f"{year:04}-{month:02}")
    return StretchCoverage(first, last, max(articles, 0), months, tuple(empty), looked)
