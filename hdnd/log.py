"""A log for whoever must act on what happened: to a file, as text or JSON lines, or to a journal.

Modules write to the standard library's loggers of their own names, with fields as `extra`: `run`,
`site`, `url`, `reason` and what else says which. Of other packages what is worse than mild is
written too. Nothing that a search needs imports this, or `logging`.
"""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TextIO

JOURNAL = "journal"
"""In place of a file: stderr as systemd's journal reads it, each line with its priority."""

_OURS = ("archive", "council", "crawler", "hdnd", "indexer", "search_cli", "web_reader")
_OF_EVERY_RECORD = {*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"}
_PRIORITIES = ((logging.CRITICAL, 2), (logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6))


class LogHandler(logging.StreamHandler[Any]):
    """Writes each record at once; `lost` counts those that could not be written."""

    def __init__(self, target: str, stderr: TextIO) -> None:
        """Open the target, appended to if it is a file; raises `OSError`."""
        self._file = None
        if target == JOURNAL:
            form: logging.Formatter = JournalFormatter()
        else:
            self._file = open(target, "a", encoding="utf-8")  # noqa: PTH123, SIM115
            form = JsonFormatter() if target.endswith((".json", ".jsonl")) else TextFormatter()
        super().__init__(self._file or stderr)
        self.lost = 0
        self.setFormatter(form)
        self.addFilter(_is_worth_it)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """A log that cannot be written ends nothing."""
        self.lost += 1

    def end(self) -> None:
        """Write no more. `close` ends nothing: Scrapy has every handler closed when it starts."""
        logging.getLogger().removeHandler(self)
        self.close()
        if self._file:
            with suppress(OSError):
                self._file.close()


class TextFormatter(logging.Formatter):
    """`2026-11-29T14:20:00.123Z WARNING crawler.…: what happened url=… reason="…"`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and a traceback below it if there is one."""
        line = f"{_when(record)} {record.levelname} {record.name}: {_message(record)}"
        return "\n".join([line, *_traceback(self, record)])


class JsonFormatter(logging.Formatter):
    """An object a line: `at`, `level`, `logger`, `message`, the fields, `traceback`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        value = {
            "at": _when(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_fields(record),
        }
        if trace := _traceback(self, record):
            value["traceback"] = trace
        return _escaped(json.dumps(value, ensure_ascii=False, default=str))


class JournalFormatter(logging.Formatter):
    """Lines with a priority in front (sd-daemon(3)); the journal knows the time itself."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and a traceback below it if there is one."""
        priority = next((level for least, level in _PRIORITIES if record.levelno >= least), 7)
        lines = [f"{record.name}: {_message(record)}", *_traceback(self, record)]
        return "\n".join(f"<{priority}>{line}" for line in lines)


def open_log(target: str, stderr: TextIO) -> LogHandler:
    """Write to this file, or for the journal to `stderr`, from now on; raises `OSError`."""
    handler = LogHandler(target, stderr)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in _OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    return handler


def keep_no_log() -> None:
    """Let our warnings go nowhere: with no handler at all they would be printed."""
    for name in _OURS:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def close_log(handler: LogHandler) -> int:
    """Write no more; the number of records that could not be written."""
    handler.end()
    return handler.lost


def stderr_is_journal() -> bool:
    """Whether stderr is the stream that systemd made for a service (systemd.exec(5))."""
    named = os.environ.get("JOURNAL_STREAM", "")
    try:
        stream = os.fstat(2)
    except OSError:
        return False
    return named == f"{stream.st_dev}:{stream.st_ino}"


def _is_worth_it(record: logging.LogRecord) -> bool:
    mild = record.levelno < logging.WARNING or record.name == "py.warnings"
    return record.name.split(".")[0] in _OURS or not mild


def _when(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return f"{moment.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def _message(record: logging.LogRecord) -> str:
    fields = "".join(f" {name}={_value(value)}" for name, value in _fields(record).items())
    return _escaped(record.getMessage()) + fields


def _fields(record: logging.LogRecord) -> dict[str, object]:
    return {
        name: _in_english(value)
        for name, value in vars(record).items()
        if name not in _OF_EVERY_RECORD and value is not None
    }


def _in_english(value: object) -> object:
    if isinstance(value, str | int | float | None):
        return value
    from archive.ground.message import Message
    from hdnd.messages.telling import in_english

    return in_english(value) if isinstance(value, Message) else value


def _value(value: object) -> str:
    text = str(value)
    plain = text and not any(character in ' "=' for character in text)
    return _escaped(text if plain else json.dumps(text, ensure_ascii=False))


def _escaped(text: str) -> str:
    r"""What comes from a page stays on its line and moves no cursor: `\uXXXX` in its place."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode-escape").decode() for c in text)


def _traceback(formatter: logging.Formatter, record: logging.LogRecord) -> list[str]:
    if not record.exc_info:
        return []
    return [_escaped(line) for line in formatter.formatException(record.exc_info).splitlines()]
