"""Comma-separated values (RFC 4180) in which no text acts as a formula.

Spreadsheets run what begins with `=`, `+`, `-` or `@`, in ASCII or full width, and pass over
blanks, control and invisible characters before it (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

_STARTS = "=+-@＝＋－＠﹢﹣﹦﹫"
_PASSED_OVER = ("C", "Z", "M")
_LOOKED_AT = 64


def csv_lines(rows: Iterable[Sequence[object]]) -> str:
    """Rows as text; None is an empty cell."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows([cell(value) for value in row] for row in rows)
    return buffer.getvalue()


def cell(value: object) -> object:
    """A value as it goes into a cell: a text that would act as a formula gets an apostrophe."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    seen = (c for c in value[:_LOOKED_AT] if unicodedata.category(c)[0] not in _PASSED_OVER)
    first = next(seen, "" if len(value) <= _LOOKED_AT else "=")
    return f"'{value}" if first and first in _STARTS else value
