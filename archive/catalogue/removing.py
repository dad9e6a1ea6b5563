"""A removal that was decided is carried out, and all that was derived before it is thrown away.

What is derived holds the text of what was removed, so none of it is kept. A kill at any step
leaves the removal pending, and the next writer comes through here again. The writer's lock is held.
"""

from __future__ import annotations

import shutil

from archive.catalogue import database, remaking
from archive.ground.durable import sync_folder
from archive.ground.home import Home
from archive.warc import removal


def remove_pending(home: Home) -> bool:
    """Put the segments of a pending removal in place; whether there was one.

    What was derived stands as it was: readers go on with that until the catalogue is made again,
    and then all else is for `end_removal` to throw away.
    """
    if removal.carry_out(home):
        return True
    removal.forget_unfinished(home)
    return False


def end_removal(home: Home) -> None:
    """Throw away what is derived, but for the catalogue, and end the removal."""
    database.discard(home.frontier)
    home.known_trouble.unlink(missing_ok=True)
    indexes = (home.index, home.index_of_versions, home.index_of_attachments)
    for folder in (home.derived, home.results, *indexes):
        for suffix in ("", ".new", ".old"):
            path = folder.with_name(folder.name + suffix)
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
    sync_folder(home.path)
    removal.end(home)


def finish_removal(home: Home) -> bool:
    """Carry out a pending removal without a new catalogue; whether there was one."""
    if not remove_pending(home):
        return False
    remaking.forget(home)
    database.discard(home.catalogue)
    end_removal(home)
    return True
