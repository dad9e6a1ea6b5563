"""A citation of an article as it was captured."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal

from archive.history.article_history import SHORT
from archive.history.citation import Citation

__all__ = ["SHORT", "Citation", "Language", "citation_json", "publisher"]

Language = Literal["vi", "en"]

_LEVELS = {
    "tỉnh": "Province",
    "thành phố": "City",
    "quận": "District",
    "huyện": "District",
    "thị xã": "Town",
    "phường": "Ward",
    "xã": "Commune",
    "thị trấn": "Township",
    "đặc khu": "Special Zone",
}


def citation_json(citation: Citation) -> dict[str, Any]:
    """All of it, and its publisher in both languages; times in ISO 8601."""
    published = citation.published_at
    return {
        **asdict(citation),
        "publisher": {language: publisher(citation, language) for language in ("vi", "en")},
        "published_at": published.isoformat() if published else None,
        "captured_at": citation.captured_at.isoformat(),
    }


def publisher(citation: Citation, language: str) -> str:
    """The council whose site it is; the site's own name if its description names no council."""
    level, place = citation.council_level, citation.council_place
    if not place:
        return citation.site_name
    if language == "vi":
        return " ".join(["Hội đồng nhân dân", *filter(None, [level]), place])
    of = _LEVELS.get(level.lower(), "")
    return " ".join(["People’s Council of", place, *filter(None, [of])])
