"""What a cluster is told of our documents: fields, analysers, similarities.

The cluster analyses nothing: it takes tokens apart that we made. Nothing is mapped by guessing.
"""

from __future__ import annotations

from typing import Any

from indexer.engines.local.search.bm25 import K1, B
from indexer.engines.opensearch.tokens import GAP

DOCUMENT_FORM = 2
"""Raised when what is kept of a document is another; an index says it beside its analysis."""

_LONGEST_POSITION = 1_000_000
"""Characters: what is longer is cut in two by the cluster, and every position behind it wrong. The
most that Lucene allows is 1 MiB."""

_SETTINGS = {
    "analysis": {
        "tokenizer": {"positions": {"type": "whitespace", "max_token_length": _LONGEST_POSITION}},
        "filter": {
            "gaps": {"type": "stop", "stopwords": [GAP]},
            "terms": {
                "type": "pattern_capture",
                "preserve_original": False,
                "patterns": ["([^|]+)"],
            },
        },
        "analyzer": {
            "terms_at_positions": {
                "type": "custom",
                "tokenizer": "positions",
                "filter": ["gaps", "terms"],
            },
            "listed": {"type": "custom", "tokenizer": "positions"},
        },
    },
    "similarity": {
        "by_length": {"type": "BM25", "k1": K1, "b": B},
        "of_any_length": {"type": "BM25", "k1": K1, "b": 0},
    },
}


def _text(analyzer: str, similarity: str, **how: Any) -> dict[str, Any]:
    return {"type": "text", "analyzer": analyzer, "similarity": similarity, **how}


_KEYWORD = {"type": "keyword"}
_NAME = {"type": "keyword", "ignore_above": 8191}
"""A longer one, of four bytes a character, is more than a term may be; it is kept, not found."""

_NOT_SEARCHED = {"type": "object", "enabled": False}
_ARTICLES = {
    "words": _text("terms_at_positions", "by_length"),
    "title": _text("terms_at_positions", "of_any_length"),
    "lead": _text("terms_at_positions", "of_any_length"),
    "pairs": _text("listed", "of_any_length", index_options="docs", norms=False),
    "id": _KEYWORD,
    "day": {"type": "integer"},
    "dated": {"type": "boolean"},
    "month_day": {"type": "integer"},
    "year": _KEYWORD,
    "month": _KEYWORD,
    "site": _NAME,
    "site_folded": _NAME,
    "category": _NAME,
    "category_folded": _NAME,
    "attachment": {"type": "boolean"},
    "length": {"type": "double"},
    "kept": _NOT_SEARCHED,
    "record": _NOT_SEARCHED,
}
_WORDS = {"folded": _KEYWORD, "form": {"type": "keyword", "index": False}}


def articles_body(shards: int, replicas: int) -> dict[str, Any]:
    """Settings and mapping of an index of documents."""
    mapping = {
        "dynamic": "strict",
        "_meta": {"document_form": DOCUMENT_FORM},
        # Both can be made from the words, and are never read.
        "_source": {"excludes": ["pairs", "title", "lead"]},
        "properties": _ARTICLES,
    }
    settings = {"number_of_shards": shards, "number_of_replicas": replicas, **_SETTINGS}
    return {"settings": settings, "mappings": mapping}


def words_body(replicas: int) -> dict[str, Any]:
    """Settings and mapping of the vocabulary: each spelling that any document ever had."""
    return {
        "settings": {"number_of_shards": 1, "number_of_replicas": replicas},
        "mappings": {"dynamic": "strict", "properties": _WORDS},
    }
