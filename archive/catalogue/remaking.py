"""A catalogue made again beside the old one, which it takes the place of when it is whole.

The writer's lock is held. Killed or on a full disk, the old one stands as it was.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from archive.catalogue.database import Catalogue, discard, open_to_fill
from archive.ground.durable import sync_folder
from archive.ground.home import Home


def begin(home: Home) -> Catalogue:
    """A new, empty catalogue of a home, which nobody reads yet."""
    return Catalogue(home, open_to_fill(_new(home)))


def finish(home: Home, made: Catalogue) -> None:
    """Put a catalogue that is whole in the place of the one there is, readable or not."""
    made.close()
    new = _new(home)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    fold_log(home.catalogue)
    # What a log says is of the old file: it must not be read with the new one.
    _discard_log(home.catalogue)
    new.replace(home.catalogue)
    _discard_log(home.catalogue)
    sync_folder(home.path)


def forget(home: Home) -> None:
    """Throw away what an interrupted making left."""
    discard(_new(home))


def _new(home: Home) -> Path:
    return home.catalogue.with_name(f"{home.catalogue.name}.new")


def fold_log(path: Path) -> None:
    """Write the log into its file, so that the file is whole without it."""
    if not path.is_file():
        return
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=1)
    except sqlite3.Error:
        return
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error:
        pass
    finally:
        connection.close()


def _discard_log(path: Path) -> None:
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
