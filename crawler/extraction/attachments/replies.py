"""What a child answered, line by line. It comes from a process that a file may have taken over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any


def lines_of(reply: bytes) -> Iterator[dict[str, Any]]:
    """The whole lines of a reply that are JSON objects, without what a killed child left half."""
    for line in reply.split(b"\n")[:-1]:
        try:
            shown = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(shown, dict):
            yield shown
