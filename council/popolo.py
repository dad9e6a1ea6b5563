"""People, bodies, posts, memberships and events as Popolo JSON (popoloproject.com/specs).

Only people in an office are in it. Dates of a membership come from a stated election, appointment
or dismissal and nowhere else; when it is first and last told of is told in keys of our own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from council.identity import Holding, Known, scope_of
from council.model import Activity, Council, Personnel, Told
from council.names import name_key

_STARTS = frozenset(["elected", "appointed"])
_ENDS = frozenset(["dismissed", "released"])


def popolo(
    people: Sequence[Known[Told]], told: Iterable[Told], councils: Mapping[str, Council]
) -> dict[str, Any]:
    """One Popolo document: persons, organizations, posts, memberships, events."""
    facts = list(told)
    organizations: dict[str, dict[str, Any]] = {}
    posts: dict[str, dict[str, Any]] = {}
    memberships = []
    for known in people:
        for holding in known.holdings:
            if holding.status == "candidate":
                continue
            organization = _organization(organizations, holding, known, councils)
            post = _post(posts, holding, organization)
            memberships.append(_membership(known, holding, post, organization, facts))
    return {
        "persons": [_person(known) for known in people],
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


def dates_of(known: Known[Told], holding: Holding[Told], facts: Iterable[Told]) -> tuple[str, str]:
    """The stated first and last day of a holding, empty where none is stated."""
    start = end = ""
    for fact in facts:
        decision = fact.value
        if (
            not isinstance(decision, Personnel)
            or fact.site != known.site
            or name_key(decision.person) != name_key(known.name)
            or name_key(decision.title) != name_key(holding.title)
            or fact.published is None
        ):
            continue
        day = event_day(fact, facts)
        if decision.what in _STARTS and not start:
            start = day
        elif decision.what in _ENDS:
            end = day
    return start, end


def event_day(fact: Told, facts: Iterable[Told]) -> str:
    """The day of the event that an article's decision was taken at, if it states one."""
    days = [
        other.value.when.first.isoformat()
        for other in facts
        if isinstance(other.value, Activity)
        and other.article == fact.article
        and other.version == fact.version
        and other.value.state == "held"
    ]
    return days[0] if days else ""


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
    council = councils.get(known.site)
    name = holding.body or known.scope or known.site
    if council and name_key(name).endswith(f" {name_key(council.place)}"):
        name = name[: -len(council.place)].strip()
    scope = scope_of(holding.title, council)
    ward = known.scope if scope == "phường" or not holding.body else scope
    key = identifier(known.site, name, ward if ward.startswith("phường") else "")
    found.setdefault(
        key,
        {
            "id": key,
            "name": name,
            "classification": "public body",
            "jurisdiction": f"{council.level} {council.place}" if council else known.site,
        },
    )
    return key


def _post(found: dict[str, dict[str, Any]], holding: Holding[Told], organization: str) -> str:
    key = identifier(organization, holding.role)
    found.setdefault(
        key,
        {
            "id": key,
            "label": holding.title,
            "role": holding.role,
            "organization_id": organization,
        },
    )
    return key


def _membership(
    known: Known[Told], holding: Holding[Told], post: str, organization: str, facts: Sequence[Told]
) -> dict[str, Any]:
    start, end = dates_of(known, holding, facts)
    dates = {name: day for name, day in (("start_date", start), ("end_date", end)) if day}
    return {
        "id": identifier(known.key, post, holding.status),
        "person_id": known.key,
        "organization_id": organization,
        "post_id": post,
        "role": holding.role,
        "label": holding.title,
        **dates,
        "sources": sources(holding.told),
        "status": holding.status,
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
