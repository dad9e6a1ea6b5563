"""An archive begun on a machine that has nothing of it, from what a store holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from archive.ground.causes import disk_failed
from archive.ground.errors import HdndError, ObjectMissing
from archive.ground.home import Home
from archive.ground.message import Message
from archive.ground.scratch import scratch_folder
from archive.ground.times import to_text
from archive.objects import ObjectStore
from archive.storage.holdings import MANIFEST, holdings_in, manifest_in, receipts_in
from archive.warc.receipts import receipts_of, write_receipts


def adopt(home: Home, url: str, *, manifest_name: str = MANIFEST) -> int:
    """Take over manifest and receipts from a store; how many segments it holds.

    The folder of the segments is made last: until then there is no archive, and the call may be
    made again. Raises `ObjectMissing` and `ObjectDiffers` where the store lacks a segment or holds
    another one, `ArchiveDamaged` for a broken manifest, `StoreUnreachable`.
    """
    wrong = _take_over(home, url, manifest_name)
    if wrong:
        raise wrong[0]
    home.warc.mkdir()
    return len(receipts_of(home))


@contextmanager
def copy_in(url: str, *, manifest_name: str = MANIFEST) -> Iterator[Home]:
    """What a store holds, as a copy of the archive that segments can be taken from.

    What it lacks is not in the copy.
    """
    with scratch_folder() as folder:
        copy = Home(folder / "copy")
        _take_over(copy, url, manifest_name)
        copy.warc.mkdir()
        yield copy


def _take_over(home: Home, url: str, manifest_name: str) -> list[HdndError]:
    store = ObjectStore.at(url)
    data, etag = manifest_in(store, manifest_name)
    if etag is None:
        raise ObjectMissing(
            "archive.object-not-there",
            store=str(store.address),
            name=manifest_name,
            hint=Message("archive.store-holds-no-archive"),
        )
    held = holdings_in(data, f"{store.address}/{manifest_name}")
    receipts, wrong = receipts_in(store, held.standing, to_text(datetime.now(UTC)))
    try:
        home.path.mkdir(parents=True, exist_ok=True)
        write_receipts(home, receipts)
        new = home.manifest.with_name(f"{home.manifest.name}.new")
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(home.manifest)
    except OSError as error:
        raise disk_failed(error, home.path, Message("archive.choose-a-home")) from error
    return wrong
