"""On what terms an index on a cluster is used: who asks, of which archive, how it is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archive.ground.configuration import configured
from archive.ground.errors import UsageError
from archive.ground.message import Message
from indexer.engines.opensearch.access import NOBODY, Access, access_of
from indexer.engines.opensearch.index_source import UNKNOWN, IndexSource

if TYPE_CHECKING:
    from archive.ground.home import Home

_SHARDS, _REPLICAS = 3, 1
_MOST_SHARDS, _MOST_REPLICAS = 1024, 100


class Terms(NamedTuple):
    """Who asks, and of which archive; in how many parts an index is built, each in how many copies
    more.

    An index of one archive does not take the name of another's unless it may `take_over`. The ids
    `hidden` never answer: a cluster that was away has not heard of every act.
    """

    access: Access = NOBODY
    source: IndexSource = UNKNOWN
    shards: int = _SHARDS
    replicas: int = _REPLICAS
    take_over: bool = False
    hidden: frozenset[str] = frozenset()


def terms_of(home: Home, source: IndexSource) -> Terms:
    """The terms that the environment or the configuration file of an archive sets.

    Raises `UsageError` for what is no number of shards or replicas.
    """
    return Terms(
        access_of(home),
        source,
        _number(home, "shards", _SHARDS, range(1, _MOST_SHARDS + 1)),
        _number(home, "replicas", _REPLICAS, range(_MOST_REPLICAS + 1)),
    )


def _number(home: Home, key: str, usual: int, allowed: range) -> int:
    text = configured(home, "index", key)
    if text is None:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and int(text) in allowed):
        hint = Message("indexer.numbers-are", first=allowed[0], last=allowed[-1])
        raise UsageError("indexer.no-such-number", key=f"[index] {key}", text=text, hint=hint)
    return int(text)
