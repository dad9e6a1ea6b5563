"""Mend what can be mended from what is there, the search index included."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.fixity.damage import Damage
from archive.fixity.repair import repair
from archive.fixity.repaired import Repaired
from archive.gathering import copy_of_all
from archive.ground.configuration import configured
from archive.ground.errors import (
    ClusterUnavailable,
    IndexOfAnother,
    ObjectDiffers,
    ObjectMissing,
    UsageError,
)
from archive.ground.home import Home
from archive.ground.message import Message
from archive.objects import ObjectStore
from archive.storage import copy_in, own_manifest
from crawler import Extractor
from hdnd.usecases.catch_up import require_archive
from hdnd.usecases.derivations import bring_up_to_date, others
from hdnd.usecases.indexing import indexing_stage, update_index
from hdnd.usecases.stages import OnProgress
from hdnd.usecases.storing import find_segments_again
from hdnd.usecases.verifying import check_index, checking_stage

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mended:
    """What was mended; `unanswered` is why the search index on a cluster could not be.

    `found_again` segments lie in the store, and had lost the receipts by which they are read.
    """

    done: Repaired
    unanswered: ClusterUnavailable | IndexOfAnother | None
    found_again: int


def repair_archive(home: Home, on_progress: OnProgress, *, copy: str | None = None) -> Mended:
    """Set damaged segments aside and make anew what is derived from them.

    What can be proved to be the very same is taken from the `copy` of the archive, a folder or a
    place in object storage; from the store that the archive is brought to, if none is named. Raises
    `UsageError` for a folder that is no archive, `StoreUnreachable`.
    """
    require_archive(home)
    unanswered: list[ClusterUnavailable | IndexOfAnother] = []
    found_again = _find_again(home) if copy is None else 0

    def check_the_index() -> Iterator[Damage]:
        try:
            yield from check_index(home, deep=True)
        except (ClusterUnavailable, IndexOfAnother) as error:
            unanswered.append(error)

    with _opened(home, copy or _own_store(home)) as source:
        done = repair(
            home,
            Extractor(),
            source=source,
            others=others(),
            check_index=check_the_index,
            on_progress=checking_stage(on_progress),
        )
    _log(done)
    bring_up_to_date(home, on_progress)
    if done.catalogue_rebuilt or done.index_damaged:
        try:
            update_index(home, rebuild=True, on_progress=indexing_stage(on_progress))
        except (ClusterUnavailable, IndexOfAnother) as error:
            unanswered.append(error)
    return Mended(done, unanswered[0] if unanswered else None, found_again)


def _find_again(home: Home) -> int:
    """What the store lacks as well is for the check to tell."""
    try:
        return find_segments_again(home)
    except (ObjectMissing, ObjectDiffers):
        return 0


def _own_store(home: Home) -> str | None:
    """The store, if anything of this archive was brought there."""
    return configured(home, "store", "url") if home.receipts.is_file() else None


@contextmanager
def _opened(home: Home, copy: str | None) -> Iterator[Home | None]:
    """A copy of the archive as a home, for as long as the block."""
    if copy is None:
        yield None
    elif copy.startswith("s3://") and home.manifests.is_dir():
        with copy_of_all(ObjectStore.at(copy)) as held:
            yield held
    elif copy.startswith("s3://"):
        with copy_in(copy, manifest_name=own_manifest(home)) as held:
            yield held
    elif (Path(copy) / "warc").is_dir():
        yield Home(Path(copy).resolve())
    else:
        raise UsageError("usecases.no-archive", path=copy, hint=Message("usecases.name-a-backup"))


def _log(done: Repaired) -> None:
    for one in done.salvaged:
        _LOGGER.warning(
            "a damaged segment was set aside",
            extra={"file": one.old, "new": one.new, "kept": one.kept, "left": one.left},
        )
    for name in [*(new for _, new in done.put_right), *done.brought_back]:
        _LOGGER.warning("a segment was put in its place", extra={"file": name})
    for name in done.moved_aside:
        _LOGGER.warning("a strange file was moved aside", extra={"file": name})
    for gone in done.lost:
        _LOGGER.error("a capture is lost", extra={"url": gone.url})
    if done.manifest_renewed:
        _LOGGER.warning("the manifest was made anew", extra={"head": done.head})
    if done.catalogue_rebuilt:
        _LOGGER.warning("the catalogue was made again")
    for damage in done.unmended:
        _LOGGER.error(
            "a damage cannot be mended",
            extra={"file": damage.file, "url": damage.url, "reason": damage.what},
        )
