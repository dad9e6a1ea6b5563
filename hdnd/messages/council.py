"""Facts, promises and oddities in words: what is written, never a judgement.

What articles say (names, bodies, kinds of activities and documents) stays Vietnamese in English
words too. In files for programs everything is told in Vietnamese.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from archive.ground.message import Message
from council.model import (
    Activity,
    Award,
    Cited,
    Commitment,
    Count,
    DatedPeriod,
    Impossible,
    Money,
    Person,
    Personnel,
    Post,
    Session,
    Term,
    Told,
    Vote,
)
from council.oddities import Oddity
from council.promises import Promise, StretchCoverage
from hdnd.messages.telling import told

if TYPE_CHECKING:
    from archive.ground.message import Value
    from hdnd.messages.language import Language

NOT_ALL = Message("council.not-all")
"""Beneath every list of activities on a terminal."""

_STATUS = {
    "former": "council.former",
    "acting": "council.acting",
    "elected": "council.holds-elected",
    "candidate": "council.candidate",
}
_DECISIONS = {
    "elected": "council.elected",
    "appointed": "council.appointed",
    "nominated": "council.nominated",
    "not elected": "council.not-elected",
    "dismissed": "council.dismissed",
    "released": "council.released",
}
_STATES = {
    "planned": "council.planned",
    "postponed": "council.postponed",
    "cancelled": "council.cancelled",
}
_WEEKDAYS = (
    "council.monday",
    "council.tuesday",
    "council.wednesday",
    "council.thursday",
    "council.friday",
    "council.saturday",
    "council.sunday",
)
_NAMED = 3
"""So many months without an article are named."""


def fact_words(fact: Told, language: Language = "vi") -> str:
    """A fact in a line."""
    return told(_fact(fact), language)


def status_words(status: str, language: Language = "vi") -> str:
    """How a post is held, empty for a current one."""
    return told(Message(_STATUS[status]), language) if status in _STATUS else ""


def promise_words(promise: Promise, language: Language = "vi") -> str:
    """The state of a plan or a commitment, with the coverage beside what is not there."""
    parts = [_state(promise)]
    if (late := _late(promise)) and promise.state != "put-off":
        parts.append(Message("council.put-off-too", count=len(late), articles=late))
    if promise.own:
        parts.append(Message("council.own-total", totals=[_fact(fact) for fact in promise.own]))
    return told(Message("council.promise", parts=parts), language)


def oddity_words(oddity: Oddity, language: Language = "vi") -> str:
    """What is written, and what it may be."""
    return told(_oddity(oddity), language)


def _as_written(text: str) -> Message:
    return Message("council.as-written", text=text)


def _fact(fact: Told) -> Message:
    match fact.value:
        case Person(name, _, private):
            return Message("council.no-office-named", name=name) if private else _as_written(name)
        case Post(status=status) as post:
            named = {"person": post.person, "title": post.title}
            if status not in _STATUS:
                return Message("council.post", **named)
            return Message("council.post-held-so", **named, status=Message(_STATUS[status]))
        case Cited() as cited:
            year = f" ({cited.dated})" if cited.dated else ""
            issuer = f", {cited.issuer}" if cited.issuer else ""
            return _as_written(f"{cited.label}{year}{issuer}")
        case Term(number, years, body):
            numbered = [Message("council.term-number", number=number)] if number else []
            named_years = ["-".join(map(str, years))] if years else []
            return Message("council.term", parts=[*filter(None, [body]), *numbered, *named_years])
        case Session() as session:
            return _session(session)
        case DatedPeriod() as when:
            return _when(when)
        case Impossible(what, _):
            return _as_written(what)
        case Activity() as activity:
            return _activity(activity)
        case Count() as count:
            return _count(count)
        case Personnel(what, person, title, _):
            who = f"{person}, {title}" if title else person
            return Message(_DECISIONS[what], who=who)
        case Commitment(who, due, until):
            if by := due or until:
                return Message("council.due", who=who, by=by)
            return Message("council.no-day", who=who)
        case Vote() as vote:
            return _vote(vote)
        case Money(dong, up_to):
            if up_to:
                return Message("council.money-between", low=dong, high=up_to)
            return Message("council.money", dong=dong)
        case Award(name):
            return _as_written(name)


def _session(session: Session) -> Message:
    match session:
        case Session(number, "", None):
            return Message("council.session", number=number)
        case Session(number, kind, None):
            return Message("council.session-of-kind", number=number, kind=kind)
        case Session(number, "", term):
            return Message("council.session-of-term", number=number, term=term or 0)
        case Session(number, kind, term):
            return Message(
                "council.session-of-kind-and-term", number=number, kind=kind, term=term or 0
            )


def _when(when: DatedPeriod) -> Message:
    first, last = when.first, when.last
    if when.unit == "month":
        return Message("council.month", month=f"{first.month}/{first.year}")
    if when.unit == "quarter":
        if _quarter(first) == _quarter(last):
            return Message("council.quarter", quarter=_quarter(first))
        return Message("council.quarters", first=_quarter(first), last=_quarter(last))
    if first == last:
        return Message("council.day", day=first)
    return Message("council.days", first=first, last=last)


def _quarter(day: date) -> str:
    return f"{(day.month + 2) // 3}/{day.year}"


def _activity(activity: Activity) -> Message:
    """What took place, when, by whom, who chaired."""
    when = Message("council.activity-when", kind=activity.kind, when=_when(activity.when))
    parts: list[Value] = [when]
    if activity.state in _STATES:
        parts.append(Message(_STATES[activity.state]))
    if activity.body:
        parts.append(activity.body)
    if activity.wards:
        parts.append(_wards(activity.wards))
    if activity.chairs:
        parts.append(Message("council.chaired", chairs=activity.chairs))
    return Message("council.parts", parts=parts)


def _wards(wards: Sequence[str]) -> list[Value]:
    """Wards by name, communes and towns with their rank."""
    named = [ward for ward in wards if not ward.startswith(("xã ", "thị trấn ", "đặc khu "))]
    others = [ward for ward in wards if ward not in named]
    return [*([Message("council.wards", wards=named)] if named else []), *others]


def _count(count: Count) -> Message:
    """How many of what, by whom, in which period."""
    low, high = count.low, count.high
    number: Value
    if low is None:
        number = Message("council.at-most", number=high or 0)
    elif high is None:
        number = Message("council.at-least", number=low)
    elif low == high:
        number = low
    else:
        number = Message("council.between", low=low, high=high)
    about: list[Value] = [*filter(None, [count.actor, count.period])]
    if count.state in _STATES:
        about.append(Message(_STATES[count.state]))
    if about:
        return Message("council.count-about", number=number, kind=count.kind, about=about)
    return Message("council.count", number=number, kind=count.kind)


def _vote(vote: Vote) -> Message:
    """Votes, their level and their share, as stated."""
    parts: list[Value] = []
    if vote.votes is not None:
        parts.append(f"{vote.votes}/{vote.of}" if vote.of else str(vote.votes))
    if vote.level:
        parts.append(vote.level)
    if vote.share is not None:
        parts.append(Message("council.share", share=vote.share / 100))
    return Message("council.parts", parts=parts)


def _state(promise: Promise) -> Message:
    """What the archive has of a promise."""
    coverage = _coverage(promise.coverage)
    articles = [fact.article for fact in promise.evidence]
    articles += [one.article for one in promise.passages if not one.puts_off]
    found: dict[str, Value] = {"articles": list(dict.fromkeys(articles))}
    if promise.planned is not None:
        found |= {"done": len(promise.evidence), "planned": promise.planned}
    so_far = [Message("council.so-far" if "planned" in found else "council.so-far-on-it", **found)]
    match promise.state:
        case "told":
            code = "council.told-of-planned" if "planned" in found else "council.told"
            return Message(code, **found)
        case "partly":
            return Message("council.partly", coverage=coverage, **found)
        case "none":
            return Message("council.none", coverage=coverage)
        case "put-off":
            late = _late(promise)
            return Message("council.put-off", count=len(late), articles=late)
        case "not-due":
            parts = [Message("council.not-due")]
        case _:
            parts = [Message("council.not-enough", coverage=coverage)]
    return Message("council.promise", parts=parts + so_far * bool(articles))


def _late(promise: Promise) -> list[str]:
    """The articles that say that it was put off or not held."""
    late = [fact.article for fact in promise.put_off]
    late += [one.article for one in promise.passages if one.puts_off]
    return list(dict.fromkeys(late))


def _coverage(coverage: StretchCoverage) -> Message:
    """What the archive has of a time, so that nobody takes its gaps for the council's."""
    values: dict[str, Value] = {
        "articles": coverage.articles,
        "first": coverage.first,
        "last": coverage.last,
        "months": coverage.months,
        "looked": coverage.looked or Message("council.never-looked"),
    }
    if not coverage.empty:
        return Message("council.coverage", **values)
    named = [f"{month[5:]}/{month[:4]}" for month in coverage.empty[:_NAMED]]
    if len(coverage.empty) > _NAMED:
        named[-1] += " …"
    return Message("council.coverage-with-gaps", **values, gaps=len(coverage.empty), named=named)


def _oddity(oddity: Oddity) -> Message:
    first, stated, perhaps = oddity.told[0], oddity.stated, oddity.perhaps
    published = first.published or "?"
    match oddity.code:
        case "year-slip":
            return Message(
                "council.year-slip",
                stated=date.fromisoformat(stated),
                perhaps=date.fromisoformat(perhaps),
                published=published,
            )
        case "impossible-date":
            return Message("council.impossible-date", stated=stated, published=published)
        case "weekday":
            assert isinstance(first.value, Impossible)
            assert first.value.day is not None
            weekday = Message(_WEEKDAYS[first.value.day.weekday()])
            return Message("council.weekday", stated=stated, weekday=weekday)
        case "term-years":
            return Message("council.term-years", stated=stated, described=perhaps)
        case "share-too-high":
            shares = [
                Message("council.share", share=float(share.rstrip("%")))
                for share in (stated, perhaps)
            ]
            return Message("council.share-too-high", stated=shares[0], reckoned=shares[1])
        case "more-votes-than-voters":
            return Message("council.more-votes-than-voters", stated=stated)
        case "session-order":
            return Message("council.session-order", stated=stated)
        case _:
            return Message("council.totals-differ", stated=stated)
