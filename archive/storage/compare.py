"""What a store holds, compared with what the manifest says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import UTC, datetime

from archive.ground.errors import HdndError, ObjectDiffers, ObjectMissing
from archive.ground.home import Home
from archive.ground.times import to_text
from archive.objects import DERIVED, ObjectStore
from archive.storage.holdings import (
    MANIFEST,
    holdings_of,
    manifest_in,
    receipts_in,
    require_manifest,
    require_same_chain,
)
from archive.warc.receipts import object_name, receipts_of

_NAMED = 20


@dataclass(slots=True)
class StoreState:
    """How a store stands to an archive.

    Of `segments` it holds `held` as the manifest says; `waiting` are here and not there yet;
    `wrong` says what it should hold and does not, or holds otherwise. `alone` lie there only;
    `unnoted` of them have no receipt, so that nobody reads them. `elsewhere` counts what lies in
    no file here and by its receipt in another store, by that store.
    `removed` hold records that were removed, and are there still. `strange` counts the objects
    that are none of this archive, the first of them `named`; `unlisted` is why there may be more.
    `manifest` is how many lines its manifest has, and `chain` what is wrong with it.
    """

    store: str
    segments: int = 0
    held: int = 0
    waiting: list[str] = field(default_factory=list)
    wrong: list[HdndError] = field(default_factory=list)
    alone: int = 0
    unnoted: int = 0
    elsewhere: Counter[str] = field(default_factory=Counter)
    removed: list[str] = field(default_factory=list)
    strange: int = 0
    named: list[str] = field(default_factory=list)
    unlisted: HdndError | None = None
    manifest: int = 0
    chain: HdndError | None = None

    @property
    def is_sound(self) -> bool:
        """Whether it holds nothing that it must not, and all that it was seen to hold."""
        return not (self.wrong or self.removed or self.chain)


def compare(home: Home, url: str, *, manifest_name: str = MANIFEST) -> StoreState:
    """Ask the store for each segment, and for the names of all that it holds; nothing is changed.

    Raises `ArchiveDamaged` for a damaged manifest here, `StoreUnreachable`.
    """
    store = ObjectStore.at(url)
    state = StoreState(str(store.address))
    ours = holdings_of(home)
    known = receipts_of(home)
    theirs, _ = manifest_in(store, manifest_name)
    state.manifest = len(theirs.splitlines())
    try:
        require_manifest(store, manifest_name, theirs, known.values())
        require_same_chain(store, manifest_name, theirs, ours.raws)
    except (ObjectDiffers, ObjectMissing) as error:
        state.chain = error
    of_us = {object_name(entry.file): entry for entry in ours.entries}
    _list(store, {*of_us, manifest_name}, state)
    for entry in ours.standing:
        state.segments += 1
        is_here = (home.warc / entry.file).is_file()
        receipts, wrong = receipts_in(store, [entry], to_text(datetime.now(UTC)))
        state.held += len(receipts)
        receipt = known.get(entry.file)
        is_noted = receipt is not None and receipt.store == state.store
        if not is_here:
            state.alone += len(receipts)
            state.unnoted += len(receipts) if receipt is None else 0
            state.elsewhere.update([receipt.store] if receipt and not is_noted else [])
        lacks_it = any(isinstance(error, ObjectMissing) for error in wrong)
        if lacks_it and is_here and not is_noted:
            state.waiting.append(entry.file)
        else:
            state.wrong += wrong
    state.removed = [name for name in sorted(ours.removed) if store.head(object_name(name))]
    return state


def _list(store: ObjectStore, ours: Container[str], state: StoreState) -> None:
    try:
        for name in store.names():
            if name not in ours and not name.startswith(f"{DERIVED}/"):
                state.strange += 1
                if len(state.named) < _NAMED:
                    state.named.append(name)
    except ObjectDiffers as error:
        state.unlisted = error
