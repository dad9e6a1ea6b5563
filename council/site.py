"""The council that a site description is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from council.model import Council

_NAME = re.compile(
    r"(?P<level>quận|huyện|tỉnh|thành phố|thị xã|phường|xã|thị trấn) (?P<place>[^,(–-]+)",
    re.IGNORECASE,
)


def council_of(description: Mapping[str, Any]) -> Council | None:
    """The council by a site description: its `council` table, else its name; None if neither says.

    `council` has `level`, `place` and `terms`, a table from the number of a term to its years.
    """
    stated = description.get("council") or {}
    match = _NAME.match(str(description.get("name", "")))
    level = stated.get("level") or (match["level"].lower() if match else None)
    place = stated.get("place") or (match["place"].strip() if match else None)
    if not level or not place:
        return None
    terms = {int(number): (years[0], years[1]) for number, years in stated.get("terms", {}).items()}
    return Council(level, place, terms)
