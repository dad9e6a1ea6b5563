"""A consistent copy of a live archive."""

from __future__ import annotations

import logging
from pathlib import Path

from archive.backup import BackedUp, back_up
from archive.ground.home import Home
from hdnd.usecases.catch_up import require_archive
from hdnd.usecases.stages import OnProgress, Stage, StageProgress

_LOGGER = logging.getLogger(__name__)


def back_up_archive(home: Home, folder: Path, on_progress: OnProgress) -> BackedUp:
    """Copy the archive as it is at this moment into a new folder; raises what `back_up` raises."""
    require_archive(home)
    done = back_up(
        home,
        folder,
        on_progress=lambda done, total, file: on_progress(
            StageProgress(Stage.COPY, done, total, file)
        ),
    )
    _LOGGER.info(
        "a backup was made",
        extra={"folder": str(folder), "segments": done.segments, "bytes": done.size},
    )
    return done
