"""What makes a new version of an article: only what an editor changed.

Structure, not patterns over text: title, lead, published time, the ordered blocks with the targets
of their pictures and links, and the attachments. View counts, related lists, clock formats,
markup, spaces and Unicode forms are no part of it; one digit or one mark is.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import asdict
from datetime import datetime
from typing import Any

from archive.records import Article, Attachment, Block

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
"""Soft hyphens, joiners and spaces of width zero, which editing programs leave and nobody sees."""


def content_digest(article: Article) -> str:
    """The name of a version: a SHA-256 over the article's content in one canonical form."""
    content = [
        plain(article.title),
        plain(article.lead or ""),
        article.published_at.isoformat() if article.published_at else None,
        [[plain(b.text), list(b.images), list(b.links)] for b in article.blocks],
        [[plain(a.name), a.url] for a in article.attachments],
    ]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def to_json(article: Article) -> str:
    """An article as one line of JSON, for the catalogue."""
    values = asdict(article)
    values["published_at"] = article.published_at.isoformat() if article.published_at else None
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Article:
    """The article that `to_json` wrote."""
    values: dict[str, Any] = json.loads(text)
    published = values["published_at"]
    values["published_at"] = datetime.fromisoformat(published) if published else None
    values["blocks"] = tuple(
        Block(b["text"], b["kind"], tuple(b["images"]), tuple(b["links"])) for b in values["blocks"]
    )
    values["attachments"] = tuple(Attachment(**a) for a in values["attachments"])
    return Article(**values)


def plain(text: str) -> str:
    """A text as versions compare it: NFC, nothing invisible, every run of white space one space."""
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())
