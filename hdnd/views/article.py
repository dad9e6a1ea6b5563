"""An article with all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from archive.history.article_json import article_json
from archive.history.stored_files import StoredPart, files_of
from archive.model import ArticleRecord

__all__ = ["ArticleRecord", "HeldFile", "StoredPart", "article_json", "files_of"]


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file of an article as it is kept, content coding undone; its name if it has one."""

    name: str | None
    media_type: str | None
    body: bytes
