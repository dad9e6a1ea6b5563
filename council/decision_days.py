"""When somebody was elected, appointed or dismissed: the day that the sentence of it gives.

A day of another sentence, of a paper, of somebody's birth or of who tells of it is not that of the
decision; where it is not sure there is none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from council.model import Cited, DatedPeriod, Fact, Personnel
from council.reader import PassageReading

_DATED = frozenset(["elected", "appointed", "dismissed", "released"])
_NO_DAY_OF_IT = re.compile(
    r"\b(?:sinh|mất|trước|sau|đến|tới|hết|từ|kể từ|hiệu lực|nhất|hạn)(?: là| vào| cuối| đầu)?"
    r"(?: ngày| tháng)? ?$"
    r"|\b(?:văn bản|công văn|thông báo|tờ trình|nghị quyết|quyết định|kết luận|biên bản|đề nghị"
    r"|báo cáo|đơn)\b[^,.;]{0,60}$",
    re.IGNORECASE,
)
"""Before a day of something else."""
_BETWEEN = re.compile(
    r";|\b(?:đến nay|thay|vì|do(?! HĐND)|cho biết|cho hay|nói|nêu|khẳng định|trao đổi|thông tin"
    r"|trả lời|nguyên|cựu|từng"
    r"|trước (?:đó|khi|đây)|sau (?:đó|khi)|từ khi|trong khi|khi (?:đó|còn|là)|lúc|hồi|vừa mới|mới"
    r"|người (?:được|vừa|đã|từng)|kết luận|kỷ luật|vi phạm)\b",
    re.IGNORECASE,
)
"""Between a day and a decision: the day may be that of something else."""
_AT_ANOTHER_TIME = re.compile(r"\b(?:trước đó|sau đó|rồi|vừa|mới|từng|tiếp đó|đến nay)\b")
"""In a decision: it was taken at another time than what is told beside it."""
_RIGHT_BEHIND = re.compile(r"[\s,(]*(?:vào )?(?:sáng |chiều |tối )?(?:ngày |tháng )?")


def date_decisions(reading: PassageReading) -> None:
    """Give each decision on a person in a passage its day or month, where its sentence has it."""
    if any(isinstance(fact.value, Personnel) for fact in reading.facts):
        reading.facts = [
            replace(fact, value=replace(fact.value, when=_when(reading, fact)))
            if isinstance(fact.value, Personnel) and fact.value.what in _DATED
            else fact
            for fact in reading.facts
        ]


def _when(reading: PassageReading, decision: Fact) -> str:
    text = reading.text
    begin, end = reading.sentence(decision.start)
    days = [
        fact
        for fact in reading.found(DatedPeriod, begin, max(end, decision.end))
        if _may_be_its(reading, fact, begin)
    ]
    within = [fact for fact in days if decision.start <= fact.start < decision.end]
    behind = [
        fact
        for fact in days
        if fact.start >= decision.end and _RIGHT_BEHIND.fullmatch(text, decision.end, fact.start)
    ]
    before = [fact for fact in days if fact.end <= decision.start]
    if before and (
        _BETWEEN.search(text, before[-1].end, decision.start)
        or _AT_ANOTHER_TIME.search(text, decision.start, decision.end)
    ):
        before = []
    found = {_label(fact) for fact in (within or behind or before[-1:])}
    return found.pop() if len(found) == 1 else ""


def _may_be_its(reading: PassageReading, fact: Fact, begin: int) -> bool:
    """Whether a date is one day or one month, and not that of a paper, a birth or a deadline."""
    when, published = fact.value, reading.whole.published
    assert isinstance(when, DatedPeriod)
    one = (
        when.first == when.last
        if when.unit == "day"
        else (when.unit == "month" and when.first.month == when.last.month)
    )
    if not one or when.basis == "lunar" or (published and when.first > published):
        return False
    if any(cited.start <= fact.start < cited.end for cited in reading.found(Cited)):
        return False
    return not _NO_DAY_OF_IT.search(reading.text[begin : fact.start])


def _label(fact: Fact) -> str:
    assert isinstance(fact.value, DatedPeriod)
    return fact.value.label
