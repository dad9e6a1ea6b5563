"""How many: sessions, supervisions, meetings with voters …, planned or reported, by whom, when."""

from __future__ import annotations

import re
from datetime import date

from council.councils import PLACE, RANK, RANKED, TO_PLACE, is_one_of_several, is_own
from council.model import Count, DatedPeriod
from council.numbers import number_of
from council.reader import PassageReading

_MEETING = r"(?:cuộc|buổi|hội nghị|đợt|lượt|phiên|đoàn)"
_SORT = r"(?: (?:thường lệ|chuyên đề|bất thường|thường kỳ|định kỳ))?"
_NOUNS = (
    ("kỳ họp", rf"k[ỳì] họp(?P<kh>{_SORT})(?! thứ)"),
    ("giải trình", r"(?:phiên|buổi|hội nghị)(?: họp)? giải trình"),
    ("chất vấn", r"phiên chất vấn"),
    ("phiên họp", r"phiên họp"),
    ("giám sát, khảo sát", rf"{_MEETING} giám sát(?:,| và) khảo sát"),
    ("giám sát", rf"{_MEETING} giám sát(?P<gs> chuyên đề)?"),
    ("khảo sát", rf"{_MEETING} khảo sát"),
    ("tiếp xúc cử tri", rf"{_MEETING} (?:tiếp xúc cử tri|TXCT)(?P<tx> chuyên đề)?"),
    ("tiếp công dân", rf"{_MEETING} tiếp công dân"),
    ("thẩm tra", rf"{_MEETING} thẩm tra"),
    ("tập huấn", r"(?:lớp|đợt|hội nghị|khóa) (?:tập huấn|bồi dưỡng)"),
    ("nghị quyết", r"[Nn]ghị quyết(?! số)"),
    ("kiến nghị", r"kiến nghị"),
    ("ý kiến", r"ý kiến"),
)
_ONE = r"\d{1,3}(?:\.\d{3})*"
_WORDS = r"(?:mười một|mười hai|mười|hai|ba|bốn|sáu|bảy|tám|chín|[Hh]ai|[Bb]a|[Bb]ốn)(?!\w)"
_LEAST = r"(?:ít nhất|tối thiểu|không dưới|hơn|trên)"
_MOST = r"(?:không quá|tối đa|nhiều nhất)"
_NUMBER = (
    rf"(?:(?P<least>{_LEAST}) |(?P<most>{_MOST}) )?(?:từ )?(?:(?P<from>{_ONE}) ?(?:-"
    rf"|đến) ?)?(?P<n>{_ONE}|{_WORDS})"
)
_COUNT = re.compile(
    rf"(?<![\w/.,-])(?:{_NUMBER.replace('(?:từ )?(?:(?P<from>', '(?:(?P<tu>từ )?(?P<from>')} (?:"
    + "|".join(f"(?P<k{number}>{noun})" for number, (_, noun) in enumerate(_NOUNS))
    + r")(?!\w)"
    rf"|(?P<verb>giám sát) (?:(?P<vleast>{_LEAST}) "
    rf"|(?P<vmost>{_MOST}) )?(?:từ (?P<vfrom>{_ONE}) đến )?(?P<vn>{_ONE})(?: nội dung)? chuyên đề)"
)
_COUNTED = re.compile(
    r"họp|giải trình|chất vấn|giám sát|khảo sát|tiếp xúc|TXCT|tiếp công dân|thẩm tra|tập huấn"
    r"|bồi dưỡng|ghị quyết|kiến nghị|ý kiến"
)
"""What is counted: a passage without it is not looked at."""
_ACTOR = re.compile(
    r"(?<!\w)(?P<actor>Thường trực(?: HĐND)?(?: \w+)?(?: và|,) hai Ban"
    rf"|(?:Thường trực )?HĐND(?: {RANK})?"
    rf"|(?:[Hh]ai|[Cc]ác|02|2) Ban(?: (?:của )?HĐND(?: {RANK})?)?"
    rf"|(?:[Cc]ác|[Mm]ỗi) Tổ đại biểu(?: HĐND(?: {RANK})?)?"
    r"|(?P<part>Tổ đại biểu(?: (?:HĐND )?số \d+)?"
    r"|Ban (?:Pháp chế|Kinh tế - Xã hội|Văn hóa - Xã hội|Kinh tế - Ngân sách|Đô thị|Dân tộc))"
    rf"|UBND(?: {RANK})?)(?:(?!\w)|(?=HCM))"
    rf"(?(part)(?: (?:của )?HĐND(?: {RANK})?)?)(?:{TO_PLACE}{PLACE})?"
)
_BESIDES = re.compile(
    r"(?:tịch|trưởng|biểu|của|viên|đạo|phòng|thư|[Đđ]ại diện|Ban|cầu|nghị|giao) $|và $"
)
_YEAR = re.compile(r"\b[Nn]ăm (?P<year>(?:19|20)\d\d)(?! ?- ?\d{4})(?!\w)")
_WITHIN_YEAR = re.compile(r"(?: trong)? năm (?P<year>(?:19|20)\d\d)(?! ?- ?\d{4})(?!\w)")
_THIS_YEAR = re.compile(
    r"(?<!\w )\b(?:[Tt]rong năm(?! \d)|[Nn]ăm qua|[Nn]ăm nay)\b|[Tt]ừ đầu năm|[Tt]rong năm qua"
)
_NO_COUNT = re.compile(r" (?:này|đó|nói trên|trên)(?!\w)")
_IN_PASSING = re.compile(r"\b(?:qua|từ|trên|sau|của|trong|mỗi|giữa|thay vì) $")
_NUMBERED = re.compile(
    r"\b(?:quận|phường|tổ|số|ngày|tháng|khóa|điểm|khoản|điều|lần) $", re.IGNORECASE
)
_PLANNED = re.compile(
    r"\b(?:[Dd]ự kiến|sẽ|[Tt]heo kế hoạch|phấn đấu|mỗi năm|hằng năm|hàng năm|đề ra)\b"
)
_NOT_HELD = re.compile(
    r"\b(?:chưa(?: \w+){0,4}|không (?:\w+ ){0,3}được|giảm|tăng|thiếu|ít hơn|nhiều hơn|còn nợ) $",
    re.IGNORECASE,
)
"""Before what was not held, or by how much two numbers differ."""
_INSTEAD = re.compile(
    r"\b(?:thay vì|thay cho|khác với|không phải(?: là)?|so với|như)(?: chỉ)? $",
    re.IGNORECASE,
)
"""Before a number that is compared with."""
_AS_EVER = re.compile(
    r" như (?:mọi|các|những|hằng|hàng|thường|thông|trước|trong|lâu|quy|luật|năm (?:ngoái|trước))\b"
)
_FORMERLY = re.compile(
    r"\b(?:trước (?:đây|kia)|(?:mọi|các|những) (?:năm|nhiệm kỳ) trước|lâu nay|thông lệ"
    r"|năm ngoái)\b",
    re.IGNORECASE,
)
"""What was so in earlier years."""
_ABOUT = re.compile(
    r"\b(?:gần|khoảng|chừng|xấp xỉ|độ|ngót|dưới|cỡ|nhiều|ít|cao|thấp|kém) $",
    re.IGNORECASE,
)
"""Before a number that is near the true one: no bound is told."""
_SPAN = re.compile(r"\b(?:giữa|tại|trong|trước|sau|qua|lùi|thêm|ở)(?: cả)? $", re.IGNORECASE)
_JUST_BY = re.compile(
    r"(?: (?:của )?(?:HĐND|Hội đồng nhân dân|Quốc hội)(?: \w+)?)?"
    r" (?:gần (?:đây|nhất)|vừa qua|liên tiếp|liền|trước|tới|qua)(?!\w)"
)
"""Sessions that measure a time: `giữa 2 kỳ họp`, `3 kỳ họp gần đây`."""
_PUT_OFF = re.compile(r"\b(?:lùi|hoãn|dời)(?: thời gian)?(?: tổ chức)? $")
_WAS_PUT_OFF = re.compile(r" (?:đã |vẫn |cũng )?(?:phải|bị|được) (?:tạm )?(?:lùi|hoãn|dời)\b")
_WAS_DROPPED = re.compile(r" (?:đã |vẫn |cũng )?(?:phải|bị|được) hủy\b")
_DROPPED = re.compile(r"\b(?:hủy|không tổ chức) $")


