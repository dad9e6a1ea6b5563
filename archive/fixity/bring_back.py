"""Records that an earlier repair could not save, brought back from a copy of the archive."""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import datetime
from pathlib import Path

from archive.fixity.salvage import Salvaged, salvage
from archive.ground.causes import disk_failed
from archive.ground.errors import ObjectDiffers, ObjectMissing
from archive.ground.home import Home
from archive.ground.message import Message
from archive.warc import manifest, segment_files
from archive.warc.replacing import names_before, replacements

_COPIED_AT_ONCE = 1 << 20


def bring_back_lost(home: Home, source: Home, at: datetime) -> list[Salvaged]:
    """Replace segments that lack records by new ones, made of the originals in `source`.

    An original is one whose digest the manifest here names. What lacks records after that too, and
    what is whole, is left as it is; so is one from which records were removed since the copy was
    made, and one that lies in object storage alone. Raises `StorageFailed`.
    """
    if not home.manifest.is_file():
        return []
    entries = {line.entry.file: line.entry for line in manifest.read(home) if line.entry}
    done = []
    forbidden = manifest.removed_from(home)
    for one in [one for one in replacements(home) if one.lost]:
        if segment_files.is_stored_alone(home.warc / one.segment):
            continue
        for name in names_before(one.segment):
            if name in forbidden or name not in entries:
                continue
            if original := _copied(home, source, entries[name]):
                try:
                    done.append(salvage(home, home.warc / one.segment, None, at, source=original))
                finally:
                    original.unlink(missing_ok=True)
                break
    return done


def _copied(home: Home, source: Home, entry: manifest.ManifestEntry) -> Path | None:
    """A segment of a copy, copied to where nobody changes it, if it is the one named."""
    there = source.warc / entry.file
    if not segment_files.is_file(there) or there.is_symlink():
        return None
    if segment_files.size_of(there) != entry.size:
        return None
    here = home.aside / f"{entry.file}.copied"
    try:
        home.aside.mkdir(parents=True, exist_ok=True)
        here.unlink(missing_ok=True)
        with segment_files.open_segment(there) as file, here.open("xb") as out:
            shutil.copyfileobj(file, out, _COPIED_AT_ONCE)
            out.flush()
            os.fsync(out.fileno())
        with here.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except (ObjectMissing, ObjectDiffers):
        here.unlink(missing_ok=True)
        return None
    except OSError as error:
        here.unlink(missing_ok=True)
        raise disk_failed(error, here, Message("archive.mend-the-disk-repair")) from error
    if sha256 != entry.sha256:
        here.unlink()
        return None
    return here
