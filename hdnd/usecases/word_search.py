"""Words in articles and in what is attached to them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.ground.home import Home
    from indexer import Answer, SearchIndex


def search_words(home: Home, index: SearchIndex, query: str, **how: Any) -> Answer:
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
    from archive.ground.home import INDEX_OF_ATTACHMENTS

    folder = os.path.join(home.folder, INDEX_OF_ATTACHMENTS)  # noqa: PTH118
    return os.path.isdir(folder)  # noqa: PTH112
