"""What object storage holds against the manifest: as it says itself, or read byte by byte."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.fixity.damage import Damage, DamagedPart
from archive.ground.errors import (
    ArchiveDamaged,
    HdndError,
    ObjectDiffers,
    ObjectMissing,
    StoreUnreachable,
)
from archive.ground.home import Home
from archive.ground.message import Message
from archive.ground.times import to_text
from archive.objects import ObjectStore
from archive.storage.holdings import (
    MANIFEST,
    holdings_of,
    manifest_in,
    receipt_of,
    require_manifest,
    require_same_chain,
)
from archive.warc.receipts import object_name, receipts_of

_HINT = Message("archive.store-status-tells")


@dataclass(slots=True)
class StoreCheck:
    """A check of the store at `url`; the counts are right when `damages` has ended.

    Of `asked` segments it was asked for size and digest, as it has them; `read` of them were read
    whole; `waiting` are here and not there yet: no receipt says that anybody saw them there.
    `trouble` is why it came to no end: the store did not answer.
    """

    url: str
    manifest_name: str = MANIFEST
    reads: bool = False
    asked: int = 0
    read: int = 0
    waiting: int = 0
    trouble: StoreUnreachable | None = None

    def damages(self, home: Home, already: Container[str] = ()) -> Iterator[Damage]:
        """What the store lacks, holds otherwise, or must not hold.

        Nothing where the manifest here is damaged: there is nothing to compare with then. The
        segments of which every byte was read from there `already` are not read again.
        """
        try:
            yield from self._damages(home, already)
        except StoreUnreachable as error:
            self.trouble = error

    def _damages(self, home: Home, already: Container[str]) -> Iterator[Damage]:
        store = ObjectStore.at(self.url)
        try:
            ours = holdings_of(home)
        except ArchiveDamaged:
            return
        known = receipts_of(home)
        try:
            theirs, _ = manifest_in(store, self.manifest_name)
            require_manifest(store, self.manifest_name, theirs, known.values())
            require_same_chain(store, self.manifest_name, theirs, ours.raws)
        except (ObjectDiffers, ObjectMissing) as error:
            yield _damage(self.manifest_name, error, error.hint)
        for entry in ours.standing:
            receipt = known.get(entry.file)
            is_noted = receipt is not None and receipt.store == str(store.address)
            name = object_name(entry.file)
            if not is_noted and (home.warc / entry.file).is_file() and store.head(name) is None:
                self.waiting += 1
                continue
            self.asked += 1
            try:
                receipt_of(store, entry, to_text(datetime.now(UTC)))
                is_read = entry.file in already
                if self.reads and not is_read and store.digest(name) != entry.sha256:
                    what = Message("archive.digest-not-of-the-manifest")
                    yield Damage(DamagedPart.STORE, name, what, _HINT)
                self.read += self.reads or is_read
            except (ObjectMissing, ObjectDiffers) as error:
                hint = error.hint
                if receipt and not is_noted:
                    hint = Message("archive.its-receipt-names", other=receipt.store)
                yield _damage(name, error, hint)
        for segment in sorted(ours.removed):
            if store.head(object_name(segment)) is not None:
                what, remedy = Message("archive.holds-removed"), Message("archive.push-deletes-it")
                yield Damage(DamagedPart.STORE, object_name(segment), what, remedy)


def _damage(name: str, error: HdndError, hint: Message | None) -> Damage:
    return Damage(DamagedPart.STORE, name, error.said, hint or _HINT)
