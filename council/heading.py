"""The head of a paper: who issued it and in which year, beside the number that it bears itself.

Form of administrative papers: Nghị định 30/2020/NĐ-CP, appendix I (the issuer above the number, the
place and the day beside or below it).
"""

from __future__ import annotations

import re
from dataclasses import replace

from council.councils import RANKS
from council.model import Cited
from council.names import UPPER

HEAD = 600
"""Characters at the beginning of a paper within which its head stands."""
_BODIES = {
    "THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN": "Thường trực HĐND",
    "HỘI ĐỒNG NHÂN DÂN": "HĐND",
    "ỦY BAN NHÂN DÂN": "UBND",
    "HĐND": "HĐND",
    "UBND": "UBND",
}
_ISSUER = re.compile(
    rf"(?<![{UPPER}])(?P<body>{'|'.join(_BODIES)})(?:\s+CỘNG HÒA[{UPPER} ]+VIỆT NAM)?"
    rf"\s+(?P<rank>{'|'.join(RANKS).upper()})"
    rf"(?:[ ]+(?P<place>(?:[{UPPER}]+|\d+)(?: (?:[{UPPER}]+)(?![a-zà-ỹđ]))*))?"
)
_DAY = re.compile(r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+(?P<year>\d{4})(?!\d)")


def with_head(cited: Cited, text: str, place: int) -> Cited:
    """The number of a paper with what its head says: the year of its day, its issuer.

    `text` is that of the first page, `place` where the number stands. What the number itself
    states is kept.
    """
    head = text[:HEAD]
    day = _DAY.search(head)
    issuer = None
    for match in _ISSUER.finditer(head, 0, place):
        issuer = match
    issued = cited.issuer
    if issuer is not None:
        name = " ".join(word.capitalize() for word in (issuer["place"] or "").split())
        issued = f"{_BODIES[issuer['body']]} {issuer['rank'].lower()} {name}".strip()
    if day is None or cited.year:
        return replace(cited, issuer=issued)
    return replace(cited, issuer=issued, dated=int(day["year"]), inferred_year=None)
