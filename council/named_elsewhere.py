"""Places and people that an article names surely somewhere, to tell them apart elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

from council.councils import COMMUNES, RANK, TO_PLACE
from council.names import PROVINCES, RUN, WORD, is_name, is_surname
from council.reader import PassageReading
from council.titles import LEVEL

_SURELY = re.compile(
    rf"\b(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí) (?P<run>(?!Thị |Ích ){WORD}(?: {WORD}){{2,3}})(?! [A-ZĐ])"
)
_PLACES = re.compile(rf"(?<!\w)(?<!văn - ){LEVEL} (?P<run>{RUN})")
_IN_PROVINCE = re.compile(
    rf"\b(?:{'|'.join(COMMUNES)}|quê|ở|thôn) [^().;]{{2,40}} \((?:{RANK}{TO_PLACE})?"
    rf"(?P<run>{RUN}), (?:{'|'.join(PROVINCES)})\)"
)
"""`quê xã Gò Sành (Bến Sỏi, Hà Tây)`: the district of where somebody was born."""
_ROLE_BEFORE = re.compile(
    r"(?:tịch|thư|trưởng|đốc|viên|UBND|HĐND|ủy|[Qq]uốc|MTTQ|Việt Nam|Công an) $"
)


def places_in(readings: Iterable[PassageReading]) -> frozenset[str]:
    """The places that an article names after quận, phường, tỉnh …, its own one included."""
    found = set()
    for reading in readings:
        if reading.council:
            found.add(reading.council.place)
        titles = {title.end() for title in reading.titles}
        for match in _PLACES.finditer(reading.text):
            words = match["run"].split()
            before = _ROLE_BEFORE.search(reading.text[max(0, match.start() - 48) : match.start()])
            city = before is not None and before.group() == "ủy " and not is_surname(words[0])
            in_title = before is not None or match.start("run") - 1 in titles
            if len(words) <= 3 and (city or not in_title):
                found.add(match["run"])
        if ")" in reading.text:
            found.update(match["run"] for match in _IN_PROVINCE.finditer(reading.text))
    return frozenset(found)


def people_in(readings: Iterable[PassageReading]) -> frozenset[str]:
    """Names of three words and more that stand behind ông, bà, đồng chí … anywhere."""
    return frozenset(
        match["run"]
        for reading in readings
        for match in _SURELY.finditer(reading.text)
        if is_name(match["run"].split())
    )
