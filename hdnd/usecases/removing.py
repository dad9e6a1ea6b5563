"""All records of a withheld article removed, and everything that is derived made again without."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from archive.catalogue.queries.removal import captures_to_remove
from archive.ground.configuration import configured
from archive.ground.errors import ArchiveDamaged, StoreUnreachable
from archive.ground.home import Home
from archive.ground.message import Message
from archive.removal import decide_removal
from archive.store import Archive
from archive.warc import manifest
from crawler import Extractor
from hdnd.bulk.result_store import results_at
from hdnd.usecases.catch_up import require_archive
from hdnd.usecases.derivations import bring_up_to_date, others
from hdnd.usecases.index_places import demand_names
from hdnd.usecases.indexing import indexing_stage, update_standing
from hdnd.usecases.stages import OnProgress, Stage, StageProgress
from hdnd.usecases.storing import push_if_set
from hdnd.views.removal import Removed

_LOGGER = logging.getLogger(__name__)


def remove(home: Home, article: str, *, reason: str, on_progress: OnProgress) -> Removed:
    """Remove an article for good; raises what `decide_removal` raises, and `IndexOfAnother` where
    the index that is to be built anew cannot be: nothing is removed then.

    Interrupted once it is decided, the next command that writes goes on with it.
    """
    require_archive(home)
    demand_names(home)
    with (
        _hinted("usecases.nothing-removed-yet"),
        Archive(home, Extractor(), others=others(), thorough=True) as archive,
    ):
        # They have the text of what is to be removed, and can be made again.
        results_at(home.results, configured(home, "store", "url")).discard_all()
        decided = decide_removal(archive, article, reason=reason)
    on_progress(StageProgress(Stage.REBUILD))
    with (
        _hinted("usecases.removal-goes-on"),
        Archive(home, Extractor(), others=others()) as archive,
    ):
        left = captures_to_remove(archive.catalogue, decided.article)
    _LOGGER.warning(
        "an article was removed",
        extra={"article": decided.article, "reason": decided.reason, "records": decided.records},
    )
    with _hinted("usecases.removal-goes-on"):
        bring_up_to_date(home, on_progress)
    indexed = update_standing(home, rebuild=True, on_progress=indexing_stage(on_progress))
    if left:
        raise ArchiveDamaged(
            "usecases.captures-left",
            count=len(left),
            article=decided.article,
            hint=Message("usecases.remove-again"),
        )
    return Removed(decided, manifest.head(home), indexed, push_if_set(home, on_progress))


@contextmanager
def _hinted(hint: str) -> Iterator[None]:
    """Say what a store that is out of reach means for the removal."""
    try:
        yield
    except StoreUnreachable as error:
        raise StoreUnreachable(error.said, hint=Message(hint)) from error
