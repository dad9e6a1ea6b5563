"""The process that reads one hostile file: bounded by the kernel, answering in lines of JSON."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any

from archive.attachment_text import PageText, ReadingProblem, page_as_json
from crawler.extraction.attachments.findings import Embedded
from crawler.extraction.attachments.limits import ADDRESS_SPACE, CPU_SECONDS, OPEN_FILES
from crawler.extraction.attachments.read import read_file

Say = Callable[[dict[str, Any]], None]


def run_child(data: bytes, task: dict[str, Any], pipe: int) -> None:
    """Read a file and write what is found to the pipe; the process ends with it.

    A task with `ocr` reads that page of it by OCR instead.
    """
    confine(pipe)
    with os.fdopen(pipe, "wb", buffering=0) as out:

        def say(line: dict[str, Any]) -> None:
            out.write(json.dumps(line, ensure_ascii=True).encode() + b"\n")

        try:
            if "ocr" in task:
                _read_by_ocr(data, task, say)
            else:
                _read(data, say)
            say({"end": True})
        except MemoryError:
            say({"limit": "memory"})


def confine(pipe: int) -> None:
    """Take from this process all that reading a file does not need."""
    os.setsid()
    _die_with_parent()
    for limit, value in (
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        with contextlib.suppress(ValueError):
            resource.setrlimit(limit, (value, value))
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    sys.setrecursionlimit(500)


def _die_with_parent() -> None:
    """Have the kernel end this process if the server is killed (Linux, prctl(2): PDEATHSIG)."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)


def _read(data: bytes, say: Say) -> None:
    for found in read_file(data, lambda kind: say({"kind": kind})):
        say(_as_line(found))


def _as_line(found: PageText | Embedded | ReadingProblem) -> dict[str, Any]:
    if isinstance(found, PageText):
        return page_as_json(found)
    if isinstance(found, ReadingProblem):
        return {"problem": found.code, "detail": found.detail}
    return {"embedded": list(found.names)}


def _read_by_ocr(data: bytes, task: dict[str, Any], say: Say) -> None:
    from crawler.extraction.attachments.ocr import ocr_page

    say(_as_line(ocr_page(data, task["ocr"], task.get("part", ""))))
