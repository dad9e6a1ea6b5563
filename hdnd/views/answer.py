"""The answer to a search, as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.ground.message import Message
    from hdnd.views.fate import Fate
    from indexer import Answer, Hit


HIT_COLUMNS = (
    "id", "site", "title", "url", "published_at", "snippet", "score", "tier", "lacking",
)  # fmt: skip
"""The columns of a table of answers."""


def hit_row(hit: Hit) -> list[object]:
    """A hit as a row under `HIT_COLUMNS`."""
    values = {name: getattr(hit, name) for name in HIT_COLUMNS}
    return [*(values | {"score": round(hit.score, 2), "lacking": "; ".join(hit.lacking)}).values()]


def answer_json(answer: Answer, fates: Mapping[str, Fate]) -> dict[str, Any]:
    """A page of an answer and how the query was read; `fates` by id, as `hit_json` tells them.

    `total` counts what has all words, `as_typed` what of it has every mark that was typed, `exact`
    what of that has no further mark; `beside` is how many more can be shown, that lack some of the
    words. With `at_least` there may be more than each count says.
    """
    return {
        "total": answer.total,
        "as_typed": answer.as_typed,
        "exact": answer.exact,
        "beside": answer.beside,
        "at_least": answer.at_least,
        "undated": answer.undated,
        "fallback": answer.fallback,
        "suggestion": answer.suggestion,
        "notes": _english(answer.notes),
        "explanation": _english(answer.explanation),
        "facets": {name: dict(counts) for name, counts in answer.facets.items()},
        "facets_as_typed": {name: dict(counts) for name, counts in answer.facets_as_typed.items()},
        "hits": [hit_json(hit, fates.get(hit.id)) for hit in answer.hits],
    }


def _english(messages: Sequence[Message]) -> list[str]:
    if not messages:
        return []
    from hdnd.messages.telling import in_english

    return [in_english(message) for message in messages]


def hit_json(hit: Hit, fate: Fate | None = None) -> dict[str, Any]:
    """One article found; spans count characters.

    `tier` is 0 as typed, 1 with every mark that was typed, 2 with the same letters only. `lacking`
    are the words that are not there. `attachment` is the file that the snippet stands in, None for
    the article itself; `passages` are there if they were asked for.
    """
    value: dict[str, Any] = {
        "id": hit.id,
        "site": hit.site,
        "title": hit.title,
        "url": hit.url,
        "published_at": hit.published_at,
        "category": hit.category,
        "categories": hit.categories,
        "snippet": hit.snippet,
        "tier": hit.tier,
        "rank": hit.rank,
        "score": hit.score,
        "highlights": {"title": hit.title_spans, "snippet": hit.snippet_spans},
        "partial": hit.partial,
        "lacking": list(hit.lacking),
        "gone": hit.gone,
        "attachment": hit.file and hit.file._asdict(),
    }
    if hit.passages:
        value["passages"] = [
            {
                "line": one.line,
                "text": one.text,
                "highlights": one.spans,
                "attachment": one.file and one.file._asdict(),
            }
            for one in hit.passages
        ]
    if fate is not None:
        from hdnd.messages.telling import in_english
        from hdnd.views.fate import fate_message

        value["fate"] = in_english(fate_message(fate))
    return value
