"""Deadlines: by which day or session something is to be done, as a sentence states it.

What is due “before” a day is due on that day, as it is stated; before a month, a quarter or a year
on the day that precedes it; in, by or until the end of one on its last day. The beginning and the
middle of a period are no days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from council.councils import AT_PLACE, COUNCIL, RANK
from council.lunar import tet
from council.model import DatedPeriod
from council.reader import PassageReading

_BY = re.compile(
    r"(?:(?P<before>\btrước(?! đó))|\bchậm nhất(?: là)?(?: (?:vào|trong|đến))?"
    r"|\bmuộn nhất(?: là)?(?: (?:vào|trong|đến))?|\bđến hết|\bhết|(?P<until>\b[Đđ]ến)"
    r"|(?P<within>\btrong)|\bngay từ|\btừ nay đến|\bthời hạn[^,.;]{0,40} là"
    r"|\bhạn(?: cuối)?(?: là)?"
    r"|(?P<at>\b(?:(?:vào|tại|trong) k[ỳì] họp(?: (?:bất thường|thường lệ|chuyên đề))?(?: của)?"
    rf"(?: (?:{COUNCIL}(?: {RANK}{AT_PLACE})?|Quốc hội))?(?:,?(?: sẽ)? diễn ra)?"
    r"(?: vào)?|(?<!họp )(?<!diễn ra )(?<!tổ chức )vào)))"
    r"(?P<part>(?: (?:thời điểm|cuối|đầu|giữa|nửa đầu|nửa cuối))?) ?$"
)
_YEAR = re.compile(
    r"(?:(?P<by>\btrước|\bchậm nhất(?: là)?(?: (?:vào|trong|đến))?|\bmuộn nhất(?: là)?(?: vào)?"
    r"|\bđến hết|\bhết|\btrong|\bđến|\btừ nay đến|\bvào) )?"
    r"(?P<part>(?:sáu|6|06) tháng đầu|nửa đầu|(?:sáu|6|06) tháng cuối|nửa cuối|cuối|giữa|đầu)?"
    r"(?(part) )năm (?:(?P<year>20\d\d)|(?P<this>nay|này)|(?P<next>tới|sau))(?! ?- ?\d)(?!\w)"
)
_BARE_YEAR = re.compile(
    r"\b(?P<by>trước|đến|chậm nhất(?: là)?(?: vào)?|trong) (?P<part>(?:6|06|sáu) tháng đầu"
    r"|nửa đầu|cuối) năm(?! (?:học|20|nay|này|tới|sau|trước|ngoái|\d))(?!\w)"
)
_DONE = (
    r"(?:hoàn thành|hoàn thiện|dứt điểm|xong|khắc phục|giải quyết|trả lời|đưa vào|khởi công"
    r"|bàn giao|thanh toán|bố trí|xử lý|lắp đặt|cải tạo|sửa chữa)"
)
_DONE_BEFORE = re.compile(rf"\b{_DONE}\b[^.;:]{{0,60}}$")
_DONE_AFTER = re.compile(rf",?(?: [\w-]+){{0,5}} (?:sẽ|phải)(?: \w+){{0,2}} {_DONE}\b")
_DONE_BY = re.compile(r",?(?: [\w-]+){0,5} (?:sẽ|phải)(?: \w+){0,2} (?:hoàn thành|xong)\b")
_NO_DEADLINE = re.compile(
    r"(?:k[ỳì] họp(?: HĐND)?|nhiệm vụ|chỉ tiêu|kế hoạch|dự toán|phương hướng|tình hình|kết quả)"
    r"[^,.;]{0,25}$"
)
"""Before a year that is the year of a session, a plan, a report."""
_VOWS = re.compile(r"\b(?:hứa|cam kết)\b")
_WILL_DO = re.compile(
    r"\b(?:sẽ|cam kết|hứa|phấn đấu|phải|yêu cầu)\b[^.;:]{0,25}?\b(?:hoàn (?:thành|thiện|tất"
    r"|chỉnh)|xong|khởi"
    r" công|mở|dừng|chấm dứt|bàn giao|đưa|lắp|xây|sửa|cải tạo|nâng cấp|làm(?! việc)|trình(?!"
    r" diễn| diện| bày)|ban hành|công bố"
    r"|thu hồi|giải tỏa|di dời|tháo dỡ|xử lý|giải quyết|khắc phục|báo cáo|trả lời|nộp|nhân rộng)\b"
)
"""What is to be done once, so that the end of a time is its deadline."""
_FOR = re.compile(
    r"\b(?:để|nhằm|nhiệm vụ|tình hình|kế hoạch|phương hướng|giải pháp|chỉ tiêu|dự toán|giai đoạn)\b"
)
"""Between what is done and a year that is that of a purpose or a plan."""
_FINISHED = re.compile(r"(?:hoàn \w+|xong|bàn giao|nộp|báo cáo)$")
_GOES_ON = re.compile(r" [^,.;]{0,20}\b(?:vẫn|đã|không)\b")
"""Behind a period that is told of, or a condition."""
_WHOSE = re.compile(
    r"\b(?:cho|với|của|rà soát|hỗ trợ|thống kê|thu hồi|cấp)(?: \w+){0,2}? (?:hộ|người|trường hợp"
    r"|cá nhân|công trình|hồ sơ)(?: \w+){0,3}? (?:nộp|đăng ký|kê khai|xây dựng|xây|sử dụng|sinh|ở"
    r"|vi phạm|bị|đã|lập|mua|nhận)\b[^,.;:]{0,30} $"
)
"""Before a day that says which people or papers are meant: `các hộ nộp hồ sơ trước ngày 30/9`."""
_SESSION = re.compile(
    r"\b(?:trước|tại|đến|trong) (?P<words>(?:ngày khai mạc )?k[ỳì] họp"
    rf"(?: (?:thường lệ|chuyên đề))?(?: {COUNCIL}(?: {RANK}{AT_PLACE})?)?"
    r"(?: lần)? (?:thứ \w+(?: mươi| mốt| một)?|cuối năm|giữa năm|gần nhất|tới"
    r"|tiếp theo|sau))"
)
_TET = re.compile(r"\btrước (?:dịp )?Tết(?: Nguyên đán| [A-ZĐ]\w+ [A-ZĐ]\w+)?")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something is due, or the session (`until`); `rule` is what read it."""

    place: int
    due: date | None
    rule: str
    until: str = ""


