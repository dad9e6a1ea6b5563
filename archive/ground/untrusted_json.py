"""JSON from a file that anybody may have written (RFC 8259)."""

from __future__ import annotations

import json
from typing import Any


def parsed_json(text: str | bytes, *, strict: bool = True) -> Any:
    """The value of a JSON text; if not `strict`, with control characters within its strings.

    Raises `ValueError` for what is none, and for what is nested deeper than can be read.
    """
    try:
        return json.loads(text, strict=strict)
    except RecursionError:
        raise ValueError("nested too deeply") from None
