"""From articles to answers: a search index for Vietnamese text behind one door, `SearchIndex`.

    with SearchIndex.open("index", create=True) as index:
        index.update([Document(id="a-1", title="…", …)])
        answer = index.search("hoi dong nhan dan")

Only what writes to an index loads the search engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.documents import Answer, Document, Facet, FilePlace, Hit, Passage, Ranked, Sort, Span
from indexer.language.text import normalise

if TYPE_CHECKING:
    from indexer.engines.local.search_index import SearchIndex

__all__ = [
    "Answer",
    "Document",
    "Facet",
    "FilePlace",
    "Hit",
    "Passage",
    "Ranked",
    "SearchIndex",
    "Sort",
    "Span",
    "highlight",
    "normalise",
]


def highlight(text: str, query: str) -> tuple[Span, ...]:
    """Where the words of a query stand in any text, as offsets into it."""
    from indexer.engines.local.search.snippets import spans_in_any
    from indexer.query.parsing import parse
    from indexer.query.tree import leaves

    node = parse(query).node
    return spans_in_any(text, leaves(node)) if node is not None else ()


def __getattr__(name: str) -> object:
    if name == "SearchIndex":
        from indexer.engines.local.search_index import SearchIndex

        return SearchIndex
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
