"""The council that a site description is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from council.councils import COUNCIL, RANK, TO_PLACE, rank_of
from council.model import Council

_NAME = re.compile(
    rf"(?:{COUNCIL} )?(?P<level>{RANK}){TO_PLACE}(?P<place>[^,(–-]+)",
    re.IGNORECASE,
)
_WITHIN = re.compile(r" thuộc (?:thành phố|tỉnh)$")


def council_of(description: Mapping[str, Any]) -> Council | None:
    """The council by a site description: its `council` table, else its name; None if neither says.

    `council` has `level`, `place` and `terms`, a table from the number of a term to its years. A
    city within a province or a city is `thành phố`.
    """
    stated = description.get("council") or {}
    match = _NAME.match(str(description.get("name", "")))
    level = stated.get("level") or (match["level"] if match else None)
    place = stated.get("place") or (match["place"].strip() if match else None)
    if not level or not place:
        return None
    terms = {int(number): (years[0], years[1]) for number, years in stated.get("terms", {}).items()}
    return Council(_WITHIN.sub("", rank_of(level)), place, terms)
