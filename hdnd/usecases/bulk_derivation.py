"""Everything derived brought up to date by Spark: its workers read, this process makes the rows."""

from __future__ import annotations

import logging

from archive.catalogue.catch_up import catch_up
from archive.catalogue.registry import Registry
from archive.ground.configuration import configured
from archive.ground.errors import UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.store import Archive
from crawler import Extractor
from hdnd.bulk.reading import BulkReading
from hdnd.bulk.spark import Spark
from hdnd.bulk.worker import Workplace
from hdnd.usecases.catch_up import require_archive
from hdnd.usecases.derivations import registry
from hdnd.usecases.indexing import indexing_stage, update_index
from hdnd.usecases.stages import OnProgress, Stage, StageProgress
from hdnd.views.bulk import Derived

_LOGGER = logging.getLogger(__name__)


def derive_with_spark(
    home: Home, master: str, on_progress: OnProgress, *, name: str | None = None
) -> Derived:
    """Bring all derivations up to date, or the one of a name and all it is made of; then the index.

    The rows are those that this machine would make alone. Raises `SparkFailed`, `UsageError` for a
    name that none has and without the extra `spark`, `LockHeld` while another process writes.
    """
    require_archive(home)
    wanted = _wanted(name)
    on_progress(StageProgress(Stage.CATCH_UP))
    with Spark(master) as spark:
        place = Workplace(home.folder, configured(home, "store", "url"), registry)
        reading = BulkReading(
            place,
            spark.run,
            lambda of, tasks: on_progress(StageProgress(Stage.DERIVE, tasks, None, of)),
        )
        with Archive(home, Extractor(), thorough=True, read_units=reading) as archive:
            recovery = archive.recovery
        catch_up(home, wanted, read_units=reading)
    done = update_index(home, on_progress=indexing_stage(on_progress))
    tally = reading.tally
    _LOGGER.info(
        "tasks were done by Spark",
        extra={"read": tally.read, "found": tally.found, "refused": tally.refused},
    )
    return Derived(recovery, done, tally.read, tally.found, tally.refused)


def _wanted(name: str | None) -> Registry:
    """The derivation of a name and those that it reads; all without a name."""
    everything = registry()
    if name is None:
        return everything
    for one in everything:
        if one.name == name:
            return Registry(*everything.read_by(one), one)
    names = [one.name for one in everything]
    hint = Message("usecases.there-are-derivations", names=names)
    raise UsageError("usecases.no-derivation", name=name, hint=hint)
