"""An article as JSON, the same wherever it is told: a promise to programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from archive.model import ArticleRecord


def article_json(record: ArticleRecord) -> dict[str, Any]:
    """An article with all that is known of it, for a program; times in ISO 8601."""
    article = record.article
    return {
        "id": record.id,
        "site": record.site,
        "asset_id": article.asset_id,
        "title": article.title,
        "lead": article.lead,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "category": next(iter(record.categories), None),
        "categories": list(record.categories),
        "views": record.views,
        "poster": record.poster,
        "stamp": record.stamp,
        "url": record.url,
        "urls": list(record.urls),
        "blocks": [asdict(block) for block in article.blocks],
        "attachments": [asdict(attachment) for attachment in article.attachments],
        "version": record.version,
        "versions": record.versions,
        "captures": record.captures,
        "first_captured_at": record.first_captured_at.isoformat(),
        "last_captured_at": record.last_captured_at.isoformat(),
        "first_captured_in": record.first_captured_in,
        "last_captured_in": record.last_captured_in,
        "gone_since": record.gone_since.isoformat() if record.gone_since else None,
        "truncated": record.truncated,
        "problem": record.problem,
    }
