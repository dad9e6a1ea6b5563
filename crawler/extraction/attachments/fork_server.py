"""A process that has the libraries in memory and forks a child for each file that is handed to it.

`serve` reads tasks from standard input and writes replies to standard output. It never looks into a
file or a reply; a child that hangs, floods or dies costs its own file alone. A new process for each
file would cost ten times as much.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
import time
from importlib import import_module
from typing import Any, BinaryIO

from crawler.extraction.attachments.limits import MAX_REPLY, SECONDS

_WARM = ("pypdfium2", "olefile", "python_calamine", "selectolax.lexbor")
_OURS = ("pdf", "docx", "xlsx", "pptx", "odf", "doc", "ppt", "rtf", "plain", "xls", "ocr", "child")
_PAGE = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R
/Resources <</Font <</F 5 0 R>>>>>> endobj
4 0 obj <</Length 37>> stream
BT /F 9 Tf 9 9 Td (Nghi quyet) Tj ET
endstream endobj
5 0 obj <</Type /Font /Subtype /TrueType /BaseFont /Helvetica>> endobj
trailer <</Root 1 0 R>>
%%EOF"""


def serve() -> None:
    """Answer tasks until the input ends."""
    for name in _WARM:
        _warm(name)
    for name in _OURS:
        _warm(f"crawler.extraction.attachments.{name}")
    _warm_up()
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while header := source.readline(1 << 16):
        task = json.loads(header)
        data = source.read(task["size"])
        answer, reply = _in_a_child(data, task)
        sink.write(json.dumps(answer | {"size": len(reply)}).encode() + b"\n" + reply)
        sink.flush()


def _warm(name: str) -> None:
    try:
        import_module(name)
    except ImportError:
        return


def _warm_up() -> None:
    """Read a text and a page of our own, so that no child compiles patterns or fills tables anew.

    With its first page pdfium looks through the fonts of the system, which takes longer than to
    read a small file.
    """
    from crawler.extraction.attachments.pdf import as_page, read_pdf

    as_page(1, ["Nghị quyết số 15/NQ-HĐND của Hội đồng nhân dân phường", "Héi ®ång nh©n d©n"])
    list(read_pdf(_PAGE))
    gc.collect()
    gc.freeze()
    gc.disable()


def _in_a_child(data: bytes, task: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _become_child(data, task, writer)
    os.close(writer)
    with os.fdopen(reader, "rb", buffering=0) as pipe:
        reply, stopped = _collect(pipe, time.monotonic() + task.get("seconds", SECONDS))
    if stopped:
        _kill(child)
    _, status, usage = os.wait4(child, 0)
    _kill(child)
    died = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    answer = {
        "stopped": stopped,
        "signal": died,
        "status": 0 if died else os.WEXITSTATUS(status),
        "cpu": round(usage.ru_utime + usage.ru_stime, 4),
        "peak": usage.ru_maxrss << 10,
    }
    return answer, reply


def _become_child(data: bytes, task: dict[str, Any], writer: int) -> None:
    """Never comes back: a child that returned would be a second server."""
    status = 1
    try:
        from crawler.extraction.attachments.child import run_child

        run_child(data, task, writer)
        status = 0
    finally:
        os._exit(status)


def _collect(pipe: BinaryIO, deadline: float) -> tuple[bytes, str]:
    """What the child says until it ends, and why it was stopped, if it was."""
    reply = bytearray()
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            return bytes(reply), "time"
        piece = pipe.read(1 << 16)
        if not piece:
            return bytes(reply), ""
        reply += piece
        if len(reply) > MAX_REPLY:
            return bytes(reply[:MAX_REPLY]), "reply"


def _kill(child: int) -> None:
    """End the child and all that it started: it leads a process group of its own."""
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        return
    except PermissionError:
        return
