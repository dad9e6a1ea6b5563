"""Local copies deleted of segments that object storage holds."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field

from archive.ground.durable import sync_folder
from archive.ground.errors import HdndError, ObjectDiffers, ObjectMissing
from archive.ground.home import Home
from archive.ground.lock import WriterLock
from archive.objects import ObjectStore
from archive.storage.holdings import holdings_of, receipt_of
from archive.warc.receipts import receipts_of


@dataclass(slots=True)
class Dropped:
    """The segments whose files were deleted here, and their bytes.

    `kept` are those that stay: they have no receipt yet; `wrong` is why others stay whose objects
    are not what their receipts say.
    """

    store: str
    segments: list[str] = field(default_factory=list)
    size: int = 0
    kept: list[str] = field(default_factory=list)
    wrong: list[HdndError] = field(default_factory=list)


def drop(home: Home, url: str) -> Dropped:
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
            for entry in holdings_of(home).standing:
                path = home.warc / entry.file
                if not path.is_file():
                    continue
                receipt = known.get(entry.file)
                if receipt is None or receipt.store != done.store:
                    done.kept.append(entry.file)
                    continue
                try:
                    receipt_of(store, entry, receipt.at)
                except (ObjectMissing, ObjectDiffers) as error:
                    done.wrong.append(error)
                    continue
                path.unlink()
                done.segments.append(entry.file)
                done.size += entry.size
        finally:
            sync_folder(home.warc)
    return done
