"""Units read by many: cut into tasks, given away, and looked at before they count."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from archive.catalogue.derivation import R, U, UnitReader, read_here
from archive.ground.errors import SparkFailed
from archive.ground.home import Home
from archive.ground.message import Message
from archive.warc import manifest
from archive.warc.receipts import receipts_of
from hdnd.bulk.result_files import ResultRefused, require_results, results_in
from hdnd.bulk.tasks import MOST_UNITS, Task, tasks_of
from hdnd.bulk.worker import Done, Workplace, perform

MOST_TOGETHER = 100 * MOST_UNITS
"""Units that are given away before their results are taken in: what this process must hold."""

RunTasks = Callable[[Workplace, Sequence[Task]], list[Done]]
"""Has tasks performed, wherever; may raise `SparkFailed`."""

OnTasks = Callable[[str, int], None]
"""Told the name of a derivation, and how many of its tasks are done."""

_LOGGER = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    """How many tasks there were: `read` now, `found` read before, `refused` as not believed."""

    read: int = 0
    found: int = 0
    refused: int = 0


class BulkReading:
    """Has units read as tasks; the rows are made of the results in the order of the units.

    A result that is missing, altered or of another task is thrown away, and its task done here.
    """

    def __init__(self, place: Workplace, run: RunTasks, on_tasks: OnTasks) -> None:
        self._place = place
        self._run = run
        self._on_tasks = on_tasks
        self._results = place.results
        self.tally = Tally()

    def __call__(self, home: Home, reader: UnitReader[U, R], units: Iterable[U], /) -> Iterator[R]:
        """What the reader says of each unit, in their order.

        Raises what reading them here would raise, and `SparkFailed` for what only a worker could
        not do.
        """
        done = 0
        tasks = tasks_of(reader, units, manifest.digests(home), receipts_of(home))
        for together in _together(tasks):
            self._have_done(home, reader, [task for task in together if task.sha256])
            done += len(together)
            self._on_tasks(reader.name, done)
            for task in together:
                if task.sha256:
                    yield from self._results_of(reader, task)
                else:
                    yield from _read_here(home, reader, task)

    def _have_done(self, home: Home, reader: UnitReader[Any, Any], tasks: Sequence[Task]) -> None:
        missing = [task for task in tasks if not self._results.has(task.name)]
        self.tally.found += len(tasks) - len(missing)
        if not missing:
            return
        ended = self._run(self._place, missing)
        # What one worker could not read, as one that was cut off from the store, another may.
        failed = [task for task, done in zip(missing, ended, strict=True) if done.failure]
        again = iter(self._run(self._place, failed) if failed else ())
        for task, first in zip(missing, ended, strict=True):
            done = next(again) if first.failure else first
            if done.failure is not None:
                for _ in _read_here(home, reader, task):
                    pass
                raise _failed(task, done.failure)
            self.tally.read += done.read
            self.tally.found += not done.read

    def _results_of(self, reader: UnitReader[Any, R], task: Task) -> Iterator[R]:
        data = self._believed(reader, task)
        if data is None:
            _LOGGER.warning("a result was not believed", extra={"file": task.name})
            self.tally.refused += 1
            self._results.discard(task.name)
            done = perform(self._place, task)
            data = self._believed(reader, task)
            if data is None:
                raise _failed(task, done.failure or Message("usecases.result-altered"))
        return results_in(data, task, reader.result)

    def _believed(self, reader: UnitReader[Any, Any], task: Task) -> bytes | None:
        """The file of a task's results, if it is that."""
        data = self._results.get(task.name)
        try:
            if data is not None:
                require_results(data, task, reader.result)
        except ResultRefused:
            return None
        return data


def _together(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    together: list[Task] = []
    units = 0
    for task in tasks:
        together.append(task)
        units += len(task.units)
        if units >= MOST_TOGETHER:
            yield together
            together, units = [], 0
    if together:
        yield together


def _read_here(home: Home, reader: UnitReader[Any, R], task: Task) -> Iterator[R]:
    units: Iterable[Any] = task.units
    return read_here(home, reader, units)


def _failed(task: Task, reason: Message) -> SparkFailed:
    hint = Message("usecases.every-worker-needs")
    return SparkFailed("usecases.task-failed", segment=task.segment, reason=reason, hint=hint)
