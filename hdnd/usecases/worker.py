"""A worker's night: the sites of its bucket, each under a lease, and into the store what came."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from time import sleep

from archive.gathering import gather, last_holders
from archive.going_on import go_on
from archive.ground.configuration import configured
from archive.ground.errors import (
    HdndError,
    LeaseHeld,
    LeaseLost,
    ObjectDiffers,
    StoreUnreachable,
    UsageError,
)
from archive.ground.home import Home
from archive.ground.message import Message
from archive.leases import SECONDS, Lease, Leases
from archive.objects import ObjectStore
from archive.storage import MONTH, adopt, manifest_name, note_worker, push
from archive.store import Archive
from archive.warc.segment_names import WORKER, LeaseHolder
from crawler import CrawlBounds, CrawlEnded, Extractor, Site, refresh_leased
from crawler.sites.site_selection import choose_site
from hdnd.usecases.buckets import Bucket
from hdnd.usecases.crawling import log_errors, told
from hdnd.usecases.refreshing import Refreshed, sites_to_refresh, told_apart
from hdnd.usecases.stages import OnProgress, Stage, StageProgress

_LOGGER = logging.getLogger(__name__)

_LONGEST_NAME = 40
_LOOKS = 8
"""How often it is looked whether a lease is free, while one lasts."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Who this worker is among several, of which sites it takes care, and the store of all.

    `seconds` is how long a lease lasts that it does not renew.
    """

    name: str
    store: str
    bucket: Bucket | None = None
    seconds: float = SECONDS


def worker_named(home: Home, name: str, bucket: str | None, seconds: float | None) -> Worker:
    """The worker of this name, with its bucket as it is written and the store that is set.

    Raises `UsageError` for a name or a bucket that is none, and where no store is set.
    """
    if not re.fullmatch(WORKER, name) or len(name) > _LONGEST_NAME:
        hint = Message("usecases.worker-form")
        raise UsageError("usecases.no-worker-name", name=name, hint=hint)
    store = configured(home, "store", "url")
    if store is None:
        raise UsageError("usecases.worker-without-store", hint=Message("usecases.set-a-store"))
    part = Bucket.parse(bucket) if bucket else None
    return Worker(name, store, part, SECONDS if seconds is None else seconds)


def refresh_as_worker(
    home: Home,
    sites: Sequence[str],
    on_progress: OnProgress,
    *,
    worker: Worker,
    host: str | None = None,
    contact: str | None = None,
    bounds: CrawlBounds | None = None,
) -> Refreshed:
    """Bring those sites up to date that are in the worker's bucket, each under its lease.

    Before a site is begun with, what other workers have of it is gathered; when it has ended, what
    came is put into the store. A site that another worker has is left to it. Neither what comes
    after a crawl nor the index is made: that is for the archive that gathers all.

    Raises `LeaseHeld` if another process works under this name, an `HdndError` where no site has a
    turn.
    """
    on_progress(StageProgress(Stage.PREPARE_REFRESH))
    turns = sites_to_refresh(home, sites, host=host)
    mine = [name for name in turns.names if worker.bucket is None or worker.bucket.has(name)]
    store = ObjectStore.at(worker.store)
    with Leases(store, worker.name, seconds=worker.seconds) as leases:
        own = _wait_for(partial(leases.take, f"workers/{worker.name}"), worker.seconds)
        night = _Night(home, worker, store, leases, own)
        night.begin()
        with closing(night.turns([choose_site(home, name, host=host) for name in mine])) as leased:
            ended = refresh_leased(
                home,
                leased,
                contact=contact,
                bounds=bounds,
                on_progress=told(Stage.REFRESH, on_progress),
            )
    ended = [*turns.refused, *ended, *night.failed]
    log_errors(ended)
    return Refreshed(tuple(told_apart(home, ended)), turns.skipped, None)


@dataclass(slots=True)
class _Night:
    home: Home
    worker: Worker
    store: ObjectStore
    leases: Leases
    own: Lease
    failed: list[CrawlEnded] = field(default_factory=list)
    is_asked_to_end: bool = field(default=False, init=False)
    _holders: dict[str, LeaseHolder] | None = field(default=None, init=False)

    def begin(self) -> None:
        """Have an archive, whole as the last process left it, and in the store what it kept."""
        if self.home.warc.exists():
            self._go_on()
        elif self.store.head(manifest_name(self.worker.name)):
            adopt(self.home, self.worker.store, manifest_name=manifest_name(self.worker.name))
        with Archive(self.home, Extractor()):
            pass
        note_worker(self.home, self.worker.name)
        self._push()

    def _go_on(self) -> None:
        try:
            go_on(self.home, self.worker.store, worker=self.worker.name)
        except ObjectDiffers:
            # Closed, what is only here can be saved under another name.
            with Archive(self.home, Extractor()):
                raise

    def turns(self, sites: Sequence[Site]) -> Generator[tuple[Site, Lease], None, None]:
        """Each site with its lease, which is released when the next one is asked for.

        What another worker has is looked at again after all others: it may have died. Without the
        store none has a turn.
        """
        later: list[Site] = []
        for take, some in ((self._take, sites), (self._wait_for, later)):
            for at, site in enumerate(some):
                try:
                    lease = take(site)
                except LeaseHeld as error:
                    if some is later:
                        self._failed([site], error)
                    else:
                        later.append(site)
                except StoreUnreachable as error:
                    self._failed(some[at:], error)
                    return
                except HdndError as error:
                    self._failed([site], error)
                else:
                    yield from self._turn(site, lease)

    def _take(self, site: Site) -> Lease:
        return self.leases.take(f"sites/{site.id}", last_holder=partial(self._last_holder, site))

    def _wait_for(self, site: Site) -> Lease:
        return _wait_for(partial(self._take, site), self.worker.seconds)

    def _last_holder(self, site: Site) -> LeaseHolder | None:
        if self._holders is None:
            self._holders = last_holders(self.home, self.store)
        return self._holders.get(site.id)

    def _turn(self, site: Site, lease: Lease) -> Iterator[tuple[Site, Lease]]:
        try:
            if lease.changed_hands:
                self._gather(site)
            yield site, lease
        except GeneratorExit:
            self.is_asked_to_end = True
            raise
        except HdndError as error:
            self._failed([site], error)
        finally:
            self._end_turn(site, lease)

    def _end_turn(self, site: Site, lease: Lease) -> None:
        if self.is_asked_to_end and not self.leases.is_answered(lease):
            _LOGGER.warning("what came is not in the store yet", extra={"site": site.id})
            self.leases.leave(lease)
            return
        try:
            self._push()
        except StoreUnreachable as error:
            self._failed([site], error)
            self.leases.leave(lease)
            return
        except HdndError as error:
            self._failed([site], error)
        self.leases.release(lease)

    def _gather(self, site: Site) -> None:
        gathered = gather(self.home, self.store, site=site.id)
        for error in gathered.failed:
            self._failed([site], error)

    def _push(self) -> None:
        if not self.own.may_begin():
            self.own.renew()
        if not self.own.may_begin():
            hint = Message("usecases.give-each-its-name")
            raise LeaseLost("usecases.name-lost", worker=self.worker.name, hint=hint)
        own = manifest_name(self.worker.name)
        push(self.home, self.worker.store, manifest_name=own, believed=MONTH)

    def _failed(self, sites: Sequence[Site], error: HdndError) -> None:
        self.failed += [CrawlEnded(site.id, None, error) for site in sites]


def _wait_for(take: Callable[[], Lease], seconds: float) -> Lease:
    """A lease as soon as it is free; raises `LeaseHeld` once its holder has renewed it."""
    seen = None
    while True:
        try:
            return take()
        except LeaseHeld as held:
            renewed = (held.said.values["epoch"], held.said.values["renewals"])
            if seen not in (None, renewed):
                raise
            seen = renewed
            sleep(seconds / _LOOKS)
