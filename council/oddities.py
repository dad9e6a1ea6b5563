"""What looks odd in an article or between two: pointed at, never judged.

Each oddity names its code, the facts it rests on, and what may have been meant. Only what is odd
for a reason that can be shown counts: a year that slipped, a day that no calendar has, a weekday
that is not that day's, a term with the years of another, sessions out of order, totals that differ.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from council.councils import COUNCIL_NAMED, RANKED, is_own, rank_of, rank_unsaid
from council.model import Activity, Council, Count, Impossible, Session, Term, Told, Vote
from council.names import name_key
from council.year_slips import slipped_years

_BESIDE = re.compile(r"[Kk][ỳì] họp[^,.;]{0,40},?(?: của)? $")
_TOTALS = frozenset(
    ["kỳ họp", "giải trình", "giám sát", "khảo sát", "nghị quyết", "tiếp xúc cử tri"]
)


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd: `stated` is what is written, `perhaps` what may be meant, if that is known.

    `code` is year-slip, impossible-date, weekday, term-years, session-order, totals-differ,
    share-too-high or more-votes-than-voters.
    """

    code: str
    told: tuple[Told, ...]
    stated: str
    perhaps: str = ""


def oddities(told: Iterable[Told], councils: Mapping[str, Council]) -> list[Oddity]:
    """Everything odd in what articles tell; `councils` by site. In the order of the articles."""
    facts = list(told)
    found = [
        oddity for fact in facts for oddity in _in_one(fact, councils.get(fact.site)) if oddity
    ]
    found += [
        Oddity("year-slip", (fact,), stated.isoformat(), meant.isoformat())
        for fact, stated, meant in slipped_years(facts, councils)
    ]
    found += _sessions_out_of_order(facts, councils)
    found += _totals_that_differ(facts)
    return sorted(found, key=lambda oddity: (oddity.told[0].article, oddity.code, oddity.stated))


def _in_one(fact: Told, council: Council | None) -> Iterator[Oddity | None]:
    match fact.value:
        case Impossible(what, day):
            yield Oddity("weekday" if day else "impossible-date", (fact,), what)
        case Term():
            yield _wrong_years(fact, fact.value, council)
        case Vote():
            yield _share_too_high(fact, fact.value)
            yield _more_votes_than_voters(fact, fact.value)


def _wrong_years(fact: Told, term: Term, council: Council | None) -> Oddity | None:
    if council is None or term.number is None or term.years is None:
        return None
    named = RANKED.search(term.body)
    if named is None or not is_own(named["rank"], named["place"] or "", council):
        return None
    known = council.terms.get(term.number)
    if known is None or known == term.years:
        return None
    return Oddity(
        "term-years",
        (fact,),
        f"khóa {term.number}, {term.years[0]}-{term.years[1]}",
        f"khóa {term.number}, {known[0]}-{known[1]}",
    )


def _share_too_high(fact: Told, vote: Vote) -> Oddity | None:
    """A share may be lower than votes of those present, as it is of all deputies; not higher."""
    if vote.share is None or vote.votes is None or not vote.of or vote.votes > vote.of:
        return None
    exact = 10000 * vote.votes / vote.of
    # 30/31 is 96,8 % or 97 % as far as the digits go that are written.
    unit = 100 if vote.share % 100 == 0 else 10 if vote.share % 10 == 0 else 1
    counted = round(exact)
    if vote.share <= max(exact + unit / 2, counted + 1):
        return None
    return Oddity("share-too-high", (fact,), f"{vote.share / 100:.2f}%", f"{counted / 100:.2f}%")


def _more_votes_than_voters(fact: Told, vote: Vote) -> Oddity | None:
    if vote.votes is None or not vote.of or vote.votes <= vote.of:
        return None
    return Oddity("more-votes-than-voters", (fact,), f"{vote.votes}/{vote.of}")


