"""People, bodies, posts, memberships and events as Popolo JSON (popoloproject.com/specs).

Only people in an office are in it. Dates of a membership come from a stated election, appointment
or dismissal and nowhere else; when it is first and last told of is told in keys of our own.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from council.councils import RANKED, is_own
from council.identity import Holding, Known, scope_of
from council.model import Activity, Council, Personnel, Told
from council.names import name_key

_STARTS = frozenset(["elected", "appointed"])
_ENDS = frozenset(["dismissed", "released"])

Decisions = dict[tuple[str, str, str], list[tuple[str, str, str]]]
"""What was decided, when, and the article that tells it, by site, folded name and folded title."""


def popolo(
    people: Sequence[Known[Told]], told: Iterable[Told], councils: Mapping[str, Council]
) -> dict[str, Any]:
    """One Popolo document: persons, organizations, posts, memberships, events."""
    facts, holders = list(told), in_office(people)
    decisions = decisions_of(facts)
    organizations: dict[str, dict[str, Any]] = {}
    posts: dict[str, dict[str, Any]] = {}
    memberships = []
    for known in holders:
        for holding in known.holdings:
            if holding.status == "candidate":
                continue
            organization = _organization(organizations, holding, known, councils)
            post = _post(posts, holding, organization, known.site)
            memberships.append(_membership(known, holding, post, organization, decisions))
    return {
        "persons": [_person(known) for known in holders],
        "organizations": list(organizations.values()),
        "posts": list(posts.values()),
        "memberships": memberships,
        "events": [_event(fact) for fact in facts if _is_event(fact)],
    }


def source(fact: Told) -> dict[str, str]:
    """Where a fact is told, as a Popolo link: the URL, and the version's digest in the note."""
    return {"url": fact.url, "note": f"{fact.article} {fact.version}: {fact.quote}"}


def sources(told: Iterable[Told]) -> list[dict[str, str]]:
    """The links of several facts, one for each version."""
    unique: dict[tuple[str, str], dict[str, str]] = {}
    for fact in told:
        unique.setdefault((fact.article, fact.version), source(fact))
    return list(unique.values())


def decisions_of(told: Iterable[Told]) -> Decisions:
    """The elections, appointments and dismissals among some facts that have a day or a month, by
    site, name and title."""
    found: Decisions = defaultdict(list)
    for fact in told:
        value = fact.value
        if isinstance(value, Personnel) and value.when and value.what in _STARTS | _ENDS:
            key = fact.site, name_key(value.person), name_key(value.title)
            found[key].append((value.what, value.when, fact.article))
    return found


def dates_of(known: Known[Told], holding: Holding[Told], decisions: Decisions) -> tuple[str, str]:
    """When a holding began and ended, as a day or a month; empty where no decision states it.

    Of several beginnings the first counts, of several ends the last, if no beginning follows it. A
    former holding has no beginning that no end follows: that is the next one's.
    """
    articles = {fact.article for fact in known.mentions}
    articles |= {fact.article for one in known.holdings for fact in one.told}
    of_title = [
        (what, when)
        for name in known.spellings | {known.name}
        for what, when, article in decisions.get(
            (known.site, name_key(name), name_key(holding.title)), ()
        )
        if article in articles
    ]
    starts = sorted(when for what, when in of_title if what in _STARTS)
    ends = sorted(when for what, when in of_title if what in _ENDS)
    ended = ends and (not starts or ends[-1] >= starts[-1])
    if holding.status == "former":
        earlier = [start for start in starts if ends and start <= ends[-1]]
        return earlier[0] if earlier else "", ends[-1] if ends else ""
    return starts[0] if starts else "", ends[-1] if ended else ""


def in_office(people: Iterable[Known[Told]]) -> list[Known[Told]]:
    """Those who hold or held an office, and were not candidates for one only."""
    return [known for known in people if any(one.status != "candidate" for one in known.holdings)]


def identifier(*parts: str) -> str:
    """An id that follows from what it names."""
    return hashlib.sha256("\n".join(map(name_key, parts)).encode()).hexdigest()[:16]


def _person(known: Known[Told]) -> dict[str, Any]:
    told = known.mentions or [fact for holding in known.holdings for fact in holding.told]
    others = sorted(known.spellings - {known.name})
    return {
        "id": known.key,
        "name": known.name,
        "other_names": [{"name": name} for name in others],
        "sources": sources(told),
        **_bounds(told),
    }


def _organization(
    found: dict[str, dict[str, Any]],
    holding: Holding[Told],
    known: Known[Told],
    councils: Mapping[str, Council],
) -> str:
    """The id of the body that a post is of; empty where no article and no description names it."""
    council = councils.get(known.site)
    name = holding.body
    if not name:
        return ""
    named = RANKED.search(name)
    own = named and council and is_own(named["rank"], named["place"] or "", council)
    if council and name_key(name).endswith(f" {name_key(council.place)}"):
        name = name[: -len(council.place)].strip()
    scope = scope_of(holding.title, council)
    ward = known.scope if scope == "phường" else scope
    key = identifier(known.site, name, ward if ward.startswith("phường") else "")
    found.setdefault(
        key,
        {
            "id": key,
            "name": name,
            "classification": "public body",
            **({"jurisdiction": f"{council.level} {council.place}"} if own and council else {}),
        },
    )
    return key


def _post(
    found: dict[str, dict[str, Any]], holding: Holding[Told], organization: str, site: str
) -> str:
    key = identifier(organization or site, holding.role)
    found.setdefault(
        key,
        {
            "id": key,
            "label": holding.title,
            "role": holding.role,
            **_of(organization),
        },
    )
    return key


def _of(organization: str) -> dict[str, str]:
    return {"organization_id": organization} if organization else {}


def _membership(
    known: Known[Told],
    holding: Holding[Told],
    post: str,
    organization: str,
    decisions: Decisions,
) -> dict[str, Any]:
    start, end = dates_of(known, holding, decisions)
    dates = {name: day for name, day in (("start_date", start), ("end_date", end)) if day}
    return {
        "id": identifier(known.key, post, holding.status),
        "person_id": known.key,
        **_of(organization),
        "post_id": post,
        "role": holding.role,
        "label": holding.title,
        **dates,
        "sources": sources(holding.told),
        "status": "former" if end else holding.status,
        **_bounds(holding.told),
    }


def _bounds(told: Iterable[Told]) -> dict[str, str]:
    """When it is first and last told of: evidence, not the time of the thing itself."""
    days = sorted(fact.published.isoformat() for fact in told if fact.published)
    return {"first_evidence": days[0], "last_evidence": days[-1]} if days else {}


def _is_event(fact: Told) -> bool:
    return isinstance(fact.value, Activity) and fact.value.state != "planned"


def _event(fact: Told) -> dict[str, Any]:
    activity = fact.value
    assert isinstance(activity, Activity)
    return {
        "id": fact.id,
        "name": f"{activity.kind} {activity.when.label}",
        "classification": activity.kind,
        "start_date": activity.when.first.isoformat(),
        "end_date": activity.when.last.isoformat(),
        "status": activity.state,
        "sources": [source(fact)],
    }
