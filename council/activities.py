"""Activities: what took place, is planned, was postponed or cancelled, on which day, who chaired.

An activity needs a day of its own. An occasion (“trước kỳ họp thứ 5”) and a topic (“phiên giải
trình về …”) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from council.chairing import Sentence, chairs_of
from council.councils import (
    COUNCIL,
    PLACE,
    RANK,
    TO_PLACE,
    is_one_of_several,
    is_own,
    rank_of,
    rank_unsaid,
)
from council.events import PUT_OFF, event_of, more_exactly
from council.holding import Named
from council.model import Activity, Cited, DatedPeriod
from council.names import name_key
from council.reader import PassageReading
from council.wards import wards_in
from council.whose_event import (
    is_another_s,
    is_of_a_council,
    is_on_a_council,
    without_names,
)

_COUNCIL = re.compile(
    r"HĐND|Hội đồng nhân dân|Tổ đại biểu|Ban (?:Pháp chế|Kinh tế|Văn hóa|Đô thị|Dân tộc)"
    r"|đại biểu|Thường trực|[Đđ]oàn [Gg]iám sát"
    r"|(?:[Cc]uộc|[Bb]uổi|[Đđ]ợt) (?:khảo sát|giám sát|thẩm tra)"
    r"|[Đđ]oàn khảo sát|cử tri|TXCT|chất vấn|giải trình|kỳ họp"
)
_NOT_ITS_DAY = re.compile(
    r"(?:[Cc]ông văn|[Vv]ăn bản|[Gg]iấy mời|[Tt]hông báo|\btrước|\bđến|đến hết"
    r"|tính đến|từ sau|chậm nhất(?: là)?|\bhạn(?: cuối)?(?: là)?"
    r"|hiệu lực(?: từ| kể từ)?|\bsinh|"
    r"bầu cử|kể từ|muộn nhất|\blà|dừng|\bxong|trúng cử|hằng tháng"
    r"|hàng tháng)(?: \w+)?(?: ngày)? ?$"
)
_PAPER = re.compile(
    r"\b(?:báo cáo|kế hoạch|quyết định|nghị quyết|tờ trình|chương trình|chỉ thị|hướng dẫn|kết luận"
    r"|biên bản|thông báo|đề cương|công văn|văn bản|giấy mời|đơn)(?: số [^\s,]+)?(?: (?:đã |được )*"
    r"(?:ban hành|ký|phê duyệt|lập|đề|công bố|gửi))?(?: vào)?(?: ngày)? ?$"
    r"|\b(?:khởi công|khánh thành|khai trương|cấp phép|thành lập|ban hành)"
    r"(?: từ| vào)?(?: ngày)? ?$",
    re.IGNORECASE,
)
"""Before the day of a paper or of a building."""
_ELECTION = re.compile(r"\b(?:đi|đợt|cuộc|kỳ|ngày|đã|thực hiện) bầu (?:cử|thêm)\b[^,.;:]{0,60}$")
"""Before the day of a general election, which is no event of a council."""
_SINCE = re.compile(r"\b[Tt]ừ(?: ngày)? ?$")
_LONGEST = 45
"""Days: a longer stretch is a period that is reported on."""
_CANCELLED = re.compile(r"\b(?:hủy|không tổ chức|tạm dừng)\b")
_NOT_HELD = re.compile(r"\bchưa (?:diễn ra|được tổ chức|tổ chức|thực hiện|tiến hành)\b")
_MOVED_TO = re.compile(r"\b(?:hoãn|lùi|dời|chuyển)(?: lại)? (?:sang|đến|tới|vào)\b")
"""Behind an event and its day: the day is the one that it had."""
_PLANNED = re.compile(r"\b(?:sẽ|[Dd]ự kiến|[Tt]heo kế hoạch|chuẩn bị)\b")
_PRESS = re.compile(r"\bhọp báo\b")
"""Before the day of a press conference, whatever it is about."""
_WILL_BE = re.compile(r"\b(?:sẽ|[Dd]ự kiến|kế hoạch|chuẩn bị|sắp|tới)\b")
_MET = re.compile(r"\b[Cc]ử tri\b|TXCT")
_BY_COUNCIL = re.compile(r"HĐND|Hội đồng nhân dân|[Đđ]ại biểu|Tổ đại biểu|tiếp xúc|TXCT|gặp")
_NO_MEETING = re.compile(r"kiến nghị|\bbầu\b|trúng cử|bỏ phiếu|lo lắng")
"""In a title that names voters: what they ask for, or whom they elect."""
_SOON = 7
"""Days between a meeting with voters and the article on it."""
_VOTERS = re.compile(r"[Tt]iếp xúc cử tri|TXCT")


_Seen = dict[tuple[str, str], list[frozenset[str]]]
"""By kind and day the wards of each event so far: two that share no ward are two."""


def read_activities(named: list[Named]) -> None:
    """Note the activities of an article; what its lead says again counts once."""
    sentences = [
        Sentence(one, start, end)
        for one in named
        if one.reading.passage.field in ("lead", "body")
        for start, end in one.reading.sentences
    ]
    if not named or not is_on_a_council(named[0].reading.whole):
        return
    seen: _Seen = {}
    for field in ("body", "lead"):
        for number, sentence in enumerate(sentences):
            if sentence.named.reading.passage.field == field:
                _read(sentence, sentences[number + 1 : number + 3], seen)
    if not seen:
        _by_title(named[0].reading, sentences)
    _as_one([one.reading for one in named])


def _as_one(readings: list[PassageReading]) -> None:
    """A day of a session whose days the article tells is that session: `phiên họp sáng nay` of a
    `kỳ họp`, 8/12 of 8 - 10/12; unless another body holds it."""
    sessions: dict[date, dict[tuple[str, str, DatedPeriod], Activity]] = {}
    """By each of their days, those alone that differ in what is compared."""
    for reading in readings:
        for fact in reading.found(Activity):
            event = fact.value
            if isinstance(event, Activity) and event.kind == "kỳ họp":
                for day in _days_of(event.when):
                    told = sessions.setdefault(day, {})
                    told[event.state, event.body, event.when] = event
    for reading in readings:
        reading.facts = [
            fact
            for fact in reading.facts
            if not isinstance(fact.value, Activity)
            or not any(
                _is_part(fact.value, session)
                for session in sessions.get(fact.value.when.first, {}).values()
            )
        ]


def _days_of(when: DatedPeriod) -> Iterator[date]:
    for number in range((when.last - when.first).days + 1):
        yield when.first + timedelta(days=number)


def _is_part(one: Activity, whole: Activity) -> bool:
    if one.state != whole.state:
        return False
    if not whole.body.startswith(one.body) and not one.body.startswith(whole.body):
        return False
    first, last = whole.when.first, whole.when.last
    if one.kind == "phiên họp":
        return first <= one.when.first and one.when.last <= last
    inside = first <= one.when.first and one.when.last <= last
    return one.kind == "kỳ họp" and one.when != whole.when and first != last and inside


def _by_title(title: PassageReading, sentences: list[Sentence]) -> None:
    """Voters in the title, and the council on a day right before: then it met them."""
    published = title.whole.published
    if published is None or not _MET.search(title.text) or _NO_MEETING.search(title.text):
        return
    for sentence in sentences[:8]:
        reading = sentence.named.reading
        if not (_BY_COUNCIL.search(sentence.text) and is_of_a_council(sentence.text)):
            continue
        for fact in reading.found(DatedPeriod, sentence.start, sentence.end):
            when = fact.value
            assert isinstance(when, DatedPeriod)
            before = reading.text[max(sentence.start, fact.start - 30) : fact.start]
            if (
                when.unit != "day"
                or not 0 <= (published - when.last).days <= _SOON
                or _NOT_ITS_DAY.search(before)
                or _SINCE.search(before)
                or _ELECTION.search(reading.text, sentence.start, fact.start)
                or re.search(r"bão|lũ|đêm", before)
            ):
                continue
            body = _body(sentence, "tiếp xúc cử tri")
            wards = _wards(sentence, "tiếp xúc cử tri")
            value = Activity("tiếp xúc cử tri", when, "held", body, (), wards)
            reading.add(value, sentence.start, sentence.end, "activity-title", stated=False)
            return


def _read(sentence: Sentence, following: list[Sentence], seen: _Seen) -> None:
    reading = sentence.named.reading
    days = [
        fact
        for fact in sorted(
            reading.found(DatedPeriod, sentence.start, sentence.end), key=lambda fact: fact.start
        )
        if isinstance(fact.value, DatedPeriod)
        and fact.value.unit == "day"
        and fact.value.basis != "lunar"
    ]
    if not days or not _COUNCIL.search(sentence.text) or not is_of_a_council(sentence.text):
        return
    documents = list(reading.found(Cited, sentence.start, sentence.end))
    first_event = True
    for number, fact in enumerate(days):
        when = fact.value
        assert isinstance(when, DatedPeriod)
        before = reading.text[max(sentence.start, fact.start - 30) : fact.start]
        if (when.last - when.first).days > _LONGEST or (
            when.first == when.last and _SINCE.search(before)
        ):
            continue
        if any(doc.start <= fact.start < doc.end for doc in documents):
            continue
        if _NOT_ITS_DAY.search(before) or _PAPER.search(before):
            continue
        if _ELECTION.search(reading.text, max(sentence.start, fact.start - 80), fact.start):
            continue
        left = days[number - 1].end if number else sentence.start
        right = days[number + 1].start if number + 1 < len(days) else sentence.end
        event = event_of(reading.text, left, fact.start, fact.end, right)
        if event is None:
            continue
        kind, place = event
        if any(doc.start <= place < doc.end for doc in documents) or _PRESS.search(
            reading.text, left, fact.start
        ):
            continue
        if is_another_s(reading.text, place, sentence.end):
            continue
        kind = more_exactly(kind, reading.text, place, right)
        if kind == "hội nghị" and _VOTERS.search(reading.whole.passages[0].text):
            kind = "tiếp xúc cử tri"
        if _NOT_HELD.search(reading.text, min(place, fact.start), right):
            continue
        state = _state(sentence, when, fact.end, left, place, right)
        if state == "planned" and re.search(
            r"\b(?:kế hoạch|lịch)\b", reading.text[place : fact.start]
        ):
            continue
        if (
            state == "planned"
            and _is_far(when, reading.whole.published)
            and not _WILL_BE.search(sentence.text)
        ):
            continue
        key = (kind, when.label)
        wards = _wards(sentence, kind)
        if any(not wards or not told or told & set(wards) for told in seen.get(key, [])):
            continue
        seen.setdefault(key, []).append(frozenset(wards))
        chairs = chairs_of(sentence, following) if first_event and state != "cancelled" else ()
        if kind == "tiếp công dân" and not chairs:
            chairs = tuple(
                m.person
                for m in sentence.named.mentions
                if fact.start <= m.start and m.end <= place
            )[-1:]
        first_event = False
        value = Activity(
            kind,
            when,
            state,
            _body(sentence, kind),
            chairs if state == "held" or chairs else (),
            wards,
        )
        stated = when.basis == "stated"
        reading.add(value, sentence.start, sentence.end, "activity", stated=stated)


def _is_far(when: DatedPeriod, published: date | None) -> bool:
    """Whether a day whose year follows from the publication lies so far ahead that it may as well
    be that of the year before."""
    return (
        when.basis == "published"
        and published is not None
        and (when.first - published).days > _LONGEST
    )


def _wards(sentence: Sentence, kind: str) -> tuple[str, ...]:
    """The wards that the sentence names; for a meeting with people, those that the title names."""
    reading = sentence.named.reading
    people = [m.start - sentence.start for m in sentence.named.mentions]
    found = wards_in(sentence.text, [start for start in people if start >= 0])
    if not found and kind in ("tiếp xúc cử tri", "tiếp công dân"):
        found = wards_in(reading.whole.passages[0].text)
    if not found and kind == "tiếp xúc cử tri":
        # “Phường Gò Sành thiếu chỗ đỗ xe. Tổ đại biểu số 6 tiếp xúc cử tri …”
        before = wards_in(reading.text[: sentence.end])
        return before if len(before) == 1 else ()
    return found


def _state(
    sentence: Sentence, when: DatedPeriod, day: int, left: int, place: int, right: int
) -> str:
    text = sentence.named.reading.text
    lead = text[max(left, place - 30) : place]
    whole = text[place:right]
    if PUT_OFF.search(lead):
        return "postponed"
    if _CANCELLED.search(lead) or re.search(r"\bbị hủy|được hủy|không tổ chức", whole):
        return "cancelled"
    if re.search(r"\b(?:bị|được|phải) (?:tạm )?(?:hoãn|lùi|dời)", whole) or _MOVED_TO.search(
        text, max(day, place), right
    ):
        return "postponed"
    published = sentence.named.reading.whole.published
    planned = _PLANNED.search(text, left, right)
    if planned and (
        _said_there(text, left, max(place, day), planned)
        or _DONE_SINCE.search(text, planned.end(), place)
        or (
            _SAYS.search(text, planned.end(), place)
            and _IN_IT.search(text, max(left, place - 14), place)
        )
    ):
        planned = None
    if planned and (published is None or when.last >= published):
        return "planned"
    return "planned" if published and when.first > published else "held"


def _said_there(text: str, left: int, event: int, planned: re.Match[str]) -> bool:
    """Whether what will be is told behind an event that takes place: `tại hội nghị …, ông Tám nói
    sẽ`, `kỳ họp khai mạc và dự kiến làm việc 4 ngày`."""
    if event > planned.start():
        return False
    if _BEGUN.search(text, event, planned.start()):
        return True
    return bool(_AT.search(text, left, event + 14) and _SAYS.search(text, event, planned.start()))


_DONE_SINCE = re.compile(r"\b(?:vừa|đã) (?:được )?(?:HĐND |biểu quyết |xem xét,? )*thông qua\b")
"""Between what will be and an event at which it was decided."""
_IN_IT = re.compile(r"\b(?:tại|trong) (?:buổi |phiên |cuộc )?$")
"""Before an event at which something was said: `“… ai sẽ làm?”, bà Bảy nói trong buổi chất vấn`."""
_BEGUN = re.compile(r"\b(?:khai mạc|bế mạc|diễn ra)(?: và|,) $")
_AT = re.compile(
    r"\b(?:[Tt]ại|[Tt]rong) (?:buổi |phiên |cuộc )?(?:[Hh]ội nghị|k[ỳì] họp|Kỳ họp|phiên|buổi)"
)
_SAYS = re.compile(
    r"\b(?:cho (?:biết|hay|rằng)|khẳng định|nói|phát biểu|hứa|cam kết|đề nghị|yêu cầu|kiến nghị"
    r"|trả lời|giải trình|nhấn mạnh|thông tin)\b"
)
_BODY = re.compile(
    r"(?:(?:Thường trực|[Bb]an (?:Pháp chế|Kinh tế - Xã hội|Văn hóa - Xã hội|Kinh tế - Ngân sách"
    rf"|Đô thị|Dân tộc)|Tổ đại biểu) )?(?<![-/&]){COUNCIL}"
    rf"(?: (?P<rank>{RANK})(?P<place>{TO_PLACE}{PLACE})?)?"
    r"(?P<number> số \d+)?(?! ?- ?UBND)"
    r"|Thường trực HĐND|[Bb]an (?:Pháp chế|Kinh tế - Xã hội|Văn hóa - Xã hội|Kinh tế - Ngân sách"
    r"|Đô thị|Dân tộc)|Tổ đại biểu(?: (?:HĐND )?số \d+)?"
    r"|(?P<assembly>[Đđ]oàn (?:ĐBQH|đại biểu Quốc hội)|(?:các )?đại biểu Quốc hội|ĐBQH)"
    r"|[ỦU]y ban MTTQ"
)
_OFFICE = re.compile(r"(?:tịch|trưởng|viên|Trưởng|Phó) (?:các |hai )?$")


def _body(sentence: Sentence, kind: str) -> str:
    """Whose event it is: of a Thường trực's session its own, of others the first body named that
    is not part of somebody's title; the rank of another council than the site's is told."""
    council = sentence.named.reading.council
    matches = list(_BODY.finditer(without_names(sentence.text)))
    acting = [m for m in matches if not _OFFICE.search(sentence.text[: m.start()])]
    match = next(iter(acting or matches), None)
    if match and not acting and kind in ("kỳ họp", "chất vấn"):
        # Whoever speaks there is of a committee; the session is the council's.
        match = next((m for m in matches if m.group().startswith(("HĐND", "Hội"))), None)
    if match is None:
        return "Thường trực HĐND" if kind == "phiên họp Thường trực" else ""
    if match["assembly"]:
        return "Đoàn đại biểu Quốc hội"
    rank = rank_of(match["rank"] or "")
    if not rank and re.search(rf"{COUNCIL}$", match.group()):
        rank = rank_unsaid(sentence.text, match.end())
        if council is not None and name_key(council.place) in name_key(
            sentence.text[match.end() :][:30]
        ):
            rank = ""
    place = _place(sentence, match) if council else ""
    own = not rank or (council is not None and is_own(rank, place, council))
    if place and not own and council and is_one_of_several(rank, council):
        rank = f"{rank} {place}"
    if kind == "phiên họp Thường trực":
        return "Thường trực HĐND" if own else f"Thường trực HĐND {rank}"
    number = match["number"] or ""
    words = (
        match.group()[: match.start("rank") - match.start() - 1] if match["rank"] else match.group()
    )
    words = re.sub(COUNCIL, "HĐND", words.removesuffix(number))
    if own and not words.startswith(("HĐND", "Thường trực")):
        words = words.removesuffix(" HĐND")
    words += number if own else f" {rank}{number}"
    return words[0].upper() + words[1:]


def _place(sentence: Sentence, match: re.Match[str]) -> str:
    """The place of a council that is named, up to the name of a person."""
    if not match["place"]:
        return ""
    begin, end = sentence.start + match.start("place"), sentence.start + match.end("place")
    people = [m.start for m in sentence.named.mentions if begin <= m.start < end]
    return sentence.named.reading.text[begin : min([end, *people])].strip(" .")
