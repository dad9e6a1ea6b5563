"""A document as the cluster keeps it: written, and read back as nothing else than what is written.

What a cluster has may have been changed by others. Whatever is not of its kind and in its bounds
raises `IndexUnusable`, which names it.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from indexer.documents import Document
from indexer.engines.local.storage.stored_documents import (
    LENGTHS,
    StoredDocument,
    day_number,
    flags,
    length_byte,
    pack,
    unpack,
)
from indexer.engines.opensearch.parts import id_of, named, not_as_written, objects_at, value_at
from indexer.engines.opensearch.tokens import TokenStrings
from indexer.facets import joined
from indexer.language.charset import decode
from indexer.language.vietnamese import fold

if TYPE_CHECKING:
    from indexer.engines.opensearch.address import ClusterAddress

_LONGEST_ID = 500
"""Bytes: a cluster takes 512."""


def key_of(identity: str) -> str:
    """The key of a document in the cluster: its id, or a digest if that is too long."""
    encoded = identity.encode("utf-8", "surrogatepass")
    return identity if len(encoded) <= _LONGEST_ID else hashlib.sha256(encoded).hexdigest()


def source_of(document: Document, tokens: TokenStrings) -> dict[str, Any]:
    """The fields of a document (`mapping`). `kept` is what its place among answers depends on, with
    a digest of its words."""
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
            "digest": digest_of(tokens.words),
        },
        "record": {"packed": base64.b64encode(pack(document)).decode("ascii")},
    }


def digest_of(words: str) -> int:
    """A number that is another one where the words of a document are others (CRC-32)."""
    return zlib.crc32(words.encode("utf-8", "surrogatepass"))


class Candidate(NamedTuple):
    """A document that may be shown: its id, its positions, what is `kept` of it, and its place in
    the cluster.
    """

    id: str
    words: str
    kept: dict[str, Any]
    name: str


def candidate_of(address: ClusterAddress, hit: Mapping[str, Any]) -> Candidate:
    """The document that a hit is, with its words and what is kept of it."""
    found = id_of(address, hit)
    match hit.get("_source"):
        case {
            "words": str(words),
            "kept": {
                "id": str(known),
                "zones": [int(lead), int(body), int(end)],
                "day": int(day),
                "flags": int(bits),
                "length": int(length),
                "site": str(),
                "categories": str(),
                "digest": int(digest),
            } as kept,
        } if (
            known == found
            and digest == digest_of(words)
            and 0 <= lead <= body <= end == words.count(" ") + 1
            and _is_day(day)
            and 0 <= bits < 256
            and 0 <= length < 256
        ):
            return Candidate(found, words, kept, named(hit))
    raise not_as_written(address, named(hit))


def record_of(address: ClusterAddress, hit: Mapping[str, Any]) -> StoredDocument:
    """What is shown of the document that a hit is."""
    with suppress(LookupError, TypeError, ValueError, zlib.error):
        document = unpack(base64.b64decode(hit["_source"]["record"]["packed"], validate=True))
        if _is_whole(document):
            return document
    raise not_as_written(address, f"{named(hit)} record")


def values_of(address: ClusterAddress, aggregated: object, field: str) -> dict[str, int]:
    """How many documents have each value of a field, as the cluster counted them."""
    counts = {}
    for bucket in objects_at(address, aggregated, field, "buckets"):
        value = value_at(address, bucket, str, "key")
        if not re.fullmatch(_VALUES.get(field, ".*"), value, re.DOTALL):
            raise not_as_written(address, f"{field}: {value[:40]!r}")
        counts[value] = value_at(address, bucket, int, "doc_count")
    return counts


_VALUES = {"year": r"(\d{1,4})?", "month": r"(\d{4}-(0[1-9]|1[0-2]))?"}
"""What the values of a field are, where they are more than text."""


def _is_day(day: int) -> bool:
    if not day:
        return True
    with suppress(ValueError, OverflowError):
        date(day // 10_000, day // 100 % 100, day % 100)
        return True
    return False


def _is_whole(document: StoredDocument) -> bool:
    """Whether each field is what `pack` writes; may raise `TypeError` or `ValueError`, if not."""
    text = decode(document.text)
    if document.published_at is not None:
        datetime.fromisoformat(document.published_at)
    texts = [document.id, document.site, document.url, *document.categories]
    return (
        all(isinstance(one, str) for one in texts)
        and isinstance(document.categories, list)
        and isinstance(document.has_attachment, bool)
        and document.ends == sorted(document.ends)
        and all(type(end) is int and 0 <= end <= len(text) for end in document.ends)
        and len(document.ends) > 0
    )
