"""A removal that was decided is carried out, and all that was derived before it is thrown away."""

from __future__ import annotations

import shutil

from archive.catalogue import database, remaking
from archive.ground.durable import sync_folder
from archive.ground.home import Home
from archive.warc import removal


def finish_removal(home: Home) -> bool:
    """Carry out a removal that is pending; whether there was one. The writer's lock is held.

    What is derived holds the text of what was removed, so none of it is kept. A kill at any step
    leaves the removal pending, and the next writer comes through here again.
    """
    if not removal.carry_out(home):
        removal.forget_unfinished(home)
        return False
    remaking.forget(home)
    database.discard(home.catalogue)
    database.discard(home.frontier)
    home.known_trouble.unlink(missing_ok=True)
    for folder in (home.derived, home.index, home.index_of_versions, home.index_of_attachments):
        for suffix in ("", ".new", ".old"):
            path = folder.with_name(folder.name + suffix)
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
    sync_folder(home.path)
    removal.end(home)
    return True
