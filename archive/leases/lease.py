"""`Lease`: held by one process, for a while that ends by itself unless it is renewed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from threading import Lock

from archive.ground.errors import HdndError, ObjectChanged
from archive.leases.record import LeaseRecord
from archive.objects import ObjectStore
from archive.warc.segment_names import LeaseHolder

MARGIN = 1 / 3
"""The part of a lease that is left when nothing more is begun."""

_SURE = 0.95
"""The part of a lease that its holder counts on: clocks do not run equally fast."""

_LOGGER = logging.getLogger(__name__)


class Lease:
    """A lease that this process took. Any thread may ask it; `Leases` makes it.

    `taken_from` is the worker that had it last, None if nobody had.

    It counts from before the store was asked, by a clock that nobody sets; whoever wants it counts
    as long from after it saw the last renewal. So nobody compares clocks, and the two never overlap
    unless one clock runs a twentieth faster than the other.
    """

    def __init__(
        self,
        store: ObjectStore,
        name: str,
        record: LeaseRecord,
        etag: str,
        *,
        taken_at: float,
        taken_from: str | None,
        clock: Callable[[], float],
    ) -> None:
        self.name = name
        self.holder = LeaseHolder(record.worker, record.epoch)
        self.taken_from = taken_from
        self._store = store
        self._record = record
        self._etag = etag
        self._since = taken_at
        self._clock = clock
        self._lost = False
        self._asked: tuple[LeaseRecord, float] | None = None
        self._writing = Lock()

    @property
    def changed_hands(self) -> bool:
        """Whether this worker was not the one that had it last."""
        return self.taken_from != self.holder.worker

    def seconds_left(self) -> float:
        """For how long what was begun under the lease may go on; 0 or less once it is over."""
        if self._lost:
            return 0
        return self._since + self._record.seconds * _SURE - self._clock()

    def may_begin(self) -> bool:
        """Whether enough of it is left to begin something under it."""
        return self.seconds_left() > self._record.seconds * MARGIN

    def renew(self) -> None:
        """Have it last anew from now on; without effect once another process has taken it.

        Raises `StoreUnreachable`; then it lasts as long as it did.
        """
        with self._writing:
            for _ in range(2):
                if self._lost or not self._write(self._record.renewed()):
                    return

    def release(self) -> None:
        """Let the next one have it at once. If the store cannot be reached, it ends by itself."""
        with self._writing:
            if self._lost:
                return
            try:
                self._write(replace(self._record.renewed(), released=True))
            except HdndError as error:
                reason = {"lease": self.name, "reason": str(error.said)}
                _LOGGER.warning("a lease could not be released", extra=reason)
            self._lost = True

    def _write(self, record: LeaseRecord) -> bool:
        """Write a record; whether it was one of an earlier call, whose answer had been lost."""
        earlier = self._asked is not None and self._asked[0] == record
        if not earlier:
            self._asked = (record, self._clock())
        assert self._asked is not None
        try:
            facts = self._store.replace(self.name, record.encoded(), self._etag)
        except ObjectChanged:
            self._lost = True
            _LOGGER.warning("a lease was lost", extra={"lease": self.name})
            return False
        # What the store had already counts from when it was first asked.
        self._record, self._etag, self._since = record, facts.etag, self._asked[1]
        self._asked = None
        return earlier
