"""What an interrupted crawl left between two steps, taken up before anything else is done."""

from __future__ import annotations

from archive.ground.errors import LockHeld, UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.store import Archive, CrashRecovery
from crawler import Extractor
from hdnd.usecases.derivations import bring_up_to_date, make_again, others
from hdnd.usecases.stages import OnProgress, Stage, StageProgress


def catch_up(home: Home, on_progress: OnProgress) -> CrashRecovery | LockHeld:
    """Take in and read what the segments hold beyond the catalogue; gives what that was.

    A catalogue that cannot be what the records say is made again. While a crawl is writing there is
    nothing to mend: it goes on, and what it has kept so far stands in the catalogue. Its lock is
    given back.
    """
    require_archive(home)
    on_progress(StageProgress(Stage.CATCH_UP))
    try:
        with Archive(home, Extractor(), others=others(), thorough=True) as archive:
            recovery = archive.recovery
        bring_up_to_date(home, on_progress)
    except LockHeld as held:
        return held
    return recovery


def rebuild_catalogue(home: Home, on_progress: OnProgress) -> int:
    """Make the catalogue again, whatever there is of it; the number of records."""
    require_archive(home)
    on_progress(StageProgress(Stage.REBUILD))
    with Archive(home, Extractor(), others=others(), make_anew=True) as archive:
        records = archive.recovery.taken_in
    make_again(home, on_progress)
    return records


def require_archive(home: Home) -> None:
    """Raise an error that says what to do if there is no archive at a home.

    Raises `UsageError` if there is none.
    """
    if not home.warc.exists():
        raise UsageError(
            "usecases.no-archive", path=home.path, hint=Message("usecases.start-archive")
        )
