"""An article with all that is known of it."""

from __future__ import annotations

from archive.history.article_json import article_json
from archive.history.stored_files import StoredPart, files_of
from archive.model import ArticleRecord

__all__ = ["ArticleRecord", "StoredPart", "article_json", "files_of"]
