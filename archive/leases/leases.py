"""`Leases`: takes leases, and renews those that are held in a thread of its own."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType
from typing import Self

from archive.ground.errors import HdndError, LeaseHeld, ObjectChanged, ObjectDiffers, ObjectMissing
from archive.ground.message import Message
from archive.leases import clock
from archive.leases.lease import Lease
from archive.leases.record import LeaseRecord, decoded
from archive.objects import ObjectStore
from archive.warc.segment_names import LeaseHolder

SECONDS = 180.0
"""How long a lease lasts that is not renewed."""

_RENEWALS = 6
"""How often a lease is renewed while it lasts."""

_NOBODY = "deleted"
"""The process of a lease that was put back: that of nobody."""

_PATIENCE = 3
"""Seconds that who is interrupted waits for a store."""

_LOGGER = logging.getLogger(__name__)


class Leases:
    """The leases of one worker. While it is entered, those that it took are renewed.

    A lease lies in the store as `leases/<name>.json`.
    """

    def __init__(
        self,
        store: ObjectStore,
        worker: str,
        *,
        seconds: float = SECONDS,
        clock: Callable[[], float] = clock.seconds,
    ) -> None:
        self._store = store
        self._worker = worker
        self._process = uuid.uuid4().hex
        self._seconds = float(seconds)
        self._clock = clock
        self._seen: dict[str, tuple[str, float]] = {}
        self._held: list[Lease] = []
        self._is_answered = True
        self._over = Event()
        self._thread = Thread(target=self._renew_all, name="leases", daemon=True)

    def take(
        self, name: str, *, last_holder: Callable[[], LeaseHolder | None] = lambda: None
    ) -> Lease:
        """Take a lease that is free, or whose holder has not renewed it for as long as it lasts.

        That it has not is known once it was asked for that long ago. Where there is none, somebody
        may have deleted it: `last_holder` tells who had it last, as far as is known. It is put
        there again as that one's, who may be at work and not know yet, and is held like any other
        until nobody has renewed it. Raises `LeaseHeld`, and `UsageError` for a store that knows no
        conditions.
        """
        there = self._read(name)
        if there is None and (holder := last_holder()) is not None:
            there = self._put_back(name, holder)
        last = 0 if there is None else there[0].epoch
        asked_at = self._clock()
        record = LeaseRecord(last + 1, self._worker, self._process, self._seconds)
        taken_from = None
        try:
            if there is None:
                etag = self._store.put_first(_object(name), record.encoded()).etag
            else:
                before, etag = there
                taken_from = before.worker
                self._require_free(name, before, etag)
                etag = self._store.replace(_object(name), record.encoded(), etag).etag
        except (ObjectChanged, ObjectDiffers):
            if (there := self._read(name)) is None:
                raise
            raise self._is_held(name, *there) from None
        lease = Lease(
            self._store,
            _object(name),
            record,
            etag,
            taken_at=asked_at,
            taken_from=taken_from,
            clock=self._clock,
        )
        self._held.append(lease)
        if there is None:
            self._renew(lease)  # trying the store takes seconds, and may take longer than it lasts
        return lease

    def release(self, lease: Lease) -> None:
        """Let the next one have it."""
        self._held.remove(lease)
        lease.release()

    def leave(self, lease: Lease) -> None:
        """Renew a lease no more: it ends by itself, where the store is out of reach."""
        self._held.remove(lease)

    def is_answered(self, lease: Lease) -> bool:
        """Whether the store renews a lease within a few seconds.

        If not, the end does not wait for it either.
        """
        renewing = Thread(target=self._renew, args=[lease], name="renewing", daemon=True)
        renewing.start()
        renewing.join(_PATIENCE)
        self._is_answered = not renewing.is_alive()
        return self._is_answered

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Release what is held; who is interrupted waits a few seconds for that, for what is not
        released ends by itself.
        """
        self._over.set()
        if not self._is_answered:
            return
        releasing = Thread(target=self._release_all, name="releasing", daemon=True)
        releasing.start()
        is_interrupted = kind is not None and issubclass(kind, KeyboardInterrupt)
        releasing.join(_PATIENCE if is_interrupted else None)

    def _release_all(self) -> None:
        self._thread.join()
        for lease in list(self._held):
            self.release(lease)

    def _read(self, name: str) -> tuple[LeaseRecord, str] | None:
        try:
            data, facts = self._store.get(_object(name))
        except ObjectMissing:
            return None
        return decoded(data, _object(name)), facts.etag

    def _put_back(self, name: str, holder: LeaseHolder) -> tuple[LeaseRecord, str] | None:
        """What is there once a lease that was deleted is back, in the epoch after the last known:
        of that nothing need be in the store yet.
        """
        _LOGGER.warning("a lease was deleted; it is free when it has ended", extra={"lease": name})
        record = LeaseRecord(holder.epoch + 1, holder.worker, _NOBODY, self._seconds)
        with suppress(ObjectDiffers):
            self._store.put_new(_object(name), record.encoded())
        return self._read(name)

    def _require_free(self, name: str, record: LeaseRecord, etag: str) -> None:
        if record.released or record.process == self._process:
            return
        seen, at = self._seen.get(name, ("", 0.0))
        if seen != etag or self._clock() - at < record.seconds:
            raise self._is_held(name, record, etag)

    def _is_held(self, name: str, record: LeaseRecord, etag: str) -> LeaseHeld:
        if self._seen.get(name, ("", 0.0))[0] != etag:
            self._seen[name] = (etag, self._clock())
        return LeaseHeld(
            "archive.lease-held",
            name=name,
            worker=record.worker,
            epoch=record.epoch,
            renewals=record.renewals,
            hint=Message("archive.lease-ends-by-itself", count=round(record.seconds)),
        )

    def _renew_all(self) -> None:
        while not self._over.wait(self._seconds / _RENEWALS):
            for lease in list(self._held):
                self._renew(lease)

    def _renew(self, lease: Lease) -> None:
        try:
            lease.renew()
        except HdndError as error:
            reason = {"lease": lease.name, "reason": str(error.said)}
            _LOGGER.warning("a lease could not be renewed", extra=reason)


def _object(name: str) -> str:
    return f"leases/{name}.json"
