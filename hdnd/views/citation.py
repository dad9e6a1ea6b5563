"""A citation of an article as it was captured."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from archive.history.article_history import SHORT
from archive.history.citation import PREFIX, Citation

__all__ = ["PREFIX", "SHORT", "Citation", "citation_json"]


def citation_json(citation: Citation) -> dict[str, Any]:
    """All of it; times in ISO 8601."""
    published = citation.published_at
    return {
        **asdict(citation),
        "published_at": published.isoformat() if published else None,
        "captured_at": citation.captured_at.isoformat(),
    }
