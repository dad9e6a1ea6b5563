"""The door: bytes of an attachment in, its text out, nothing parsed in this process."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Any

from archive.attachment_text import (
    AttachmentText,
    PageText,
    ReadingProblem,
    clean_string,
    clean_strings,
    page_from_json,
)
from crawler.extraction.attachments import problems
from crawler.extraction.attachments.limits import MAX_FILE, SECONDS
from crawler.extraction.attachments.paper import paper_facts
from crawler.extraction.attachments.replies import lines_of
from crawler.extraction.attachments.sandbox import walled

RULE = 12
"""Raise it with every change that could read a file differently."""

_LIBRARIES = ("pypdfium2", "pypdf", "olefile", "python-calamine", "selectolax")
_SERVE = (
    "import sys; sys.path[:] = {path!r}; "
    "from crawler.extraction.attachments.fork_server import serve; serve()"
)


class AttachmentReader:
    """Reads files one by one through a process of its own, which starts with the first file.

    Use it as a context manager. `cpu` counts the seconds that the children took, `peak` the most
    memory that one of them had, in bytes.
    """

    def __init__(self) -> None:
        self._server: subprocess.Popen[bytes] | None = None
        self.cpu = 0.0
        self.peak = 0

    def __enter__(self) -> AttachmentReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process, and with it a child that is at work."""
        server, self._server = self._server, None
        if server is None:
            return
        for pipe in (server.stdin, server.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()
        try:
            server.wait(timeout=2)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()

    def read(self, data: bytes, promised: str = "") -> AttachmentText:
        """The text of a file.

        `promised` is the extension that every link to it has, without the dot, in small letters; it
        never decides how the file is read, but a web page where a PDF was promised is a failure.
        """
        if len(data) > MAX_FILE:
            problem = ReadingProblem(problems.LIMIT, f"{MAX_FILE >> 20} MiB")
            return AttachmentText("unknown", problem=problem, tools=tool_versions())
        answer, lines = self._ask(data, {"seconds": SECONDS})
        text = _as_text(answer, lines)
        if text.kind == "html" and promised in ("pdf", "docx", "xlsx", "pptx", "odt", "zip"):
            text = replace(text, pages=(), problem=ReadingProblem(problems.WEB_PAGE, promised))
        if text.problem is None and not any(page.text or page.want for page in text.pages):
            text = replace(text, problem=ReadingProblem(problems.NO_TEXT))
        return replace(text, facts=paper_facts(text.pages), tools=tool_versions())

    def ocr(
        self, data: bytes, page: PageText, seconds: float = 3 * SECONDS
    ) -> PageText | ReadingProblem:
        """The page as OCR reads it, or why it could not."""
        task = {"ocr": page.number, "part": page.part, "seconds": seconds}
        answer, lines = self._ask(data, task)
        text = _as_text(answer, lines)
        if text.pages:
            return text.pages[0]
        return text.problem or ReadingProblem(problems.NO_TEXT)

    def _ask(
        self, data: bytes, task: dict[str, Any]
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """What a child says of a file, and how it ended; tried once more if the server dies."""
        for _ in range(2):
            try:
                answer, reply = self._exchange(data, task)
            except (OSError, ValueError):
                self.close()
                continue
            self.cpu += answer["cpu"]
            self.peak = max(self.peak, answer["peak"])
            return answer, list(lines_of(reply))
        return {"stopped": "server", "signal": 0, "status": 1}, []

    def _exchange(self, data: bytes, task: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        server = self._started()
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps(task | {"size": len(data)}).encode() + b"\n")
        server.stdin.write(data)
        server.stdin.flush()
        answer = json.loads(server.stdout.readline())
        return answer, server.stdout.read(answer["size"])

    def _started(self) -> subprocess.Popen[bytes]:
        if self._server is None or self._server.poll() is not None:
            self._server = subprocess.Popen(
                walled([sys.executable, "-I", "-c", _SERVE.format(path=sys.path)]),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        return self._server


def _as_text(answer: dict[str, Any], lines: list[dict[str, Any]]) -> AttachmentText:
    """What the lines of a child say. They come from a process that a file may have taken over."""
    kind = "unknown"
    pages: list[PageText] = []
    embedded: tuple[str, ...] = ()
    problem: ReadingProblem | None = None
    ended = False
    for line in lines:
        try:
            if "page" in line:
                pages.append(page_from_json(line))
            elif "kind" in line:
                kind = clean_string(line["kind"])[:20]
            elif "embedded" in line:
                embedded = clean_strings(line["embedded"])
            elif "problem" in line:
                problem = ReadingProblem(
                    clean_string(line["problem"]), clean_string(line["detail"])
                )
            elif "limit" in line:
                problem = ReadingProblem(problems.LIMIT, clean_string(line["limit"]))
            ended = ended or "end" in line
        except (ValueError, KeyError, TypeError):
            continue
    if problem is None and not ended:
        problem = _why(answer)
    return AttachmentText(kind, tuple(pages), problem, embedded)


def _why(answer: dict[str, Any]) -> ReadingProblem:
    """Why a child did not come to its end."""
    if answer["stopped"] in ("time", "reply"):
        return ReadingProblem(problems.LIMIT, answer["stopped"])
    if answer["signal"] == signal.SIGXCPU or answer["signal"] == signal.SIGKILL:
        return ReadingProblem(problems.LIMIT, "time")
    if answer["signal"] in (signal.SIGABRT, signal.SIGTRAP, signal.SIGILL):
        return ReadingProblem(problems.LIMIT, "memory")
    if answer["signal"]:
        return ReadingProblem(problems.KILLED, signal.Signals(answer["signal"]).name)
    return ReadingProblem(problems.KILLED, f"status {answer['status']}")


def tool_versions() -> dict[str, str]:
    """Name and version of each library that reads files, without importing it."""
    versions = {"rule": str(RULE)}
    for name in _LIBRARIES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return versions
