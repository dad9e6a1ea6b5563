"""The addresses at which captures are replayed: `/replay/{14 digits}{modifier}/{URL}`."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive.ground.times import to_timestamp14

if TYPE_CHECKING:
    from web_reader.reader_request import ReaderRequest

_STAMP = re.compile(r"(\d{4,14})(|mp_|id_)")


def replay_address(asked: ReaderRequest, at: datetime, url: str, modifier: str = "") -> str:
    """Where a capture is shown: within our banner, the page alone (`mp_`), its bytes (`id_`)."""
    return f"{asked.options.prefix}/replay/{to_timestamp14(at)}{modifier}/{url}"


def read_stamp(text: str) -> tuple[datetime, str] | None:
    """The instant and modifier of an address; a shorter time is its first instant."""
    found = _STAMP.fullmatch(text)
    if not found:
        return None
    whole = found[1] + "00000101000000"[len(found[1]) :]
    try:
        return datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC), found[2]
    except ValueError:
        return None