def read_counts(reading: PassageReading) -> None:
    """Note the counts of a passage."""
    if reading.passage.field == "caption" or not _COUNTED.search(reading.text):
        return
    last: Count | None = None
    last_end = 0
    for match in _COUNT.finditer(reading.text):
        kind, low, high = _what(match)
        if (low is None and high is None) or _NO_COUNT.match(reading.text, match.end()):
            continue
        if (
            match["n"]
            and match["n"].isalpha()
            and _IN_PASSING.search(reading.text[: match.start()])
        ):
            continue
        begin, _ = reading.sentence(match.start())
        start = match.start()
        before = reading.text[begin:start]
        bare = match["n"] and not (match["least"] or match["most"])
        if (bare and _NUMBERED.search(before)) or (low and high and low > high):
            continue
        if _NOT_HELD.search(before) or _INSTEAD.search(before):
            continue
        if _AS_EVER.match(reading.text, match.end()) or _ABOUT.search(before):
            continue
        if kind.startswith("kỳ họp") and (
            _SPAN.search(before) or _JUST_BY.match(reading.text, match.end())
        ):
            continue
        gap = reading.text[last_end:start]
        rule, stated = "count", True
        if last is not None and last.high is None and gap == " và " and low == high:
            # “ít nhất 02 cuộc giám sát và 01 cuộc khảo sát”: the bound is that of both.
            high, rule, stated = None, "count-bound-shared", False
        planned = _PLANNED.search(before)
        if planned and _FORMERLY.search(before):
            continue
        state = "planned" if planned else "reported"
        if _PUT_OFF.search(before) or _WAS_PUT_OFF.match(reading.text, match.end()):
            state = "postponed"
        elif _DROPPED.search(before) or _WAS_DROPPED.match(reading.text, match.end()):
            state = "cancelled"
        elif (
            last is not None and gap in (", ", " và ") and last.state in ("postponed", "cancelled")
        ):
            state = last.state
        period = _period(reading, begin, start, match.end(), state)
        if state == "reported" and _is_to_come(period, reading.whole.published):
            state = "planned"
        value = Count(kind, low, high, state, period, _actor(reading, before))
        reading.add(value, start, match.end(), rule, stated=stated)
        last, last_end = value, match.end()


