"""A document as the cluster keeps it."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from indexer.documents import Document
from indexer.engines.local.storage.stored_documents import (
    LENGTHS,
    day_number,
    flags,
    length_byte,
    pack,
)
from indexer.engines.opensearch.tokens import TokenStrings
from indexer.facets import joined
from indexer.language.vietnamese import fold

_LONGEST_ID = 500
"""Bytes: a cluster takes 512."""


def key_of(identity: str) -> str:
    """The key of a document in the cluster: its id, or a digest if that is too long."""
    encoded = identity.encode("utf-8", "surrogatepass")
    return identity if len(encoded) <= _LONGEST_ID else hashlib.sha256(encoded).hexdigest()


def source_of(document: Document, tokens: TokenStrings) -> dict[str, Any]:
    """The fields of a document (`mapping`). `kept` is what its place among answers depends on."""
    day = day_number(document.date)
    length = length_byte(tokens.zones[-1])
    categories = [*document.categories] or [""]
    return {
        "words": tokens.words,
        "title": tokens.title,
        "lead": tokens.lead,
        "pairs": tokens.pairs,
        "id": document.id,
        "day": day,
        "dated": day > 0,
        "month_day": day % 10_000,
        "year": str(day // 10_000) if day else "",
        "month": f"{day // 10_000}-{day // 100 % 100:02}" if day else "",
        "site": document.site,
        "site_folded": fold(document.site),
        "category": categories,
        "category_folded": [fold(name) for name in categories],
        "attachment": document.has_attachment,
        "length": LENGTHS[length],
        "kept": {
            "id": document.id,
            "zones": tokens.zones,
            "day": day,
            "flags": flags(document),
            "length": length,
            "site": document.site,
            "categories": joined(document.categories),
        },
        "record": {"packed": base64.b64encode(pack(document)).decode("ascii")},
    }
