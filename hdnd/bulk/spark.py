"""Apache Spark: the one door to it. Tasks become a job of partitions, one task in each."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from importlib.util import find_spec
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from archive.ground.errors import SparkFailed, UsageError
from archive.ground.message import Message
from hdnd.bulk.tasks import Task
from hdnd.bulk.worker import Done, Workplace, perform_all

if TYPE_CHECKING:
    from pyspark import SparkContext

_LONGEST = 300
_TRACE = "Traceback (most recent call last):"
_SETTINGS = {
    "spark.app.name": "hdnd derive",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class Spark:
    """The cluster of a master, such as `local[2]` or `spark://host:7077`.

    It is not asked anything before the first task.

    Under `spark-submit` it is the application that was submitted. Raises `UsageError` without the
    extra `spark`.
    """

    def __init__(self, master: str) -> None:
        if find_spec("pyspark") is None:
            hint = Message("usecases.install-spark")
            raise UsageError("usecases.spark-is-missing", hint=hint)
        self._master = master
        self._context: SparkContext | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._context is not None:
            self._context.stop()

    def run(self, place: Workplace, tasks: Sequence[Task]) -> list[Done]:
        """Have tasks performed by the workers; a task whose worker dies is given to another.

        Raises `SparkFailed` if Spark does not start, loses its master or gives a task up.
        """
        try:
            if self._context is None:
                self._context = self._start()
            partitions = self._context.parallelize(tasks, len(tasks))
            return list(partitions.mapPartitions(partial(perform_all, place)).collect())
        except Exception as error:  # of Py4J, of PySpark, of the operating system: of no one class
            raise SparkFailed(
                "usecases.spark-failed",
                master=self._master,
                reason=_reason(error),
                hint=Message("usecases.spark-needs"),
            ) from error

    def _start(self) -> SparkContext:
        from pyspark import SparkConf, SparkContext

        # Workers run the Python that this one is, unless it is said where theirs is.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        conf = SparkConf().setMaster(self._master)
        for name, value in _SETTINGS.items():
            conf.setIfMissing(name, value)
        return SparkContext.getOrCreate(conf)


def _reason(error: Any) -> Message:
    """What Spark says of an error, in a line: of a trace of Python's its end."""
    java = getattr(error, "java_exception", None)
    said = java.getMessage() if java is not None else str(error)
    text = said or type(error).__name__
    trace = text.partition(_TRACE)[2].splitlines()
    ends = (line for line in trace if line and not line[0].isspace())
    return Message("usecases.in-sparks-words", words=next(ends, text.splitlines()[0])[:_LONGEST])
