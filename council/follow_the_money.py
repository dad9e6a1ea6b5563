"""People, bodies, posts and documents as FollowTheMoney entities (followthemoney.tech, 3.x/4.x).

One entity a line: Person, PublicBody, Position, Occupancy, Event. Every property is a list; the
dates of an Occupancy are those of a stated election, appointment or dismissal, a day or a month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from council.councils import RANKED, is_own
from council.identity import Holding, Known
from council.model import Activity, Council, Told
from council.popolo import Decisions, dates_of, decisions_of, identifier, in_office

_STATUS = {"current": "current", "acting": "current", "elected": "current", "former": "ended"}


def entities(
    people: Sequence[Known[Told]], told: Iterable[Told], councils: Mapping[str, Council]
) -> Iterator[dict[str, Any]]:
    """The entities, those that others refer to first."""
    facts = list(told)
    decisions = decisions_of(facts)
    seen: set[str] = set()
    for known in in_office(people):
        mentions = known.mentions or [fact for one in known.holdings for fact in one.told]
        yield _entity(
            f"hdnd-{identifier(known.key)}",
            "Person",
            name=[known.name],
            alias=sorted(known.spellings - {known.name}),
            position=sorted({holding.title for holding in known.holdings}),
            sourceUrl=_urls(mentions),
        )
        for holding in known.holdings:
            if holding.status == "candidate":
                continue
            yield from _held(known, holding, decisions, councils.get(known.site), seen)
    for fact in facts:
        if isinstance(fact.value, Activity) and fact.value.state == "held":
            yield _entity(
                f"hdnd-{identifier(fact.id)}",
                "Event",
                name=[f"{fact.value.kind} {fact.value.when.label}"],
                startDate=[fact.value.when.first.isoformat()],
                endDate=[fact.value.when.last.isoformat()],
                country=["vn"],
                summary=[fact.quote],
                sourceUrl=[fact.url],
            )


def _held(
    known: Known[Told],
    holding: Holding[Told],
    decisions: Decisions,
    council: Council | None,
    seen: set[str],
) -> Iterator[dict[str, Any]]:
    named = RANKED.search(holding.body)
    own = named and council and is_own(named["rank"], named["place"] or "", council)
    area = f"{council.level} {council.place}" if own and council else ""
    body = f"hdnd-{identifier(known.site, holding.body, known.scope)}"
    post = f"hdnd-{identifier(body, holding.role)}"
    name = holding.body
    if name and body not in seen:
        seen.add(body)
        yield _entity(body, "PublicBody", name=[name])
    if post not in seen:
        seen.add(post)
        yield _entity(
            post,
            "Position",
            name=[holding.title],
            organization=[body if name else ""],
            subnationalArea=[area],
        )
    start, end = dates_of(known, holding, decisions)
    yield _entity(
        f"hdnd-{identifier(known.key, post, holding.status)}",
        "Occupancy",
        holder=[f"hdnd-{identifier(known.key)}"],
        post=[post],
        status=["ended" if end else _STATUS[holding.status]],
        startDate=[start],
        endDate=[end],
        sourceUrl=_urls(holding.told),
    )


def _entity(key: str, schema: str, **properties: Iterable[str]) -> dict[str, Any]:
    filled = {name: [one for one in values if one] for name, values in properties.items()}
    return {
        "id": key,
        "schema": schema,
        "properties": {name: values for name, values in filled.items() if values},
    }


def _urls(told: Iterable[Told]) -> list[str]:
    return sorted({fact.url for fact in told})
