"""Terms (khóa XX, nhiệm kỳ 2021 - 2026) and sessions (kỳ họp thứ 7)."""

from __future__ import annotations

import re

from council.councils import COUNCIL, OF_RANK, rank_of, rank_unsaid
from council.model import Session, Term
from council.numbers import ORDINAL, number_of
from council.reader import PassageReading

_YEARS = r"nhiệm k[ỳì] (?P<from>\d{4}) ?- ?(?P<to>\d{4})"
_TERM = re.compile(
    rf"(?:\b(?:(?P<assembly>Quốc hội)|{COUNCIL} {OF_RANK}) )?(?P<term>\b[Kk]hóa (?:thứ )?"
    rf"(?P<number>{ORDINAL})(?!\w)"
    rf"(?:,? \(?{_YEARS}(?!\w)| \((?P<short>\d{{4}}) ?- ?(?P<end>\d{{4}})\))?)"
    rf"|\b(?P<only>[Nn]hiệm k[ỳì] (?P<first>\d{{4}}) ?- ?(?P<last>\d{{4}}))(?!\w)"
)
_KIND = r"(?P<{}>thường lệ|chuyên đề|bất thường|không thường lệ)"
_SESSION = re.compile(
    rf"\b[Kk][ỳì] họp(?: {COUNCIL}(?: {OF_RANK})?| (?P<assembly>Quốc hội))?"
    rf"(?: {_KIND.format('before')})?(?: lần)? thứ (?P<number>{ORDINAL})(?!\w)"
)
_AFTER = re.compile(
    rf"(?: \(| -|,)? ?(?:[Kk][ỳì] họp )?{_KIND.format('kind')}(?! (?:cuối|giữa) năm \d{{4}} và)"
)
_JOINED = r"(?: \([^()]{3,30}\))?(?:,| -| của)? ?"
"""Between a session and its council."""
_BODY = re.compile(rf"{_JOINED}(?:{COUNCIL} {OF_RANK}|(?P<assembly>Quốc hội))")
_BODY_BEFORE = re.compile(
    rf"\b{COUNCIL} {OF_RANK}[^,.;:]{{0,40}} (?:tổ chức|khai mạc|tiến hành|họp|bế mạc|có) $"
)
_UNRANKED = re.compile(rf"{_JOINED}HĐND(?= [A-ZĐ])")
_OF_PARTY = re.compile(
    r"(?:Ban [Cc]hấp hành|Trung ương|UBKT|Ủy ban Kiểm tra|[Đđ]ảng ủy|Đảng)[^,.;:]{0,40} $"
)
"""Before a session that is one of the Party."""
_FURTHER = re.compile(r"(?:,| và|;) (?P<number>[IVX]{1,6})(?![\w.])")
_COURSE = re.compile(
    r"\b(?:[Hh]ọc sinh|[Ss]inh viên|[Hh]ọc viên|[Ll]ớp[^,.;]{0,40}|[Tt]ập huấn|[Bb]ồi dưỡng"
    r"|[Đđ]ào tạo|[Tt]ốt nghiệp) $"
)
"""Before a khóa that is a course."""
_ASSEMBLY = re.compile(r"\bQuốc hội $")
_KHOA = re.compile(rf"\b[Kk]hóa (?:thứ )?(?P<number>{ORDINAL})(?!\w)")


def read_terms(reading: PassageReading) -> None:
    """Note the terms and sessions of a passage."""
    text = reading.text
    if "hóa " in text or "iệm k" in text:
        _read_terms(reading)
    for match in _SESSION.finditer(text) if " họp" in text else ():
        _read_session(reading, match)


def _read_terms(reading: PassageReading) -> None:
    for match in _TERM.finditer(reading.text):
        start = match.start() if match["assembly"] else match.start("term")
        body = _body(match, match["place"] or "")
        if match["only"]:
            years = int(match["first"]), int(match["last"])
            if 0 < years[1] - years[0] <= 6:
                reading.add(Term(None, years), *match.span(), "term-years")
            continue
        number = number_of(match["number"])
        if not body and _COURSE.search(reading.text, 0, start):
            continue
        written = match["from"] or match["short"], match["to"] or match["end"]
        if number:
            span = (int(written[0]), int(written[1])) if written[0] else None
            reading.add(Term(number, span, body), start, match.end(), "term-number")
            if span is None:
                _further(reading, match.end(), body)


def _further(reading: PassageReading, place: int, body: str) -> None:
    """The further numbers of `khóa XII, XIII`."""
    while (match := _FURTHER.match(reading.text, place)) is not None:
        number = number_of(match["number"])
        if number:
            reading.add(Term(number, None, body), *match.span("number"), "term-list")
        place = match.end()


def _read_session(reading: PassageReading, match: re.Match[str]) -> None:
    text = reading.text
    number = number_of(match["number"])
    begin, end = reading.sentence(match.start())
    if number and not _OF_PARTY.search(text, begin, match.start()):
        kind = match["before"] or ""
        after = _AFTER.match(text, match.end())
        if after and not kind:
            kind = after["kind"]
        khoa = _KHOA.search(text, match.end(), min(end, match.end() + 70))
        between = text[match.end() : khoa.start()] if khoa else ""
        before = None if khoa else _KHOA.search(text, begin, match.start())
        khoa = khoa or before
        body = _session_body(text, begin, match)
        if khoa and _ASSEMBLY.search(text, 0, khoa.start()) and body not in ("", "Quốc hội"):
            khoa = None
        term = number_of(khoa["number"]) if khoa and " thứ " not in between else None
        reading.add(Session(number, kind, term, body), *match.span(), "session")


def _session_body(text: str, begin: int, match: re.Match[str]) -> str:
    """The council that a session's own words name, with its rank; empty if they name none."""
    if body := _body(match):
        return body
    if named := _BODY.match(text, match.end()):
        return _body(named)
    if (bare := _UNRANKED.match(text, match.end())) and (rank := rank_unsaid(text, bare.end())):
        return f"HĐND {rank}"
    before = _BODY_BEFORE.search(text, begin, match.start())
    return f"HĐND {rank_of(before['rank'])}" if before else ""


def _body(named: re.Match[str], place: str = "") -> str:
    """A council as it is told, its rank as site descriptions have it; empty if none is named."""
    if named["assembly"]:
        return "Quốc hội"
    return f"HĐND {rank_of(named['rank'])} {place}".strip() if named["rank"] else ""
