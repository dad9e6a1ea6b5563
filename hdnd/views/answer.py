"""The answer to a search, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hdnd.views.fate import Fate
    from indexer import Answer, Hit


def answer_json(answer: Answer, fates: Mapping[str, Fate]) -> dict[str, Any]:
    """A page of an answer and how the query was read; `fates` by id, as `hit_json` tells them."""
    return {
        "total": answer.total,
        "undated": answer.undated,
        "fallback": answer.fallback,
        "suggestion": answer.suggestion,
        "notes": list(answer.notes),
        "explanation": list(answer.explanation),
        "facets": {name: dict(counts) for name, counts in answer.facets.items()},
        "hits": [hit_json(hit, fates.get(hit.id)) for hit in answer.hits],
    }


def hit_json(hit: Hit, fate: Fate | None = None) -> dict[str, Any]:
    """One article found; spans count characters.

    `attachment` is the file that the snippet stands in, None for the article itself; `passages` are
    there if they were asked for.
    """
    value: dict[str, Any] = {
        "id": hit.id,
        "site": hit.site,
        "title": hit.title,
        "url": hit.url,
        "published_at": hit.published_at,
        "category": hit.category,
        "snippet": hit.snippet,
        "score": hit.score,
        "highlights": {"title": hit.title_spans, "snippet": hit.snippet_spans},
        "partial": hit.partial,
        "gone": hit.gone,
        "attachment": hit.file and hit.file._asdict(),
    }
    if hit.passages:
        value["passages"] = [
            {"line": one.line, "text": one.text, "highlights": one.spans} for one in hit.passages
        ]
    if fate is not None:
        from hdnd.views.fate import fate_text

        value["fate"] = fate_text(fate)
    return value
