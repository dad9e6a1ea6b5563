"""What a reader decided about people, held against the facts: who is hidden, which keys are none.

Who is hidden is in no answer of the facts: no mention, no post, no decision, not as a chair. The
quoted words of other facts are the article's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from council.identity import Decisions, key_of, people, scope_of
from council.model import Activity, Commitment, Council, Person, Personnel, Post, Told
from council.names import name_key

HiddenNames = frozenset[tuple[str, str, str]]
"""Site, article and folded name of each mention of somebody who is hidden."""


def hidden_names(
    told: Iterable[Told], councils: Mapping[str, Council], decisions: Decisions
) -> HiddenNames:
    """Where those whose keys are hidden are named; `told` are the facts on people and posts."""
    if not decisions.hidden:
        return frozenset()
    shown = replace(decisions, hidden=frozenset())
    return frozenset(
        (fact.site, fact.article, name_key(spelling))
        for known in people(told, councils, shown)
        if known.key in decisions.hidden
        for fact in (*known.mentions, *(one for post in known.holdings for one in post.told))
        for spelling in known.spellings
    )


def without(told: Iterable[Told], hidden: HiddenNames) -> Iterator[Told]:
    """The facts without those on people who are hidden; activities without them as chairs."""
    for fact in told:
        names = _names(fact)
        gone = {name for name in names if (fact.site, fact.article, name_key(name)) in hidden}
        if not gone:
            yield fact
        elif isinstance(fact.value, Activity):
            chairs = tuple(name for name in fact.value.chairs if name not in gone)
            yield replace(fact, value=replace(fact.value, chairs=chairs))


def unknown_keys(
    told: Sequence[Told],
    councils: Mapping[str, Council],
    decisions: Decisions,
    articles: frozenset[str],
) -> tuple[str, ...]:
    """What is written as a decision and means nobody: keys of no person, articles that are not
    here."""
    apart = replace(decisions, same=(), hidden=frozenset())
    known = {one.key for made in (Decisions(), apart) for one in people(told, councils, made)}
    for fact in told:
        if isinstance(fact.value, Post):
            scope = scope_of(fact.value.title, councils.get(fact.site))
            known.add(key_of(fact.value.person, fact.site, scope))
    keys = [key for pair in (*decisions.same, *decisions.apart) for key in pair]
    keys += [*decisions.hidden, *(key for key, _ in decisions.others)]
    named = {article for _, those in decisions.others for article in those}
    return tuple(sorted({*keys} - known) + sorted(named - articles))


def _names(fact: Told) -> tuple[str, ...]:
    match fact.value:
        case Person(name):
            return (name,)
        case Post(person) | Personnel(_, person):
            return (person,)
        case Activity() as activity:
            return activity.chairs
        case Commitment(who):
            return (who,)
    return ()
