"""Local copies deleted of segments that object storage holds."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field

from archive.ground.durable import sync_folder
from archive.ground.errors import HdndError, ObjectDiffers, ObjectMissing
from archive.ground.home import Home
from archive.ground.lock import WriterLock
from archive.objects import ObjectStore
from archive.storage.holdings import holdings_of, receipt_of
from archive.warc.receipts import receipts_of

OnProgress = Callable[[int, int, str], None]
"""Told segments done, segments in all and the one at hand."""


@dataclass(slots=True)
class Dropped:
    """The segments whose files were deleted here, and their bytes.

    `kept` are those that stay: they have no receipt yet; `wrong` is why others stay whose objects
    are not what the manifest says.
    """

    store: str
    segments: list[str] = field(default_factory=list)
    size: int = 0
    kept: list[str] = field(default_factory=list)
    wrong: list[HdndError] = field(default_factory=list)


def drop(
    home: Home, url: str, *, on_progress: OnProgress = lambda done, total, what: None
) -> Dropped:
    """Delete the file of each closed segment that has a receipt, and that the store says it holds.

    It is asked again for each. Nobody may write to the archive meanwhile (`LockHeld`). Raises
    `ArchiveDamaged` for a damaged manifest, `StoreUnreachable`; what was deleted before stays so.
    """
    store = ObjectStore.at(url)
    done = Dropped(str(store.address))
    with ExitStack() as stack:
        stack.enter_context(WriterLock(home.lock))
        stack.enter_context(WriterLock(home.store_lock))
        known = receipts_of(home)
        try:
            standing = holdings_of(home).standing
            for at, entry in enumerate(standing):
                path = home.warc / entry.file
                if not path.is_file():
                    continue
                on_progress(at, len(standing), entry.file)
                receipt = known.get(entry.file)
                is_noted = receipt is not None and receipt.store == done.store
                try:
                    receipt_of(store, entry, "")
                except (ObjectMissing, ObjectDiffers) as error:
                    if is_noted or isinstance(error, ObjectDiffers):
                        done.wrong.append(error)
                    else:
                        done.kept.append(entry.file)
                    continue
                if not is_noted:
                    done.kept.append(entry.file)
                    continue
                path.unlink()
                done.segments.append(entry.file)
                done.size += entry.size
        finally:
            sync_folder(home.warc)
    return done
