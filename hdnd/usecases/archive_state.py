"""What of the archive is open between requests: the search index, and a name for its state."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import BoundedSemaphore, Lock, Thread
from typing import TYPE_CHECKING, Any, TypeVar, cast

from archive.ground.errors import ClusterUnavailable
from archive.ground.home import Home
from hdnd.usecases.index_places import state_on_cluster
from hdnd.usecases.reader_state import Signature, signature_of, state_name
from indexer.search_time import one_search

if TYPE_CHECKING:
    from hdnd.views.replay import Hidden
    from indexer.engine import SearchEngine

_SEARCHES_OF_ONE = 200
"""So often one opened index is asked: what it has remembered by then goes with it."""

_SOON, _ALONE = 5.0, 5.0
"""Seconds in which a cluster says in what state it is, and that it is not asked after it did not.
"""

_Value = TypeVar("_Value")


class StillWorking(Exception):
    """It takes longer than somebody may wait, and goes on."""


class ArchiveState:
    """An archive that others may write to meanwhile; any number of threads may ask.

    An opened index is never brought up to date under those who search it: a new one takes its
    place.
    """

    def __init__(self, home: Home, searches_at_once: int) -> None:
        self.home = Home(home.folder, untouched=True)
        self._lock = Lock()
        self._gate = BoundedSemaphore(searches_at_once)
        self._seen: tuple[Signature, str] | None = None
        self._making = Lock()
        self._made: tuple[str, bytes] | None = None
        self._hidden: tuple[str, Hidden] | None = None
        self._worked: dict[str, tuple[str, Future[Any]]] = {}
        self._index: tuple[str, SearchEngine, int] | None = None
        self._away: tuple[float, ClusterUnavailable] | None = None

    def name(self) -> str:
        """A name for what the archive holds and may show now: another state has another.

        What is found in an index on a cluster has `searched_name`; no cluster is asked here.
        """
        signature = signature_of(self.home)
        seen = self._seen
        if seen is None or seen[0] != signature:
            seen = self._seen = (signature, state_name(signature))
        return seen[1]

    def searched_name(self) -> str:
        """The same for what is found now.

        Raises `ClusterUnavailable` where a cluster does not answer soon, and for some seconds after
        that without asking it.
        """
        signature = self._on_cluster()
        return f"{self.name()} {state_name(signature)}" if signature else self.name()

    def _on_cluster(self) -> Signature:
        with self._lock:
            away = self._away
        if away is not None and time.monotonic() < away[0]:
            raise ClusterUnavailable(away[1].said, hint=away[1].hint)
        try:
            with one_search(seconds=_SOON):
                return state_on_cluster(self.home)
        except ClusterUnavailable as error:
            with self._lock:
                self._away = time.monotonic() + _ALONE, error
            raise

    def changed_at(self) -> datetime:
        """When anything of what may be shown was last written."""
        times = [changed for _, _, changed in signature_of(self.home)]
        return datetime.fromtimestamp(max(times, default=0) // 10**9, UTC)

    @contextmanager
    def searching(self) -> Iterator[SearchEngine]:
        """The index of this moment, for one of the few searches that may run at once, within the
        time of one search. Raises as `searched_name` does.
        """
        with self._gate, one_search():
            yield self._newest()

    def hidden(self) -> Hidden:
        """What must not be shown now."""
        name, known = self.name(), self._hidden
        if known is None or known[0] != name:
            from hdnd.usecases.replay import hidden_of

            known = self._hidden = (name, hidden_of(self.home))
        return known[1]

    def kept(self, what: str, make: Callable[[], bytes]) -> bytes:
        """The last of the large things that were made on demand, as long as nothing changed."""
        wanted = f"{self.name()} {what}"
        with self._making:
            if self._made is None or self._made[0] != wanted:
                self._made = None
                self._made = (wanted, make())
            return self._made[1]

    def worked_out(self, what: str, make: Callable[[], _Value], seconds: float) -> _Value:
        """What takes long and is the same as long as nothing changed, worked out once.

        It is made in a thread of its own; raises `StillWorking` after so many seconds, and what
        `make` raises.
        """
        name = self.name()
        with self._lock:
            known = self._worked.get(what)
            if known is None or known[0] != name:
                known = self._worked[what] = (name, Future())
                Thread(target=_work_out, args=(known[1], make), daemon=True).start()
        try:
            return cast("_Value", known[1].result(seconds))
        except TimeoutError:
            raise StillWorking(what) from None
        except BaseException:
            with self._lock:
                if known[1].done() and self._worked.get(what) is known:
                    del self._worked[what]
            raise

    def forget(self) -> None:
        """Ask the opened index no more: a search of it was broken off."""
        with self._lock:
            self._index = None

    def _newest(self) -> SearchEngine:
        from hdnd.usecases.search import open_index

        name = self.searched_name()
        with self._lock:
            known = self._index
            if known is None or known[0] != name or known[2] >= _searches_of(known[1]):
                known = (name, open_index(self.home), 0)
            self._index = (known[0], known[1], known[2] + 1)
            return known[1]


def _searches_of(index: SearchEngine) -> int:
    """How often an opened index is asked: what it remembers of a cluster may be of yesterday."""
    return _SEARCHES_OF_ONE if index.capabilities.lasting_look else 1


def _work_out(into: Future[Any], make: Callable[[], Any]) -> None:
    try:
        into.set_result(make())
    except BaseException as error:
        into.set_exception(error)
