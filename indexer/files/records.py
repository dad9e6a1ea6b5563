"""A document as the index keeps it, and the few facts of it that filters and sorting need."""

from __future__ import annotations

import json
import math
import zlib
from datetime import date

from indexer.documents import Document
from indexer.language.text import normalise

HAS_ATTACHMENT = 1
GONE = 2


def normalised(document: Document) -> Document:
    """The document with all its text in one form (see `indexer.language.text`)."""
    return document._replace(
        title=normalise(document.title),
        lead=normalise(document.lead) if document.lead else None,
        body=tuple(normalise(paragraph) for paragraph in document.body),
    )


def pack(document: Document) -> bytes:
    """The whole document, compressed (level 4: a sixth less time than 6, for 0.7 % more bytes)."""
    content = [
        document.id,
        document.title,
        document.lead,
        document.body,
        document.date.isoformat() if document.date else None,
        document.site,
        document.category,
        document.url,
        document.published_at,
        document.has_attachment,
        document.gone,
    ]
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode("utf-8"), 4)


def unpack(record: bytes) -> Document:
    """The document that `pack` was given."""
    identity, title, lead, body, day, *rest = json.loads(zlib.decompress(record))
    return Document(
        identity, title, lead, tuple(body), date.fromisoformat(day) if day else None, *rest
    )


def day_number(day: date | None) -> int:
    """The date as YYYYMMDD, 0 for none."""
    return day.year * 10_000 + day.month * 100 + day.day if day else 0


def flags(document: Document) -> int:
    """What is true of the document, as a bit field."""
    return HAS_ATTACHMENT * document.has_attachment | GONE * document.gone


def length_byte(words: int) -> int:
    """The number of words on a scale of logarithms that fits a byte (steps of 4 %)."""
    return min(255, round(16 * math.log2(1 + words)))


LENGTHS = tuple(2 ** (byte / 16) - 1 for byte in range(256))
"""About how many words a length byte stands for."""
