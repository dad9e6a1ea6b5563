"""One answer of any engine as a plain value, so that two can be compared whole."""

from __future__ import annotations

from typing import Any

from hdnd.messages.telling import in_english
from indexer import Answer, Hit


def told(answer: Answer) -> dict[str, Any]:
    """All that an answer tells; scores to the sixth place."""
    whole = answer._asdict()
    whole["hits"] = [_hit(hit) for hit in answer.hits]
    whole["notes"] = [(note.code, note.values) for note in answer.notes]
    whole["explanation"] = [in_english(line) for line in answer.explanation]
    return {**whole, "facets": dict(answer.facets), "facets_as_typed": dict(answer.facets_as_typed)}


def _hit(hit: Hit) -> dict[str, Any]:
    return {**hit._asdict(), "score": round(hit.score, 6)}


def differences(one: Answer, other: Answer) -> dict[str, tuple[Any, Any]]:
    """What two answers do not tell alike."""
    first, second = told(one), told(other)
    return {key: (first[key], second[key]) for key in first if first[key] != second[key]}
