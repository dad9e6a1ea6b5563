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
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from archive.catalogue.rows import parsed
from archive.ground.message import Message
from archive.ground.untrusted_json import parsed_json
from archive.model import Article, Attachment, Block

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
"""Soft hyphens, joiners and spaces of width zero, which editing programs leave and nobody sees."""

_ODD = re.compile(
    "[\t-\r\x1c-\x1f\x85\u00a0\u00ad\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]"
)
"""These, and all white space but the space itself."""


def id_by_url(site: str, url: str) -> str:
    """The id of an article of which nothing but its address is known."""
    return f"{site}-u{hashlib.sha256(url.encode()).hexdigest()[:12]}"


def content_digest(article: Article) -> str:
    """The name of a version: a SHA-256 over the article's content in one canonical form."""
    return _digest(
        article.title,
        article.lead,
        article.published_at.isoformat() if article.published_at else None,
        [(b.text, b.images, b.links) for b in article.blocks],
        [(a.name, a.url) for a in article.attachments],
    )


def stored_digest(text: str) -> str:
    """The content digest of an article as `to_json` wrote it."""
    values = parsed_json(text)
    return _digest(
        values["title"],
        values["lead"],
        values["published_at"],
        [(b["text"], b["images"], b["links"]) for b in values["blocks"]],
        [(a["name"], a["url"]) for a in values["attachments"]],
    )


def _digest(
    title: str,
    lead: str | None,
    published_at: str | None,
    blocks: Iterable[tuple[str, Sequence[str], Sequence[str]]],
    attachments: Iterable[tuple[str, str]],
) -> str:
    content = [
        plain(title),
        plain(lead or ""),
        published_at,
        [[plain(text), images, links] for text, images, links in blocks],
        [[plain(name), url] for name, url in attachments],
    ]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def to_json(article: Article) -> str:
    """An article as one line of JSON, for the catalogue."""
    return json.dumps(
        article, default=_values, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def _values(part: Any) -> str | dict[str, Any]:
    if isinstance(part, datetime):
        return part.isoformat()
    # Not `asdict`, which copies every text and takes four times as long.
    return {field: getattr(part, field) for field in part.__dataclass_fields__}


def from_json(text: str) -> Article:
    """The article that `to_json` wrote. Raises `ArchiveDamaged` for anything else."""
    return parsed(text, _article)


def _article(values: dict[str, Any]) -> Article:
    published = values["published_at"]
    values["published_at"] = datetime.fromisoformat(published) if published else None
    values["blocks"] = tuple(
        Block(b["text"], b["kind"], tuple(b["images"]), tuple(b["links"])) for b in values["blocks"]
    )
    values["attachments"] = tuple(Attachment(**a) for a in values["attachments"])
    article = Article(**values)
    if not isinstance(article.title, str) or not all(
        isinstance(b.text, str) for b in article.blocks
    ):
        raise TypeError(Message("archive.no-text"))
    return article


def plain(text: str) -> str:
    """A text as versions compare it: NFC, nothing invisible, every run of white space one space."""
    if _ODD.search(text) or "  " in text or text[:1] == " " or text[-1:] == " ":
        text = " ".join(_INVISIBLE.sub("", text).split())
    return unicodedata.normalize("NFC", text)
