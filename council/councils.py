"""Whether a council that is named is the site's own: by its rank and its place."""

from __future__ import annotations

import re

from council.model import Council
from council.names import PROVINCES, WORD, name_key

RANK = (
    r"(?:(?:[Qq]uận|[Hh]uyện|[Tt]ỉnh|[Pp]hường|[Xx]ã(?! hội)|[Tt]hị xã|[Tt]hị trấn|[Đđ]ặc khu"
    r"|[Tt]hành phố|TP)(?!\w)|TP(?=HCM))"
)
"""The rank of a council, as a whole word: a regular expression."""
PLACE = rf"(?:HCM|HN|{WORD}(?: {WORD}){{0,3}})"
"""A run of words that begin in capitals: a regular expression."""
TO_PLACE = r"(?:(?<=TP)\.? ?| )"
"""What stands between a rank and its place: a regular expression."""
RANKED = re.compile(rf"(?<!\w)(?P<rank>{RANK})(?:{TO_PLACE}(?P<place>{PLACE}|\d{{1,2}}(?!\w)))?")
"""A rank, with its place where that is named."""
COUNCIL_NAMED = re.compile(
    rf"\b(?:HĐND|Hội đồng nhân dân(?: \(HĐND\))?)(?: (?P<rank>{RANK})"
    rf"(?:{TO_PLACE}(?P<place>{PLACE}|\d{{1,2}}(?!\w)))?)?"
    r"|\b(?P<assembly>Quốc hội)"
)
"""A council, with its rank and its place where they are named."""


_UNRANKED = re.compile(rf" (?P<place>{WORD}(?: {WORD}){{1,2}})(?!\w)")
_CITIES = frozenset(["Hà Nội", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Hồ Chí Minh"])


def rank_unsaid(text: str, place: int) -> str:
    """The rank of a council whose place alone stands behind it: `HĐND Hà Nội`; empty if unsure."""
    named = _UNRANKED.match(text, place)
    if named is None:
        return ""
    words = named["place"].split()
    names = {" ".join(words[:count]) for count in (2, 3)}
    if names & _CITIES:
        return "Thành phố"
    return "tỉnh" if not names.isdisjoint(PROVINCES) else ""


def is_own(rank: str, place: str, council: Council) -> bool:
    """Whether a council of that rank and place, each empty if not named, is the site's."""
    if rank and rank_of(rank) != council.level:
        return False
    if not place:
        return True
    named, own = name_key(place), name_key(council.place)
    if named == "".join(word[0] for word in own.split()):
        return True
    return f"{named} ".startswith(f"{own} ") or f"{own} ".startswith(f"{named} ")


def rank_of(written: str) -> str:
    """A rank as site descriptions have it: `TP` is thành phố."""
    rank = written.lower().rstrip(".")
    return "thành phố" if rank == "tp" else rank


def is_one_of_several(rank: str, council: Council) -> bool:
    """Whether the site's council has several of this rank beside it, which their places tell apart.

    Of what is above it there is one; of the wards below it the place stands with an event itself.
    """
    beside = ("quận", "huyện", "thị xã", council.level)
    return council.level == "tỉnh" or rank_of(rank) in beside
