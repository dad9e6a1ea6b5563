"""Words in articles and in what is attached to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hdnd.usecases.index_places import ATTACHMENTS, is_there

if TYPE_CHECKING:
    from archive.ground.home import Home
    from archive.ground.message import Message
    from indexer import Answer
    from indexer.engine import SearchEngine


def search_words(home: Home, index: SearchEngine, query: str, **how: Any) -> Answer:
    """The answer from articles and, if any were read, from their attachments.

    Where they were read and have no index it says so.
    """
    if has_attachments(home):
        from hdnd.usecases.attachment_search import search_everywhere

        return search_everywhere(home, index, query, **how)
    if "in:" in query.lower():
        from indexer.query.parsing import parse

        asked = parse(query)
        if asked.scope == "attachment":
            from hdnd.usecases.attachment_search import NO_FILE_READ
            from indexer import Answer

            notes = _not_indexed(home) or (NO_FILE_READ,)
            return Answer(0, (), notes=(*notes, *asked.notes))
    answer = index.search(query, **how)
    return answer._replace(notes=(*_not_indexed(home), *answer.notes))


def _not_indexed(home: Home) -> tuple[Message, ...]:
    """That the attachments that were read have no index, if so."""
    from archive.catalogue.attachments import Attachments
    from archive.ground.message import Message

    texts = Attachments.open(home)
    if texts is None:
        return ()
    with texts:
        return (Message("usecases.files-not-indexed"),) if texts.any_text() else ()


def has_attachments(home: Home) -> bool:
    """Whether there is an index of the text of attachments."""
    return is_there(home, ATTACHMENTS)
