"""Documents into a cluster: their tokens, the spellings that are new, then the watermark.

Broken off anywhere, all of it can be made again: documents and spellings have their places by their
ids, and the watermark is written when all else was acknowledged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from indexer.documents import Document
from indexer.engines.local.storage.stored_documents import normalised
from indexer.engines.opensearch.aliases import building, write_meta
from indexer.engines.opensearch.bulk import put_all
from indexer.engines.opensearch.client import WRITING, Cluster
from indexer.engines.opensearch.index_source import IndexSource
from indexer.engines.opensearch.mapping import articles_body, words_body
from indexer.engines.opensearch.parts import foreign
from indexer.engines.opensearch.sources import key_of, source_of
from indexer.engines.opensearch.standing import WORDS, demand_free
from indexer.engines.opensearch.terms import Terms
from indexer.engines.opensearch.tokens import token_strings
from indexer.engines.opensearch.words import word_id
from indexer.engines.opensearch.writer_lock import writing
from indexer.language.analysis import ANALYSIS_VERSION

_MOST_ROUTES = 10_000

Action = tuple[str, dict[str, Any] | None]


def build(
    cluster: Cluster, documents: Iterable[Document], watermark: int | None, terms: Terms
) -> None:
    """Build an index of just these documents, and let the name lead to it when it is complete.

    Raises `IndexOfAnother` if the name is that of an index of others, or leads to the one of
    another archive, and stays so.
    """
    demand_free(cluster, None if terms.take_over else terms.source)
    bodies = {"": articles_body(terms.shards, terms.replicas), WORDS: words_body(terms.replicas)}
    with building(cluster, ANALYSIS_VERSION, bodies) as made:
        put = _Put(documents, ())
        made.put_all("", put.documents())
        made.put_all(WORDS, put.spellings())
        write_meta(
            cluster,
            made.names[""],
            words=made.names[WORDS],
            routes=_routes(cluster, made.names[""], terms.shards),
            watermark=watermark,
            **terms.source.meta,
        )


def change(
    cluster: Cluster,
    names: tuple[str, str],
    documents: Iterable[Document],
    remove: Collection[str],
    watermark: int | None,
    source: IndexSource,
) -> int:
    """Put documents into an index and its vocabulary, and take others out.

    Returns how many were put in. Raises `LockHeld` while another process writes.
    """
    name, words = names
    with writing(cluster) as lock:
        put = _Put(documents, remove)
        put_all(cluster, name, put.documents(), before_each=lock.renew)
        put_all(cluster, words, put.spellings(), before_each=lock.renew)
        for index in (words, name):
            cluster.request("POST", f"{index}/_refresh", limits=WRITING)
        lock.confirm()
        if watermark is not None:
            write_meta(cluster, name, watermark=watermark, **source.meta)
    return len(put.ids)


class _Put:
    """What is put in: `ids`, known when all was read, and the spellings that it has."""

    def __init__(self, documents: Iterable[Document], remove: Collection[str]) -> None:
        self._documents, self._remove = documents, remove
        self._spellings: dict[tuple[str, str], None] = {}
        self.ids: set[str] = set()

    def documents(self) -> Iterator[Action]:
        for document in map(normalised, self._documents):
            tokens = token_strings(document)
            self._spellings.update(dict.fromkeys(tokens.terms))
            self.ids.add(document.id)
            yield key_of(document.id), source_of(document, tokens)
        yield from ((key_of(one), None) for one in self._remove if one not in self.ids)

    def spellings(self) -> Iterator[Action]:
        for folded, form in self._spellings:
            yield word_id(folded, form), {"folded": folded, "form": form}


def _routes(cluster: Cluster, name: str, shards: int) -> list[str]:
    """A routing for each shard of an index, by which the dictionary of each is asked."""
    found: dict[int, str] = {}
    for route in map(str, range(_MOST_ROUTES)):
        answer = cluster.request("GET", f"{name}/_search_shards?routing={route}")
        match answer:
            case {"shards": [[{"shard": int(shard)}, *_], *_]}:
                found.setdefault(shard, route)
            case _:
                raise foreign(cluster.address)
        if len(found) == shards:
            break
    return [found[shard] for shard in sorted(found)]
