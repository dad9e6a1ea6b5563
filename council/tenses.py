"""The year of a day, month or quarter that is written without one, by the tense it is told in.

Without a word for it the nearest to the publication is meant. `Tháng 4 vừa qua`, `trước đó`, `đến
nay` and a clause of the past mean the last one before it, `tháng 4 tới` the next one after it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from council.councils import RANK
from council.model import DatedPeriod
from council.reader import PassageReading
from council.years import day_of, month_of

_JUST_BY = re.compile(
    r",? \(?(?:vừa qua|vừa rồi|mới qua|mới đây|trở lại đây|(?:cho )?(?:đến|tới) (?:nay|hiện nay|"
    r"hiện tại|thời điểm này))\b"
)
_COMING = re.compile(
    r",? \(?(?:sắp tới|tới(?: đây)?(?! (?:nay|hiện|thời điểm|hết|cuối|đầu|giữa"
    r"|ngày|tháng|quý|\d)))\b"
)
_YEAR_TOLD = re.compile(r"\bnăm (?:ngoái|trước|qua|nay|sau|tới)\b", re.IGNORECASE)
_TO_COME = re.compile(
    r"\b(?:sẽ|[Dd]ự kiến|[Kk]ế hoạch|chuẩn bị|sắp|tới đây|phấn đấu|cam kết|hứa|yêu cầu|đề nghị"
    r"|thời hạn|hạn cuối|chậm nhất|muộn nhất|hoàn thành trước)\b"
)
_WILL_THEN = re.compile(
    r"\b(?:sẽ|[Dd]ự kiến|phấn đấu|sắp) (?![^,.;:]*\b(?:từ|kể từ|của|như|theo|ban hành) )"
    r"[^,.;:]{0,60}"
    r"\b(?:vào|trong|trước|đến|hết|ngày|tháng|đầu|giữa|cuối)(?: ngày| tháng)? ?$"
)
_WILL_BEHIND = re.compile(rf",? (?:(?:thì|cũng|(?:UBND )?{RANK}) ){{0,2}}sẽ\b(?! (?:đã|được biết))")
_TOLD_OF = re.compile(
    r"\b(?:đã|từng|hồi|vừa|trước đó|nhưng|tuy nhiên|song|khi đó|lúc đó|năm (?:ngoái|trước)"
    r"|từ \d)\b",
    re.IGNORECASE,
)
"""What tells of something that was to come then, or of another time."""
_EARLIER = re.compile(r"\b(?:[Tt]rước đó|[Tt]ính (?:đến|tới)|[Tt]ính từ|[Hh]ồi)\b[^.;]*$")
_UNTIL_NOW = re.compile(r"[^.;]{0,40}?\b(?:đến|tới) (?:nay|hiện nay|hiện tại|thời điểm này)\b")
_DONE_BEHIND = re.compile(r"[^.;]*?\b(?:đã|vừa)\b(?! (?:được )?(?:lên kế hoạch|ấn định|định)\b)")
_DONE_BEFORE = re.compile(
    r"\b(?:đã|vừa) (?:được )?(?:tổ chức|họp|khai mạc|bế mạc|diễn ra|kiểm tra|giám sát|khảo sát"
    r"|tiếp xúc|ban hành|ký|bầu|miễn nhiệm|bổ nhiệm|thông qua|khởi công|khánh thành|trả lời|báo cáo"
    r"|xảy ra|làm việc)\b(?:(?! (?:trước|để|nhằm|cho|về|bầu cử)\b)[^.;]){0,60}$"
)
_UP_TO = re.compile(
    r"\b(?:đến|tới|trước|hết|hạn|chậm nhất|muộn nhất|từ)(?: là| vào)?(?: hết)?(?: ngày)? ?$"
)


def by_tense(reading: PassageReading, start: int, end: int, when: DatedPeriod) -> DatedPeriod:
    """The same days, in the year that the words around them leave for them."""
    published = reading.whole.published
    if published is None or when.basis != "published":
        return when
    if _YEAR_TOLD.search(reading.text[start:end]):
        return when
    if when.first > published and _is_past(reading, start, end):
        return _moved(when, -1)
    if when.unit != "day" and when.last < published and _WILL_BEHIND.match(reading.text, end):
        return _moved(when, 1)
    month_ago = published - timedelta(days=31)
    if when.last < month_ago and (_COMING.match(reading.text, end) or _is_to_come(reading, start)):
        return _moved(when, 1)
    return when


def _is_past(reading: PassageReading, start: int, end: int) -> bool:
    text = reading.text
    begin, last = reading.sentence(start)
    if _JUST_BY.match(text, end):
        return True
    before = text[begin:start]
    if _COMING.match(text, end) or _TO_COME.search(before):
        return False
    if _EARLIER.search(before) or _UNTIL_NOW.match(text, end, last):
        return True
    if _UP_TO.search(before) or _TO_COME.search(text, end, last):
        return False
    return bool(_DONE_BEHIND.match(text, end, last) or _DONE_BEFORE.search(before))


def _is_to_come(reading: PassageReading, start: int) -> bool:
    """Whether a clause says right before a day what will be then: `sẽ khởi công trong tháng 1`."""
    begin, _ = reading.sentence(start)
    will = _WILL_THEN.search(reading.text, begin, start)
    return will is not None and not _TOLD_OF.search(reading.text, begin, start)


def _moved(when: DatedPeriod, years: int) -> DatedPeriod:
    """The same days some years later; as they are where that year lacks one of them."""
    if when.unit == "month":
        return replace(
            when,
            first=month_of(when.first.year + years, when.first.month).first,
            last=month_of(when.last.year + years, when.last.month).last,
        )
    first = day_of(when.first.year + years, when.first.month, when.first.day)
    last = day_of(when.last.year + years, when.last.month, when.last.day)
    return replace(when, first=first, last=last) if first and last else when
