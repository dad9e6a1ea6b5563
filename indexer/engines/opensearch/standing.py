"""What stands under a name: an index, its words, and what the index says of itself (`_meta`).

The name is an alias of the index, and the name with `-words` one of its words. Each of them has an
alias of its own besides, by which alone it is written to: an index that is gone is then not made
anew by what is put into it (`require_alias`), with a mapping that the cluster guesses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from archive.ground.errors import IndexOfAnother, IndexTooNew, IndexUnusable
from archive.ground.message import Message
from indexer.engines.opensearch.index_source import IndexSource, demand_same
from indexer.engines.opensearch.mapping import DOCUMENT_FORM
from indexer.engines.opensearch.parts import not_as_written, value_at
from indexer.errors import unusable
from indexer.language.analysis import ANALYSIS_VERSION

if TYPE_CHECKING:
    from indexer.engines.opensearch.client import Cluster

MADE_BY = "hdnd"
"""What `_meta` says of every index that this program made; it deletes no other."""

WORDS = "-words"
"""The ending of the name of a vocabulary."""


_OURS = ANALYSIS_VERSION, DOCUMENT_FORM


def to_put_into(index: str) -> str:
    """The alias by which an index is written to."""
    return f"{index}-put"


class NamedIndex(NamedTuple):
    """An index that has a name: its own name, all its aliases, and what it says of itself."""

    own_name: str
    aliases: frozenset[str]
    meta: dict[str, Any]


class WholeIndex(NamedTuple):
    """The index of a name and its words, by their own names; a routing for each shard; up to which
    change of the archive it is complete, and the state of the archive that it was written from.
    """

    documents: str
    words: str
    routes: tuple[str, ...]
    watermark: int | None
    state: str


def standing(cluster: Cluster, source: IndexSource) -> WholeIndex:
    """What the name leads to, for an archive that is to search it or to write to it.

    Raises `IndexUnusable` where there is none, where a name leads to several, and where a part is
    gone, not as it was written or of another release; `IndexOfAnother` as `demand_free` does.
    """
    held = _held(cluster, "local=true&")
    _demand_ours(cluster, held, source)
    alias, words_alias = cluster.index, f"{cluster.index}{WORDS}"
    if not held[alias]:
        hint = Message("indexer.rebuild")
        raise IndexUnusable("indexer.cluster-has-none", cluster=str(cluster.address), hint=hint)
    for name in (alias, words_alias):
        if len(held[name]) > 1:
            indexes = ", ".join(sorted(one.own_name for one in held[name]))
            code = "indexer.name-of-several"
            raise unusable(str(cluster.address), code, name=name, indexes=indexes)
    meta = held[alias][0].meta
    if _release_of(meta) != _OURS:
        raise unusable(str(cluster.address), "indexer.other-release")
    for name in (alias, words_alias):
        for own in (name, *(to_put_into(one.own_name) for one in held[name])):
            if not any(own in one.aliases for one in held[name]):
                raise unusable(str(cluster.address), "indexer.part-gone", what=own)
    index, words = held[alias][0].own_name, held[words_alias][0].own_name
    match meta:
        case {"words": str(known), "routes": [str(), *_] as routes} if known == words and all(
            isinstance(one, str) for one in routes
        ):
            watermark, state = meta.get("watermark"), meta.get("state", "")
            if (watermark is None or type(watermark) is int) and isinstance(state, str):
                return WholeIndex(index, words, tuple(routes), watermark, state)
    raise not_as_written(cluster.address, f"{index}/_mapping _meta")


def demand_free(cluster: Cluster, source: IndexSource | None) -> None:
    """Raise `IndexOfAnother` if an index that this program did not make has the name, and, where
    there is a source, if the name is of another archive than that or of a newer release.
    """
    _demand_ours(cluster, _held(cluster), source)


def _held(cluster: Cluster, how: str = "") -> dict[str, list[NamedIndex]]:
    """The indexes that have the name, and those that have the one of its words; with `local=true`
    as the node that is asked knows it, whether the cluster has a manager or not.
    """
    names = [f"{cluster.index}{suffix}" for suffix in ("", WORDS)]
    parts = f"{how}ignore_unavailable=true&filter_path=*.aliases,*.mappings._meta"
    answer = cluster.request("GET", f"{','.join(names)}?{parts}")
    found: dict[str, list[NamedIndex]] = {name: [] for name in names}
    for index, about in answer.items():
        aliases = frozenset(value_at(cluster.address, about, dict, "aliases"))
        mappings = value_at(cluster.address, about.get("mappings", {}), dict)
        meta = mappings.get("_meta")
        held = NamedIndex(index, aliases, meta if isinstance(meta, dict) else {})
        for name in names:
            if name == index or name in aliases:
                found[name].append(held)
    return found


def _demand_ours(
    cluster: Cluster, held: dict[str, list[NamedIndex]], source: IndexSource | None
) -> None:
    for name, several in held.items():
        if not all(_is_ours(name, one) for one in several):
            raise IndexOfAnother(
                "indexer.name-is-taken",
                cluster=str(cluster.address),
                name=name,
                hint=Message("indexer.choose-another-name"),
            )
        for one in several:
            archive = one.meta.get("archive", "")
            if source is not None and isinstance(archive, str):
                demand_same(cluster.address, archive, source)
            if source is not None and _release_of(one.meta) > _OURS:
                raise IndexTooNew(
                    "indexer.newer-release",
                    cluster=str(cluster.address),
                    hint=Message("indexer.use-the-newer-release"),
                )


def _release_of(meta: dict[str, Any]) -> tuple[int, int]:
    """The analysis and the form of documents that an index is of, 0 where it says none."""
    analysis, form = meta.get("analysis"), meta.get("document_form")
    return (
        analysis if type(analysis) is int else 0,
        form if type(form) is int else 0,
    )


def _is_ours(name: str, held: NamedIndex) -> bool:
    return held.meta.get("made_by") == MADE_BY or is_called_for(name, held.own_name)


def is_called_for(name: str, index: str) -> bool:
    """Whether an index has such a name of its own as this program gives one that is to have a
    name."""
    return re.fullmatch(rf"{re.escape(name)}-a\d+-\d{{14}}-[0-9a-f]{{8}}", index) is not None
