"""What was read of a task, as a file: JSON Lines, compressed (RFC 1952).

The first line says of which task it is, then comes a line for each unit, the last one has the
SHA-256 of all lines before it. Nothing of a file is believed before all of it was looked at.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from gzip import GzipFile
from io import BytesIO
from typing import Any

from archive.catalogue.derivation import R
from archive.ground.message import Message
from hdnd.bulk.codec import line_of, value_of
from hdnd.bulk.tasks import Task

_LONGEST = 1 << 28
"""Bytes that a line has at most."""


class ResultRefused(Exception):
    """A file does not hold the results of the task that it is named for; `why` says how."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


def packed(task: Task, results: Iterable[Any]) -> bytes:
    """The file of a task's results; the same results are the same lines."""
    digest = hashlib.sha256()
    into = BytesIO()
    with GzipFile("", "wb", fileobj=into, mtime=0) as file:
        for line in (_json(task.header), *map(line_of, results)):
            file.write(line)
            digest.update(line)
        file.write(_json({"sha256": digest.hexdigest()}))
    return into.getvalue()


def require_results(data: bytes, task: Task, kind: type[Any]) -> None:
    """Look at every byte of a file; raises `ResultRefused` if it is not what the task wants."""
    try:
        for line in _lines(data, task):
            value_of(line, kind)
    except (OSError, EOFError, zlib.error) as error:
        raise ResultRefused(Message("usecases.result-cut")) from error
    except ValueError as error:
        raise ResultRefused(Message("usecases.result-of-another-shape")) from error


def results_in(data: bytes, task: Task, kind: type[R]) -> Iterator[R]:
    """The results of a file that was looked at, in the order of the task's units."""
    return (value_of(line, kind) for line in _lines(data, task))


def _lines(data: bytes, task: Task) -> Iterator[bytes]:
    """The lines of the units; raises `ResultRefused` before the first or after the last one."""
    digest = hashlib.sha256()
    with GzipFile(fileobj=BytesIO(data)) as file:
        header = _line(file)
        if header != _json(task.header):
            raise ResultRefused(Message("usecases.result-of-another-task"))
        digest.update(header)
        for _ in task.units:
            line = _line(file)
            digest.update(line)
            yield line
        if _line(file) != _json({"sha256": digest.hexdigest()}) or file.read(1):
            raise ResultRefused(Message("usecases.result-altered"))


def _line(file: GzipFile) -> bytes:
    line = file.readline(_LONGEST)
    if not line.endswith(b"\n"):
        raise EOFError
    return line


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True).encode() + b"\n"