def _sessions_out_of_order(facts: list[Told], councils: Mapping[str, Council]) -> Iterator[Oddity]:
    """A session of a term that was held before one with a lower number."""
    held: dict[tuple[str, int, str], list[tuple[int, date, Told]]] = defaultdict(list)
    sentences = {
        (fact.version, fact.article, fact.number, fact.field): fact
        for fact in facts
        if isinstance(fact.value, Activity)
        and fact.value.kind in ("kỳ họp", "chất vấn")
        and fact.value.state == "held"
    }
    for fact in facts:
        session = fact.value
        event = sentences.get((fact.version, fact.article, fact.number, fact.field))
        if not isinstance(session, Session) or event is None or session.term is None:
            continue
        council = councils.get(fact.site)
        ranked = RANKED.search(session.body)
        if session.body == "Quốc hội" or (
            council and ranked and rank_of(ranked["rank"]) != council.level
        ):
            continue
        assert isinstance(event.value, Activity)
        if (
            event.start <= fact.start < event.end
            and not _is_occasion(event.quote, fact.quote)
            and _is_own(event.quote, fact.start - event.start, council)
            and (whose := "own" if council else _named(event.quote, fact.start - event.start))
        ):
            day = event.value.when.first
            held[fact.site, session.term, whose].append((session.number, day, fact))
    for numbers in held.values():
        ordered = sorted(numbers, key=lambda one: (one[1], one[0]))
        for earlier, later in pairwise(ordered):
            if earlier[0] > later[0] and earlier[1] < later[1]:
                yield Oddity(
                    "session-order",
                    (earlier[2], later[2]),
                    f"{earlier[0]}: {earlier[1]}; {later[0]}: {later[1]}",
                )


def _is_occasion(sentence: str, session: str) -> bool:
    before = r"(?:[Tt]rước|[Ss]au|trình|tại|[Nn]ghị quyết|[Kk]ết luận)(?: của| tại)?"
    return re.search(rf"{before} {re.escape(session)}", sentence) is not None


def _nearest(sentence: str, session: int) -> re.Match[str] | None:
    """The council that is named beside a session, else the last one before it."""
    names = list(COUNCIL_NAMED.finditer(sentence))
    beside = [m for m in names if m.start() > session and _BESIDE.search(sentence[: m.start()])]
    before = [m for m in names if m.start() < session]
    return next(iter(beside[:1] or before[-1:]), None)


def _named(sentence: str, session: int) -> str:
    """Whose session it is on a site without a council of its own: its place; empty if unsaid."""
    named = _nearest(sentence, session)
    if named is None or not named["rank"] or not named["place"]:
        return ""
    return f"{rank_of(named['rank'])} {name_key(named['place'])}"


def _is_own(sentence: str, session: int, council: Council | None) -> bool:
    """Whether the council named beside a session, or last before it, is the site's own."""
    if council is None:
        return True
    named = _nearest(sentence, session)
    if named is None:
        return True
    unsaid = "" if named["rank"] else rank_unsaid(sentence, named.end())
    if unsaid and rank_of(unsaid) != council.level:
        return False
    return not named["assembly"] and is_own(named["rank"] or "", named["place"] or "", council)


def _totals_that_differ(facts: list[Told]) -> Iterator[Oddity]:
    """The same exact total of the same body and period, told in two ways by two articles."""
    totals: dict[tuple[str, str, str, str], list[tuple[int, Told]]] = defaultdict(list)
    for fact in facts:
        count = fact.value
        if (
            isinstance(count, Count)
            and count.state == "reported"
            and count.low is not None
            and count.low == count.high
            and count.kind in _TOTALS
            and count.actor
            and len(count.period) == 4
        ):
            key = (fact.site, count.kind, count.actor, count.period)
            totals[key].append((count.low, fact))
    for (_, kind, _, period), told in totals.items():
        by_article = {fact.article: (n, fact) for n, fact in told}
        if len({n for n, _ in by_article.values()}) > 1:
            shown = sorted(by_article.values(), key=lambda one: one[1].article)
            stated = ", ".join(str(n) for n, _ in shown)
            yield Oddity(
                "totals-differ", tuple(fact for _, fact in shown), f"{kind} {period}: {stated}"
            )