def _is_to_come(period: str, published: date | None) -> bool:
    """Whether a period begins after the publication: what is told of it is planned."""
    if not period or published is None:
        return False
    parts = {4: f"{published.year}", 7: f"{published:%Y-%m}"}
    quarter = f"{published.year}-Q{(published.month + 2) // 3}"
    first = period.split("/")[0]
    return first > (quarter if "Q" in first else parts.get(len(first), first))


def _what(match: re.Match[str]) -> tuple[str, int | None, int | None]:
    if match["verb"]:
        n = number_of(match["vn"].replace(".", ""))
        low, high = (None, n) if match["vmost"] else (n, None) if match["vleast"] else (n, n)
        low = number_of(match["vfrom"].replace(".", "")) if match["vfrom"] else low
        return "giám sát chuyên đề", low, high
    kind = next(kind for number, (kind, _) in enumerate(_NOUNS) if match[f"k{number}"])
    n = number_of(match["n"].replace(".", ""))
    if n is None or match["n"].lower() == "một":
        return kind, None, None
    sort = (match["kh"] or match["gs"] or match["tx"] or "").strip()
    low, high = (None, n) if match["most"] else (n, None) if match["least"] else (n, n)
    if match["from"]:
        low = number_of(match["from"].replace(".", ""))
    return f"{kind} {sort}".strip(), low, high


def _actor(reading: PassageReading, before: str) -> str:
    found = None
    for match in _ACTOR.finditer(before):
        if not _BESIDES.search(before[: match.start()]):
            found = match
    if found is None:
        return ""
    # A person who acts in between is not the body.
    if re.search(r"(?:ông|bà|đồng chí|Ông|Bà) [A-ZĐ]", before[found.end() :]):
        return ""
    council, ranked = reading.council, RANKED.search(found.group())
    if council is None or ranked is None:
        return found["actor"]
    rank, place = ranked["rank"], ranked["place"] or ""
    if is_own(rank, place, council):
        return found["actor"]
    name = found["actor"].removesuffix(f" {rank}")
    whose = f"{rank} {place if is_one_of_several(rank, council) else ''}".strip()
    return f"{name}{'' if re.search('HĐND|UBND', name) else ' HĐND'} {whose}"


def _period(reading: PassageReading, begin: int, start: int, end: int, state: str) -> str:
    if state in ("postponed", "cancelled"):
        _, last = reading.sentence(start)
        after = [f.value for f in reading.found(DatedPeriod, end, min(last, end + 40))]
        return after[0].label if after and isinstance(after[0], DatedPeriod) else ""
    own = next(reading.found(DatedPeriod, end, end + 24), None)
    if (
        own is not None
        and isinstance(own.value, DatedPeriod)
        and own.value.unit != "day"
        and reading.text[end : own.start] == " trong "
    ):
        return own.value.label
    if within := _WITHIN_YEAR.match(reading.text, end):
        return within["year"]
    places: list[tuple[int, str]] = []
    dated = list(reading.found(DatedPeriod, begin, start))
    for match in _YEAR.finditer(reading.text, begin, start):
        if not any(fact.start <= match.start() < fact.end for fact in dated):
            places.append((match.start(), match["year"]))
    for fact in dated:
        since = re.search(r"\b(?:từ|trước|sau|đến) $", reading.text[begin : fact.start])
        if isinstance(fact.value, DatedPeriod) and fact.value.unit != "day" and not since:
            places.append((fact.start, fact.value.label))
    if places:
        return max(places)[1]
    if (this := _THIS_YEAR.search(reading.text, begin, start)) is None:
        return ""
    earlier = list(_YEAR.finditer(reading.text, 0, this.start()))
    if earlier:
        return earlier[-1]["year"]
    published = reading.whole.published
    return str(published.year) if published else ""
