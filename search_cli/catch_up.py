"""What an interrupted crawl left between two steps, taken up before anything else is done."""

from __future__ import annotations

from sqlite3 import DatabaseError

from archive.catalogue import database
from archive.ground.errors import ArchiveDamaged, LockHeld, UsageError
from archive.ground.home import Home
from archive.ground.lock import WriterLock
from archive.store import Archive
from crawler import Extractor
from search_cli.derivations import bring_up_to_date, make_again, others
from search_cli.progress import Reporter
from search_cli.summary import recovery_lines


def catch_up(home: Home, report: Reporter) -> list[str]:
    """Take in and read what the segments hold beyond the catalogue; says what that was.

    While a crawl is writing there is nothing to mend: it goes on, and what it has kept so far
    stands in the catalogue.
    """
    require_archive(home)
    report("Reading what was kept")
    try:
        with Archive(home, Extractor(), others=others()) as archive:
            notes = list(recovery_lines(archive.recovery))
        bring_up_to_date(home, report)
        return notes
    except LockHeld as error:
        return [f"{error.message}; going on with what stands in the catalogue"]


def rebuild_catalogue(home: Home, report: Reporter) -> int:
    """Throw the catalogue away, readable or not, and make it again; the number of records."""
    require_archive(home)
    report("Reading the WARC files")
    try:
        with Archive(home, Extractor(), others=others()) as archive:
            records = archive.rebuild()
    except (ArchiveDamaged, DatabaseError):
        with WriterLock(home.lock):
            database.discard(home.catalogue)
        with Archive(home, Extractor(), others=others()) as archive:
            records = archive.recovery.taken_in
    make_again(home, report)
    return records


def require_archive(home: Home) -> None:
    """Raise an error that says what to do if there is no archive at a home."""
    if not home.warc.exists():
        raise UsageError(
            f"there is no archive in {home.path}",
            hint="Start one with `hdnd crawl`, or name another folder with --home.",
        )
