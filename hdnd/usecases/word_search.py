"""Words in articles and in what is attached to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hdnd.usecases.index_places import ATTACHMENTS, is_there

if TYPE_CHECKING:
    from archive.ground.home import Home
    from indexer import Answer
    from indexer.engine import SearchEngine


def search_words(home: Home, index: SearchEngine, query: str, **how: Any) -> Answer:
    """The answer from articles and, if any were read, from their attachments."""
    if has_attachments(home):
        from hdnd.usecases.attachment_search import search_everywhere

        return search_everywhere(home, index, query, **how)
    if "in:" in query.lower():
        from indexer.query.parsing import parse

        asked = parse(query)
        if asked.scope == "attachment":
            from hdnd.usecases.attachment_search import NO_FILE_READ
            from indexer import Answer

            return Answer(0, (), notes=(*asked.notes, NO_FILE_READ))
    return index.search(query, **how)


def has_attachments(home: Home) -> bool:
    """Whether there is an index of the text of attachments."""
    return is_there(home, ATTACHMENTS)
