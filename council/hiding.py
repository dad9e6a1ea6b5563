"""What a reader decided about people, held against the facts: who is hidden, which keys are none.

Who is hidden is in no answer of the facts: no mention, no post, no decision, not as a chair. The
quoted words of other facts are the article's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from council.bearers import Bearer
from council.identity import Decisions, key_of, known_of, scope_in
from council.model import Activity, Commitment, Council, Person, Personnel, Post, Told
from council.names import name_key

HiddenNames = frozenset[tuple[str, str, str]]
"""Site, article and folded name of each mention of somebody who is hidden."""


def hidden_names(
    named: Iterable[Bearer], councils: Mapping[str, Council], decisions: Decisions
) -> HiddenNames:
    """Where those whose keys are hidden are named."""
    if not decisions.hidden:
        return frozenset()
    shown = replace(decisions, hidden=frozenset())
    return frozenset(
        (fact.site, fact.article, name_key(spelling))
        for known in known_of(named, councils, shown)
        if known.key in decisions.hidden
        for fact in (*known.mentions, *(one for post in known.holdings for one in post.told))
        for spelling in known.spellings
    )


def shown_bearers(named: Iterable[Bearer], hidden: HiddenNames) -> Iterator[Bearer]:
    """The names in an office without those of people who are hidden."""
    return (one for one in named if (one.site, one.article, one.folded) not in hidden)


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
    named: Sequence[Bearer],
    councils: Mapping[str, Council],
    decisions: Decisions,
    articles: frozenset[str],
) -> tuple[str, ...]:
    """What is written as a decision and means nobody: keys of no person, articles that are not
    here."""
    apart = replace(decisions, same=(), hidden=frozenset())
    known = {one.key for made in (Decisions(), apart) for one in known_of(named, councils, made)}
    for one in named:
        for _, post, _ in one.posts:
            scope = scope_in(one.article, post.title, councils.get(one.site))
            known.add(key_of(one.folded, one.site, scope))
    keys = [key for pair in (*decisions.same, *decisions.apart) for key in pair]
    keys += [*decisions.hidden, *(key for key, _ in decisions.others)]
    ids = {article for _, those in decisions.others for article in those}
    return tuple(sorted({*keys} - known) + sorted(ids - articles))


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
