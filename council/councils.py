"""Whether a council that is named is the site's own: by its rank and its place."""

from __future__ import annotations

import re

from council.model import Council
from council.names import PROVINCES, WORD, name_key

DISTRICTS = ("quận", "huyện", "thị xã")
"""The ranks below a province or a city, as site descriptions have them."""
COMMUNES = ("phường", "xã", "thị trấn", "đặc khu")
"""The ranks below a district, as site descriptions have them."""
RANKS = (*DISTRICTS, *COMMUNES, "tỉnh", "thành phố")
"""All ranks, as site descriptions have them."""
RANK = (
    r"(?=[QqHhTtPpXxĐđ])(?:(?:[Qq]uận|[Hh]uyện|[Tt]ỉnh|[Pp]hường|[Xx]ã(?! hội)|[Tt]hị [Xx]ã"
    r"|[Tt]hị [Tt]rấn|[Đđ]ặc [Kk]hu|[Tt]hành [Pp]hố|TP)(?!\w)|TP(?=HCM))"
)
"""The rank of a council, as a whole word: a regular expression."""
COUNCIL = r"(?:HĐND|Hội đồng [Nn]hân dân(?: \(HĐND\))?)"
"""A council, whatever its rank: a regular expression."""
PLACE = rf"(?:HCM|HN|{WORD}(?: {WORD}){{0,3}})"
"""A run of words that begin in capitals: a regular expression."""
TO_PLACE = r"(?:(?<=TP)\.? ?| )"
"""What stands between a rank and its place: a regular expression."""
_PLACED = rf"(?:{PLACE}|\d{{1,2}}(?!\w))"
AT_PLACE = rf"(?:{TO_PLACE}{_PLACED})?"
"""The place behind a rank, if it is named: a regular expression."""
OF_RANK = rf"(?P<rank>{RANK})(?:{TO_PLACE}(?P<place>{_PLACED}))?"
"""A rank, with its place where that is named: a regular expression."""
PARTY_RANK = r"(?:[Qq]uận|[Hh]uyện|[Tt]hành|[Tt]ỉnh|[Tt]hị|[Đđ]ảng)"
"""What stands before `ủy` in the name of a committee of the Party: a regular expression."""
RANKED = re.compile(rf"(?<!\w){OF_RANK}")
"""The same, wherever it stands."""
COUNCIL_NAMED = re.compile(rf"\b{COUNCIL}(?: {OF_RANK})?|\b(?P<assembly>Quốc hội)")
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
        return "thành phố"
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
    return council.level == "tỉnh" or rank_of(rank) in (*DISTRICTS, council.level)
