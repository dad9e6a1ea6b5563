"""Rows of the catalogue, each value checked by the name of its column.

A catalogue may come from a stranger, or from a failing disk: SQLite keeps any value in any column.
What comes out of here has the type and the form that its name says.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

from archive.ground.causes import cause_of
from archive.ground.errors import ArchiveDamaged
from archive.ground.message import Message
from archive.ground.times import from_text
from archive.model import MementoForm, Role

T = TypeVar("T")

REMAKE = Message("archive.rebuild-makes-it-again")
"""The way out of every fault of the catalogue."""


class CatalogueBroken(ArchiveDamaged):
    """The catalogue does not hold what it must; to be made again from the segments."""


_MOST = 1 << 53
_ROLES = frozenset(role.value for role in Role)
_FORMS = frozenset(form.value for form in MementoForm)


def _is_number(value: object) -> bool:
    return type(value) is int and 0 <= value < _MOST


def _is_text(value: object) -> bool:
    return type(value) is str


def _is_instant(value: object) -> bool:
    try:
        return type(value) is str and bool(from_text(value))
    except ValueError:
        return False


_NUMBERS = """
seq number committed status payload_length segment offset length last_seq total views upto
end_before quarantine
"""
_TEXTS = """
id crawl site kind description reason record_id run url via media_type payload_digest refers_to
file source digest outcome detail identity_url article links problem category categories version
content poster stamp by name segment_name fetched_url stated stated_as sha1
"""
_INSTANTS = """
started_at ended_at captured_at fetched_at at since published_at first_captured_at last_captured_at
first_published last_published
"""
_CHECKS: dict[str, Callable[[object], bool]] = {
    **dict.fromkeys(_NUMBERS.split(), _is_number),
    **dict.fromkeys(_TEXTS.split(), _is_text),
    **dict.fromkeys(_INSTANTS.split(), _is_instant),
    "role": _ROLES.__contains__,
    "form": _FORMS.__contains__,
}
_NEVER_NULL_NAMES = """
url captured_at site role record_id run payload_digest payload_length segment offset length
content identity_url started_at description committed first_captured_at last_captured_at since
"""
_NEVER_NULL = frozenset(_NEVER_NULL_NAMES.split())


def checked(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
    """A row factory; raises `ArchiveDamaged` for a value that cannot be."""
    for (name, *_), value in zip(cursor.description, values, strict=True):
        check = _CHECKS.get(name)
        if check is None:
            continue
        if (name in _NEVER_NULL) if value is None else not check(value):
            raise broken(Message("archive.field-is", name=name, value=str(value)[:40]))
    return sqlite3.Row(cursor, values)


def plain(connection: sqlite3.Connection) -> sqlite3.Cursor:
    """A cursor whose rows are as they stand, to compare them."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor


def found(row: T | None) -> T:
    """A row that another row names; raises `ArchiveDamaged` if it is not there."""
    if row is None:
        raise broken(Message("archive.row-is-missing"))
    return row


def parsed(text: str, read: Callable[[Any], T], where: str | None = None) -> T:
    """What `read` makes of JSON in the catalogue; raises `CatalogueBroken` if it can't."""
    try:
        return read(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        reason, kind = cause_of(error), type(error).__name__
        raise broken(Message("archive.json-unreadable", kind=kind, reason=reason), where) from error


def mapping(value: Any) -> dict[str, Any]:
    """A JSON object as it is; raises TypeError for anything else."""
    if not isinstance(value, dict):
        raise TypeError(Message("archive.no-object"))
    return value


def texts(value: Any) -> list[str]:
    """A JSON list of strings as it is; raises TypeError for anything else."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError(Message("archive.no-list-of-strings"))
    return value


def broken(what: Message, where: str | None = None) -> CatalogueBroken:
    """The error that says what is wrong with a row, of the catalogue or of the file `where`."""
    if where is None:
        return CatalogueBroken("archive.catalogue-broken", what=what, hint=REMAKE)
    return CatalogueBroken("archive.derived-file-broken", file=where, what=what, hint=REMAKE)
