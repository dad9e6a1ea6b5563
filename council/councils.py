"""Whether a council that is named is the site's own: by its rank and its place."""

from __future__ import annotations

import re

from council.model import Council
from council.names import WORD, name_key

RANK = r"(?:quận|huyện|tỉnh|phường|xã|[Tt]hị xã|[Tt]hị trấn|[Tt]hành phố|TP\.?)"
"""The rank of a council: a regular expression."""
PLACE = rf"{WORD}(?: {WORD}){{0,3}}"
"""A run of words that begin in capitals: a regular expression."""
COUNCIL_NAMED = re.compile(
    rf"\b(?:HĐND|Hội đồng nhân dân)(?: (?P<rank>{RANK})(?!\w)"
    rf"(?: (?P<place>{PLACE}|\d{{1,2}}(?!\w)))?)?"
    r"|\b(?P<assembly>Quốc hội)"
)
"""A council, with its rank and its place where they are named."""


def is_own(rank: str, place: str, council: Council) -> bool:
    """Whether a council of that rank and place, each empty if not named, is the site's."""
    if rank and rank.lower() != council.level:
        return False
    if not place:
        return True
    named, own = name_key(place), name_key(council.place)
    return f"{named} ".startswith(f"{own} ") or f"{own} ".startswith(f"{named} ")
