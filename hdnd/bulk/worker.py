"""What a process does that reads tasks: on this machine, or on another one that Spark started."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from tempfile import TemporaryDirectory
from typing import Any

from archive.catalogue.captures import record_of
from archive.catalogue.derivation import UnitReader
from archive.catalogue.registry import Registry
from archive.ground.errors import HdndError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.warc.receipts import write_receipts
from hdnd.bulk.result_files import packed
from hdnd.bulk.result_store import ResultStore, results_at
from hdnd.bulk.tasks import Task


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a worker finds what it needs: the home, the store if one is set, the derivations.

    A machine that has not the home's folder reads records from the store.

    `registry` is a function of a module, which every worker has by the same name.
    """

    home: str
    store: str | None
    registry: Callable[[], Registry]

    @property
    def results(self) -> ResultStore:
        """Where results are put."""
        return results_at(Home(self.home).results, self.store)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a task: whether it was `read` now or found done, or why it could not be."""

    name: str
    read: bool
    failure: Message | None = None


def perform_all(place: Workplace, tasks: Iterable[Task]) -> Iterator[Done]:
    """Do tasks one by one."""
    return (perform(place, task) for task in tasks)


def perform(place: Workplace, task: Task) -> Done:
    """Read the units of a task and put what they say, unless that is there already.

    What goes wrong is for whoever gave the task to tell, so it is handed back.
    """
    try:
        results = place.results
        if results.has(task.name):
            return Done(task.name, read=False)
        reader = _reader(place, task)
        if reader is None:
            return Done(task.name, read=False, failure=Message("usecases.another-release-there"))
        with _records_of(place, task) as home:
            found = reader.read(task.units, partial(record_of, home))
            results.put(task.name, packed(task, found))
    except HdndError as error:
        return Done(task.name, read=False, failure=error.said)
    return Done(task.name, read=True)


@contextmanager
def _records_of(place: Workplace, task: Task) -> Iterator[Home]:
    """The home, if this machine has its folder; else one that has nothing but receipts."""
    home = Home(place.home)
    if home.warc.is_dir() or not task.receipts:
        yield home
        return
    with TemporaryDirectory(prefix="hdnd-") as folder:
        home = Home(folder)
        write_receipts(home, task.receipts)
        yield home


def _reader(place: Workplace, task: Task) -> UnitReader[Any, Any] | None:
    """The derivation of a task by this process's own program, if its rule is the one wanted."""
    for derivation in place.registry():
        if (derivation.name, derivation.rule) == (task.derivation, task.rule):
            reader: UnitReader[Any, Any] = derivation  # type: ignore[assignment]
            return reader
    return None
