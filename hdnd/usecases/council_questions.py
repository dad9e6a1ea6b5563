"""Who, what, when: the questions to the facts of an archive."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from archive.ground.errors import UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from council import Activity
from council.events import EVENT_KINDS
from council.model import Told
from council.oddities import Oddity, oddities
from council.promises import Promise, promises
from hdnd.usecases.council_facts import open_facts
from hdnd.usecases.saying import says

_TEAM = re.compile(r"^t[ổo] (?:s[ốo] )?(?=\d+$)", re.IGNORECASE)
"""`tổ 6` is Tổ đại biểu số 6."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked through: facts, the articles held, their first and last day."""

    facts: int
    articles: int
    first: date | None
    last: date | None


By = Literal["type", "ward", "month", "chair"]
"""What activities can be counted by."""
KNOWN_KINDS = EVENT_KINDS
"""The kinds of activities that can be asked for."""


def activities(
    home: Home,
    *,
    kind: str = "",
    first: date | None = None,
    last: date | None = None,
    chair: str = "",
    body: str = "",
    state: str = "",
) -> list[Told]:
    """The activities that articles tell of, by day; one event in two articles comes once.

    Raises `UsageError` for a kind that there is not.
    """
    every = every_activity(home)
    found = events(every, kind=kind, first=first, last=last, chair=chair, body=body, state=state)
    return with_words(home, found)


def every_activity(home: Home) -> list[Told]:
    """Every fact on an activity, without its words."""
    with open_facts(home) as archive:
        return archive.told("activity")


def with_words(home: Home, told: Iterable[Told]) -> list[Told]:
    """The same facts, each with the passage that it is part of."""
    with open_facts(home) as archive:
        return archive.with_words(told)


def events(
    told: Iterable[Told],
    *,
    kind: str = "",
    first: date | None = None,
    last: date | None = None,
    chair: str = "",
    body: str = "",
    state: str = "",
) -> list[Told]:
    """The activities among some facts that are asked for, each event once; raises `UsageError`."""
    if kind:
        check_kind(kind, KNOWN_KINDS)
    found: dict[tuple[object, ...], Told] = {}
    for fact in told:
        if _is_asked(fact, kind, first, last, chair, body, state):
            found.setdefault(_event(fact), fact)
    return sorted(found.values(), key=lambda one: (_first(one), one.article))


def check_kind(typed: str, known: Sequence[str]) -> None:
    """Raise `UsageError` where what was typed names none of the known kinds."""
    if not any(says(typed, kind) for kind in known):
        raise UsageError(
            "usecases.no-kind", kind=typed, hint=Message("usecases.known-kinds", known=known)
        )


def looked_through(home: Home, *kinds: str) -> Looked:
    """How much a question to these kinds of facts looks through."""
    with open_facts(home) as archive:
        days = sorted(day for _, day in archive.published)
        return Looked(
            archive.how_many(*kinds),
            len(archive.ids),
            days[0] if days else None,
            days[-1] if days else None,
        )


def _event(fact: Told) -> tuple[object, ...]:
    """What makes two articles tell of one event."""
    activity = fact.value
    assert isinstance(activity, Activity)
    return fact.site, activity.kind, activity.when.first, activity.wards, activity.body


def _is_asked(
    fact: Told,
    kind: str,
    first: date | None,
    last: date | None,
    chair: str,
    body: str,
    state: str,
) -> bool:
    activity = fact.value
    assert isinstance(activity, Activity)
    return not (
        (kind and not says(kind, activity.kind))
        or (first and activity.when.last < first)
        or (last and activity.when.first > last)
        or (chair and not any(says(chair, name) for name in activity.chairs))
        or (body and not says(_TEAM.sub("tổ đại biểu số ", body), activity.body))
        or (state and activity.state != state)
    )


def counted(found: Iterable[Told], by: By) -> list[tuple[str, int]]:
    """Activities counted by type, ward, month or chair; most first, months in their order."""
    counts: Counter[str] = Counter()
    for fact in found:
        activity = fact.value
        assert isinstance(activity, Activity)
        if by == "type":
            counts[activity.kind] += 1
        elif by == "ward":
            counts.update(activity.wards or ("—",))
        elif by == "month":
            counts[f"{activity.when.first:%Y-%m}"] += 1
        else:
            counts.update(activity.chairs or ("—",))
    if by == "month":
        return sorted(counts.items())
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def promised(
    home: Home,
    *,
    year: int | None = None,
    due: tuple[date | None, date | None] = (None, None),
    state: str = "",
    today: date | None = None,
) -> list[Promise]:
    """Plans and commitments with their states."""
    found = every_promise(home, today or date.today())
    return quoted(home, (one for one in found if is_due(one, year=year, due=due, state=state)))


def every_promise(home: Home, today: date) -> list[Promise]:
    """All plans and commitments with their states, without their words."""
    with open_facts(home) as archive:
        told = archive.told("commitment", "count", "activity", "session")
        return promises(
            told, archive.councils, archive.published, archive.looked, today, archive.texts
        )


def quoted(home: Home, found: Iterable[Promise]) -> list[Promise]:
    """The same plans and commitments, each with the passage that it is part of."""
    chosen = list(found)
    shown = with_words(home, (one.told for one in chosen))
    return [replace(one, told=fact) for one, fact in zip(chosen, shown, strict=True)]


def is_due(
    one: Promise,
    *,
    year: int | None = None,
    due: tuple[date | None, date | None] = (None, None),
    state: str = "",
) -> bool:
    """Whether it is of a state, and due within a year and some days."""
    return (
        (year is None or (one.due is not None and one.due.year == year))
        and (due[0] is None or (one.due is not None and one.due >= due[0]))
        and (due[1] is None or (one.due is not None and one.due <= due[1]))
        and (not state or one.state == state)
    )


def odd(home: Home) -> list[Oddity]:
    """What looks odd in the articles of an archive."""
    with open_facts(home) as archive:
        told = archive.told("activity", "impossible", "term", "vote", "session", "count")
        found = oddities(told, archive.councils)
        return [replace(one, told=tuple(archive.with_words(one.told))) for one in found]


def facts_in(home: Home, article: str) -> list[Told]:
    """Every fact of an article's standing version, as it stands in it.

    Raises `UsageError` for an article that is not here, `Withheld` for one not to be shown.
    """
    from archive.catalogue.fact_tables import TABLE_OF

    with open_facts(home) as archive:
        record = archive.reader.article(article)
        if record is None:
            raise UsageError(
                "usecases.no-article",
                article=article,
                home=home.path,
                hint=Message("usecases.search-prints-ids"),
            )
        told = archive.with_words(archive.told(*TABLE_OF, article=record.id))
    order = {"title": 0, "lead": 1}
    return sorted(
        told, key=lambda fact: (order.get(fact.field, 2), fact.number, fact.start, fact.end)
    )


def _first(fact: Told) -> date:
    assert isinstance(fact.value, Activity)
    return fact.value.when.first
