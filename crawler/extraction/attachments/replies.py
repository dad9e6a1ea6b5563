"""What a child answered, line by line. It comes from a process that a file may have taken over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.ground.untrusted_json import parsed_json


def lines_of(reply: bytes) -> Iterator[dict[str, Any]]:
    """The whole lines of a reply that are JSON objects, without what a killed child left half."""
    for line in reply.split(b"\n")[:-1]:
        try:
            shown = parsed_json(line)
        except ValueError:
            continue
        if isinstance(shown, dict):
            yield shown
