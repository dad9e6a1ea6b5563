"""The archive of all that workers crawled: gathered from the store, searched like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.gathering import gather
from archive.ground.configuration import configured
from archive.ground.errors import HdndError, UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.objects import ObjectStore
from archive.store import Archive
from crawler import Extractor
from hdnd.usecases.crawling import index_behind
from hdnd.usecases.derivations import others
from hdnd.usecases.stages import OnProgress, Stage, StageProgress
from hdnd.views.index import Indexed


@dataclass(frozen=True, slots=True)
class GatheredAll:
    """How many segments came, with how many records; whether the catalogue was made again.

    `failed`: what the store could not give.
    """

    segments: int
    records: int
    made_again: bool
    indexed: Indexed | HdndError
    failed: Sequence[HdndError]


def gather_all(home: Home, on_progress: OnProgress) -> GatheredAll:
    """Take in what workers put into the store, and bring all that is derived up to date.

    The catalogue is the same as one that is made again of all segments, in whatever order they
    came: where one has its place before others, it is made again. Raises `UsageError` where no
    store is set, `LockHeld`, `StoreUnreachable`, `ArchiveDamaged` for a manifest that is no chain.
    """
    url = configured(home, "store", "url")
    if url is None:
        raise UsageError("usecases.nothing-to-gather", hint=Message("usecases.set-a-store"))
    on_progress(StageProgress(Stage.GATHER))
    gathered = gather(home, ObjectStore.at(url))
    on_progress(StageProgress(Stage.CATCH_UP))
    with Archive(home, Extractor(), others=others(), make_anew=gathered.out_of_order) as archive:
        recovery = archive.recovery
    made_again = gathered.out_of_order or recovery.outdated is not None or recovery.remade
    indexed = index_behind(home, on_progress)
    return GatheredAll(
        len(gathered.segments), recovery.taken_in, made_again, indexed, gathered.failed
    )
