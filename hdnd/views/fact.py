"""A fact with its evidence, for a line, a table and JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from council.bearers import Evidence
from council.identity import Holding, Known
from council.model import Told
from council.oddities import Oddity
from council.promises import Promise
from hdnd.messages.council import fact_words, oddity_words, promise_words

__all__ = ["HEADER", "CitedDocument", "Holder", "Told"]

HEADER = (
    "kind", "fact", "class", "article", "published", "quote", "rule", "field", "number", "start",
    "end", "file", "page", "digest", "version", "url",
)  # fmt: skip
"""The columns of a table of facts; `file`, `page` and `digest` are those of an attachment."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person, and those of their posts that were asked for."""

    known: Known[Evidence]
    holdings: tuple[Holding[Told], ...]


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document, and where it is cited; `year` is None where nothing states it."""

    label: str
    kind: str
    number: int | None
    year: int | None
    symbol: str
    issuer: str
    cited: tuple[Told, ...]


def fact_json(told: Told) -> dict[str, Any]:
    """A fact as one object; `class` is stated or inferred."""
    return {
        "id": told.id,
        "kind": told.kind,
        "fact": fact_words(told),
        "value": plain(asdict(told.value)),
        "class": class_of(told),
        "article": told.article,
        "title": told.title,
        "url": told.url,
        "published": told.published.isoformat() if told.published else None,
        "captured": told.captured.isoformat() if told.captured else None,
        "version": told.version,
        "field": told.field,
        "number": told.number,
        "file": told.file or None,
        "page": told.number + 1 if told.source else None,
        "digest": told.source or None,
        "source": told.source or None,
        "start": told.start,
        "end": told.end,
        "quote": told.quote,
        "rule": told.rule,
    }


def fact_row(told: Told) -> tuple[object, ...]:
    """A fact as a row under `HEADER`; the day is a date, as spreadsheets know it."""
    value = fact_json(told) | {"published": told.published}
    return tuple(value[name] for name in HEADER)


def class_of(told: Told) -> str:
    """Whether the words state it or it is inferred from what stands around them."""
    return "stated" if told.stated else "inferred"


def holder_json(holder: Holder) -> dict[str, Any]:
    """A person and their posts, each with the evidence."""
    known = holder.known
    return {
        "key": known.key,
        "name": known.name,
        "spellings": sorted(known.spellings),
        "site": known.site,
        "scope": known.scope,
        "mentions": len(known.mentions),
        "may_be_several": known.may_be_several,
        "posts": [holding_json(holding) for holding in holder.holdings],
    }


def holding_json(holding: Holding[Told]) -> dict[str, Any]:
    """A post with the first and the last day of its evidence."""
    days = bounds(holding.told)
    return {
        "title": holding.title,
        "role": holding.role,
        "body": holding.body,
        "status": holding.status,
        "first_evidence": days[0],
        "last_evidence": days[1],
        "evidence": [fact_json(told) for told in holding.told],
    }


def bounds(told: Iterable[Told]) -> tuple[str | None, str | None]:
    """The first and the last day on which something is told."""
    days = sorted(fact.published.isoformat() for fact in told if fact.published)
    return (days[0], days[-1]) if days else (None, None)


def document_json(document: CitedDocument) -> dict[str, Any]:
    """A document and its citations."""
    return {
        "document": document.label,
        "kind": document.kind,
        "number": document.number,
        "year": document.year,
        "symbol": document.symbol,
        "issuer": document.issuer,
        "articles": sorted({fact.article for fact in document.cited}),
        "citations": [fact_json(told) for told in document.cited],
    }


def promise_json(promise: Promise) -> dict[str, Any]:
    """A plan or commitment, its state in code and words, evidence and coverage."""
    return {
        "state": promise.state,
        "says": promise_words(promise),
        "due": promise.due.isoformat() if promise.due else None,
        "planned": promise.planned,
        "promise": fact_json(promise.told),
        "evidence": [fact_json(told) for told in promise.evidence],
        "put_off": [fact_json(told) for told in promise.put_off],
        "passages": [plain(asdict(one)) for one in promise.passages],
        "own_total": [fact_json(told) for told in promise.own],
        "coverage": plain(asdict(promise.coverage)),
    }


def oddity_json(oddity: Oddity) -> dict[str, Any]:
    """An oddity in code and words, with the facts it rests on."""
    return {
        "code": oddity.code,
        "says": oddity_words(oddity),
        "stated": oddity.stated,
        "perhaps": oddity.perhaps or None,
        "facts": [fact_json(told) for told in oddity.told],
    }


def plain(value: Any) -> Any:
    """Dates as ISO 8601 and tuples as lists, all the way down."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value
