"""Units and what is read of them, as lines of JSON: one value a line, one line for a value.

A line is believed only if it is the very line that its value would be written as.
"""

from __future__ import annotations

import json
from typing import Any, TypeVar

from cattrs.errors import BaseValidationError
from cattrs.preconf.json import make_converter

from archive.ground.untrusted_json import parsed_json

T = TypeVar("T")

_CONVERTER = make_converter(forbid_extra_keys=True)


def line_of(value: Any) -> bytes:
    """A dataclass of plain values as its line, with the line's end."""
    plain = _CONVERTER.unstructure(value)
    return json.dumps(plain, separators=(",", ":")).encode() + b"\n"


def value_of(line: bytes, kind: type[T]) -> T:
    """The value of a line; raises ValueError for what `line_of` would not have written."""
    try:
        value = _CONVERTER.structure(parsed_json(line), kind)
    except (BaseValidationError, TypeError, KeyError, AttributeError, ArithmeticError) as error:
        raise ValueError(type(error).__name__) from error
    if line_of(value) != line:
        raise ValueError(kind.__name__)
    return value
