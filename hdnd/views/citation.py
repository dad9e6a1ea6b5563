"""A citation of an article as it was captured."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from archive.history.article_history import SHORT
from archive.history.citation import Citation
from hdnd.messages.citing import publisher
from hdnd.messages.language import Language

__all__ = ["SHORT", "Citation", "Language", "citation_json", "publisher"]


def citation_json(citation: Citation) -> dict[str, Any]:
    """All of it, and its publisher in both languages; times in ISO 8601."""
    published = citation.published_at
    return {
        **asdict(citation),
        "publisher": {language: publisher(citation, language) for language in ("vi", "en")},
        "published_at": published.isoformat() if published else None,
        "captured_at": citation.captured_at.isoformat(),
    }
