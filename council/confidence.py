"""Votes of confidence: how many votes somebody got of which level.

`36 phiếu "tín nhiệm cao", 12 phiếu "tín nhiệm"` are two; `tín nhiệm cao, tín nhiệm và tín nhiệm
thấp lần lượt là 35, 14, 2` deals them out. A number without a level has that of its sentence, if
that names only one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from council.model import Vote

_LEVEL = r"(?P<level>[Tt]ín (?:nhiệm )?(?:cao|thấp)|[Tt]ín nhiệm)(?!\w)"
_QUOTE = r" ?[\"“”‘’']? ?"
_GRADED = re.compile(r"\b[Tt]ín (?:nhiệm )?(?P<grade>cao|thấp)\b")
_COUNT = re.compile(
    r"(?<![\d/.,])(?<!\d - )(?:(?P<votes>\d{1,3})(?:/(?P<of>\d{1,3}))?(?![\d/%]|[.,]\d| ?%)"
    r"|(?P<share>\d{1,3}(?:[.,]\d{1,2})?) ?%(?= phiếu)|một(?= phiếu))"
)
_LEVEL_BEHIND = re.compile(rf"(?: phiếu)?{_QUOTE}(?<=[\s\"“‘']){_LEVEL}")
_LEVEL_BEFORE = re.compile(
    rf"(?P<level>[Tt]ín nhiệm(?: (?:cao|thấp))?)(?:{_QUOTE}(?::|là|đạt|được)|(?<=[op]){_QUOTE}) ?$"
)
_BARE = re.compile(
    r"(?:(?:, | và |, và )\d{1,3})* phiếu(?! (?:phát|thu|hợp lệ|khảo sát|bầu))(?!\w)"
)
_GIVEN = re.compile(r"(?:(?:[Vv]ới|có|được|nhận|đạt|là|chỉ|lên|còn) |: |\d, |\d và |\()$")
_EARLIER = re.compile(r"(?:(?:\btừ|so với|hơn|kém|trong|tổng) (?:số )?)$")
_EARLIER_BEHIND = re.compile(r"(?: phiếu)?(?: (?:ở|của|trong|vào))? (?:kỳ|lần|đợt|năm) trước")
_DEALT = re.compile(
    r"\blần lượt(?: là| đạt|:)? (?P<row>\d{1,3}(?:(?:,|,? và) \d{1,3}){1,2})(?![\d%])"
)
_SHARE = re.compile(
    r"[\"”’']?,? \(?(?:chiếm|đạt|bằng|tương đương)(?: (?:tỷ|tỉ) lệ)?"
    r" (?P<share>\d{1,3}(?:[.,]\d{1,2})?) ?%\)?"
)


def votes_of_confidence(text: str, start: int, end: int) -> Iterator[tuple[int, int, Vote]]:
    """The votes of a sentence that are counted by level, each with its span; none where no vote
    of high or of low confidence is named."""
    grades = {match["grade"] for match in _GRADED.finditer(text, start, end)}
    if not grades:
        return
    dealt = dict(_dealt(text, start, end))
    for match in _COUNT.finditer(text, start, end):
        level = dealt.get(match.start(), "")
        first, last = match.span()
        if not level and _EARLIER_BEHIND.match(text, last, end):
            continue
        if not level and (behind := _LEVEL_BEHIND.match(text, last, end)):
            level, last = behind["level"], behind.end("level")
        elif not level and (before := _LEVEL_BEFORE.search(text, start, first)):
            level, first = before["level"], before.start("level")
        elif not level and len(grades) == 1 and (bare := _BARE.match(text, last, end)):
            if not _GIVEN.search(text, start, first) or _EARLIER.search(text, start, first):
                continue
            level = f"tín nhiệm {next(iter(grades))}"
            last = bare.end() if text[last : last + 6] == " phiếu" else last
        if not level:
            continue
        behind = _SHARE.match(text, last, end)
        share = behind["share"] if behind else match["share"]
        votes = None if match["share"] else int(match["votes"] or 1)
        yield (
            first,
            behind.end() if behind else last,
            Vote(
                votes,
                int(match["of"]) if match["of"] else None,
                int(Decimal(share.replace(",", ".")) * 100) if share else None,
                _written(level),
            ),
        )


def _dealt(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The places of the numbers that are dealt out to the levels named before them."""
    levels: list[str] = []
    place = start
    for match in _DEALT.finditer(text, start, end):
        named = [one["level"] for one in re.finditer(_LEVEL, text[place : match.start()])]
        numbers = list(re.finditer(r"\d+", match["row"]))
        levels = named[-len(numbers) :] if len(named) >= len(numbers) else levels
        if len(levels) == len(numbers) == len(set(map(_written, levels))):
            for level, number in zip(levels, numbers, strict=True):
                yield match.start("row") + number.start(), level
        place = match.end()


def _written(level: str) -> str:
    """A level in full: `tín thấp` is tín nhiệm thấp."""
    last = level.rpartition(" ")[2]
    return f"tín nhiệm {last}" if last in ("cao", "thấp") else "tín nhiệm"
