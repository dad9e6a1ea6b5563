"""The wards that a text names: one, several joined, a list after “các phường”."""

from __future__ import annotations

import re
from collections.abc import Iterable

from council.names import WORD

_NAME = rf"(?:{WORD}(?: {WORD}){{0,3}}|\d{{1,2}})(?!\w)"
_NO_WARD = (
    r"(?!(?:UBND|HĐND|MTTQ|TP|Công|Ủy|Hội|Phòng|Ban|Đoàn|Đảng|Tổ|Chủ|Phó|Bí|Trường|Thành|Quận"
    r"|Huyện|Mặt|Ông|Bà|Đồng|Đại|Chi|Trạm|Sở|Thường)\b)"
)
_RANK = r"(?:[Pp]hường|(?<!hị )[Xx]ã(?! hội)|[Tt]hị trấn|[Đđ]ặc khu|(?<!\w)P\.)"
_WARDS = re.compile(
    rf"(?P<many>\b(?:[Cc]ác|[Hh]ai|[Bb]a|[Bb]ốn|\d+) )?(?P<rank>{_RANK}):? ?"
    rf"(?P<names>{_NO_WARD}{_NAME}(?:(?:, ?|,? và | ?[-–] ?){_NO_WARD}{_NAME})*)"
)


def wards_in(text: str, people: Iterable[int] = ()) -> tuple[str, ...]:
    """The names of wards, each once; communes and towns with their rank (`xã Tân Lập`).

    `people` are the places at which the name of a person begins: a ward ends before one. Behind a
    comma a name is that of a ward only in a list of several.
    """
    found: dict[str, None] = {}
    starts = sorted(people)
    for match in _WARDS.finditer(text):
        begin = match.start("names")
        stop = next((start for start in starts if start >= begin), len(text))
        names = text[begin : min(match.end("names"), stop)].rstrip(" ,-–")
        joined = ", ?|,? và | ?[-–] ?" if match["many"] else ",? và "
        rank = match["rank"].lower().replace("p.", "phường")
        for name in re.split(joined, names):
            own = name if match["many"] else re.split(", ?| ?[-–] ", name)[0]
            if own and not own.endswith(" và"):
                found[own if rank == "phường" else f"{rank} {own}"] = None
    return tuple(found)