def deadlines(reading: PassageReading, start: int, end: int) -> list[Deadline]:
    """The days of a sentence by which something is due, in their order; those gone by at
    publication are none."""
    published = reading.whole.published
    found = {
        one.place: one
        for one in (*_of_years(reading, start, end), *_of_dates(reading, start, end))
        if not (published and one.due and one.due < published)
    }
    if not found and published and (match := _TET.search(reading.text, start, end)):
        due = next(day for day in map(tet, (published.year, published.year + 1)) if day > published)
        found[match.start()] = Deadline(match.start(), due, "commitment-tet")
    return [found[place] for place in sorted(found)]


def session_due(reading: PassageReading, start: int, end: int) -> Deadline | None:
    """The session by which something is due."""
    match = _SESSION.search(reading.text, start, end)
    if match is None:
        return None
    words = reading.passage.text[match.start("words") : match.end("words")]
    return Deadline(match.start(), None, "commitment-session", words)


def _of_dates(reading: PassageReading, start: int, end: int) -> Iterator[Deadline]:
    for fact in reading.found(DatedPeriod, start, end):
        when, before = fact.value, reading.text[start : fact.start]
        assert isinstance(when, DatedPeriod)
        by = _BY.search(reading.text, max(start, fact.start - 70), fact.start)
        if by is None or (by["within"] and when.unit == "day"):
            continue
        done = _WILL_DO.search(before)
        soon = _WILL_DO.search(reading.text, fact.end, min(end, fact.end + 70))
        if by["at"] and not _is_at(by, when, done, soon is not None):
            continue
        if "hết" in by.group() and not (
            done or soon or _DONE_BEFORE.search(before) or _VOWS.search(before)
        ):
            continue
        # “Đến quý IV sẽ hoàn thành”: until the end of it, where it says what is done by then.
        if by["until"] and (when.unit == "day" or not _DONE_BY.match(reading.text, fact.end, end)):
            continue
        if when.unit != "day" and _GOES_ON.match(reading.text, fact.end, end):
            continue
        if _WHOSE.search(reading.text, start, by.start()):
            continue
        part = by["part"].strip()
        if when.unit == "day":
            yield Deadline(fact.start, when.last, "commitment-due")
        elif by["before"] and part != "cuối":
            if part not in ("giữa", "nửa cuối"):
                yield Deadline(fact.start, when.first - timedelta(days=1), "commitment-due")
        elif part in ("", "cuối", "nửa cuối", "thời điểm"):
            yield Deadline(fact.start, when.last, "commitment-due")


def _is_at(by: re.Match[str], when: DatedPeriod, done: re.Match[str] | None, soon: bool) -> bool:
    """Whether `vào` is a deadline: of a month behind what will be done then or (`soon`) right
    before it; of a day only where something is finished on it."""
    if by["part"].strip() in ("đầu", "giữa"):
        return False
    if when.unit == "day":
        return done is not None and _FINISHED.search(done.group()) is not None
    return done is not None or soon


def _of_years(reading: PassageReading, start: int, end: int) -> Iterator[Deadline]:
    text, published = reading.text, reading.whole.published
    for match in (*_YEAR.finditer(text, start, end), *_BARE_YEAR.finditer(text, start, end)):
        part = match["part"] or ""
        if not match["by"] and part != "cuối":
            continue
        before, after = text[start : match.start()], text[match.end() : end]
        if (
            _NO_DEADLINE.search(before)
            or _GOES_ON.match(after)
            or not (
                _DONE_BEFORE.search(before)
                or _DONE_AFTER.match(after)
                or ((done := _WILL_DO.search(before)) and not _FOR.search(before, done.end()))
                or _WILL_DO.search(after[:70])
            )
        ):
            continue
        stated = match.groupdict().get("year")
        if not stated and published is None:
            continue
        year = int(stated) if stated else published.year if published else 0
        year += bool(match.groupdict().get("next"))
        due = _end_of(year, part, before=match["by"] == "trước")
        if due is not None and (match["by"] != "đến" or part == "cuối"):
            yield Deadline(match.start(), due, "commitment-year")


def _end_of(year: int, part: str, *, before: bool) -> date | None:
    """The last day of a year or of a part of it; that before it where it must be done earlier."""
    if part.endswith("đầu") and part != "đầu":
        return date(year - 1, 12, 31) if before else date(year, 6, 30)
    if part in ("nửa cuối",) or part.endswith("tháng cuối"):
        return date(year, 6, 30) if before else date(year, 12, 31)
    if part == "cuối":
        return date(year, 12, 31)
    if part == "đầu":
        return date(year - 1, 12, 31) if before else None
    if part == "giữa":
        return None
    return date(year - 1, 12, 31) if before else date(year, 12, 31)
