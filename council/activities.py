"""Activities: what took place, is planned, was postponed or cancelled, on which day, who chaired.

An activity needs a day of its own. An occasion (“trước kỳ họp thứ 5”) and a topic (“phiên giải
trình về …”) are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from council.holding import Named
from council.mentions import Mention
from council.model import Activity, Cited, When
from council.names import WORD
from council.reader import Reading

_KINDS = (
    ("chất vấn", r"phiên (?:họp )?chất vấn|hoạt động chất vấn"),
    ("giải trình", r"phiên (?:họp )?giải trình|nghe giải trình|hội nghị giải trình"),
    (
        "tiếp xúc cử tri",
        r"(?:hội nghị |buổi |cuộc )?(?:tiếp xúc (?:với )?(?:(?:hơn |gần )?\d+ )?cử tri|TXCT)"
        r"|(?:hội nghị |buổi |cuộc |tổ chức )tiếp xúc|(?:buổi|cuộc) gặp(?= [^.;]{0,60}cử tri)"
        r"|báo cáo kết quả(?: [^,.;]{0,30})? với (?:khoảng |hơn |gần )?(?:\d+ )?cử tri",
    ),
    ("thẩm tra", r"(?:hội nghị |phiên họp |cuộc họp )?thẩm tra(?! số)"),
    ("tập huấn", r"(?:lớp |hội nghị |khóa )?(?:tập huấn|bồi dưỡng)"),
    ("khảo sát", r"(?<!kết quả )(?<!đề nghị )khảo sát"),
    (
        "giám sát",
        r"[Đđ]oàn [Gg]iám sát"
        r"|(?<!chương trình )(?<!kết quả )(?<!phiếu )(?<!kế hoạch )(?:cuộc |buổi )?giám sát",
    ),
    (
        "tiếp công dân",
        r"(?:buổi )?tiếp(?: \d+ lượt)?(?: đại diện)?(?: \d+)? (?:công dân|hộ dân|hộ gia đình)",
    ),
    (
        "phiên họp",
        r"(?:phiên họp|họp phiên)(?! toàn thể)|Thường trực HĐND(?: \w+)? (?:đã )?họp(?= )",
    ),
    ("kỳ họp", r"[Kk][ỳì] họp"),
    ("hội nghị", r"[Hh]ội nghị"),
)
_EVENT = re.compile("|".join(f"(?P<k{n}>{pattern})" for n, (_, pattern) in enumerate(_KINDS)))
_OCCASION = re.compile(
    r"(?:\b[Tt]rước(?: thềm)?|\b[Ss]au|\btrình|\bgiữa hai|phục vụ|chuẩn bị(?: cho)?"
    r"|\bkết quả(?: của)?|kể từ|tham dự|"
    r"\bvề(?: việc| công tác| kết quả)?|\bthực hiện|nội dung|kế hoạch|tiêu biểu|dự thảo|lịch"
    r"|công tác|tại các|qua)"
    r"(?: các| khi)?(?: HĐND| HĐND \w+)? (?:[Cc]ác )?$"
)
_COUNCIL = re.compile(
    r"HĐND|Hội đồng nhân dân|Tổ đại biểu|Ban (?:Pháp chế|Kinh tế|Văn hóa|Đô thị|Dân tộc)"
    r"|đại biểu|Thường trực|[Đđ]oàn [Gg]iám sát"
    r"|[Đđ]oàn khảo sát|cử tri|TXCT|chất vấn|giải trình|kỳ họp"
)
_NOT_ITS_DAY = re.compile(
    r"(?:\btrước|\bđến|đến hết|tính đến|từ sau|chậm nhất(?: là)?|\bhạn(?: cuối)?(?: là)?"
    r"|hiệu lực(?: từ| kể từ)?|\bsinh|"
    r"bầu cử|quyết định|kể từ|muộn nhất|\blà|dừng|\bxong|trúng cử|hằng tháng"
    r"|hàng tháng)(?: \w+)?(?: ngày)? ?$"
)
_SINCE = re.compile(r"\b[Tt]ừ(?: ngày)? ?$")
_LONGEST = 45
"""Days: a longer stretch is a period that is reported on."""
_PUT_OFF = re.compile(r"\b(?:hoãn|lùi|dời|chuyển sang)\b")
_CANCELLED = re.compile(r"\b(?:hủy|không tổ chức|tạm dừng)\b")
_PLANNED = re.compile(r"\b(?:sẽ|[Dd]ự kiến|[Tt]heo kế hoạch|chuẩn bị)\b")
_CHAIR = re.compile(
    r"(?:đồng )?(?:chủ trì|chủ tọa|điều hành)|làm [Tt]rưởng đoàn|, Trưởng đoàn|dẫn đầu"
)
_UNDER = re.compile(r"dưới sự (?:chủ trì|chủ tọa|điều hành)(?:,? điều hành| và điều hành)? của ")
_EVENT_SUBJECT = re.compile(
    r"(?:Hội nghị|Kỳ họp|Phiên họp|Phiên giải trình|Phiên chất vấn|Đoàn(?: giám sát| khảo sát)?"
    r"|Buổi \w+|Cuộc \w+|Cùng)\b"
)
_MET = re.compile(r"\b[Cc]ử tri\b|TXCT")
_SOON = 7
"""Days between a meeting with voters and the article on it."""
_VOTERS = re.compile(r"[Tt]iếp xúc cử tri|TXCT")
_WARD = re.compile(rf"\b[Pp]hường (?P<ward>{WORD}(?: {WORD}){{0,3}})")


@dataclass(slots=True)
class _Sentence:
    named: Named
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.named.reading.text[self.start : self.end]


def read_activities(named: list[Named]) -> None:
    """Note the activities of an article; what its lead says again counts once."""
    sentences = [
        _Sentence(one, start, end)
        for one in named
        if one.reading.passage.field in ("lead", "body")
        for start, end in one.reading.sentences
    ]
    seen: set[tuple[str, str]] = set()
    for field in ("body", "lead"):
        for number, sentence in enumerate(sentences):
            if sentence.named.reading.passage.field == field:
                _read(sentence, sentences[number + 1 : number + 3], seen)
    if not seen and named:
        _by_title(named[0].reading, sentences)


def _by_title(title: Reading, sentences: list[_Sentence]) -> None:
    """Voters in the title, and the council on a day right before: then it met them."""
    published = title.whole.published
    if published is None or not _MET.search(title.text) or "kiến nghị" in title.text:
        return
    for sentence in sentences[:8]:
        reading = sentence.named.reading
        for fact in reading.found(When, sentence.start, sentence.end):
            when = fact.value
            assert isinstance(when, When)
            before = reading.text[max(sentence.start, fact.start - 30) : fact.start]
            if (
                when.unit != "day"
                or not 0 <= (published - when.last).days <= _SOON
                or _NOT_ITS_DAY.search(before)
                or _SINCE.search(before)
                or re.search(r"bão|lũ|đêm", before)
            ):
                continue
            body = _body(sentence.text, "tiếp xúc cử tri")
            value = Activity("tiếp xúc cử tri", when, "held", body)
            reading.add(value, sentence.start, sentence.end, "activity-title", stated=False)
            return


def _read(sentence: _Sentence, following: list[_Sentence], seen: set[tuple[str, str]]) -> None:
    reading = sentence.named.reading
    days = [
        fact
        for fact in sorted(
            reading.found(When, sentence.start, sentence.end), key=lambda fact: fact.start
        )
        if isinstance(fact.value, When) and fact.value.unit == "day" and fact.value.basis != "lunar"
    ]
    if not days or not _COUNCIL.search(sentence.text):
        return
    documents = list(reading.found(Cited, sentence.start, sentence.end))
    first_event = True
    for number, fact in enumerate(days):
        when = fact.value
        assert isinstance(when, When)
        before = reading.text[max(sentence.start, fact.start - 30) : fact.start]
        if (when.last - when.first).days > _LONGEST or (
            when.first == when.last and _SINCE.search(before)
        ):
            continue
        if any(doc.start <= fact.start < doc.end for doc in documents) or _NOT_ITS_DAY.search(
            before
        ):
            continue
        left = days[number - 1].end if number else sentence.start
        right = days[number + 1].start if number + 1 < len(days) else sentence.end
        event = _event(reading.text, left, fact.start, fact.end, right)
        if event is None:
            continue
        kind, place = event
        kind = _more_exactly(kind, reading.text, place, right)
        if kind == "hội nghị" and _VOTERS.search(reading.whole.passages[0].text):
            kind = "tiếp xúc cử tri"
        state = _state(sentence, when, left, place, right)
        if state == "planned" and re.search(
            r"\b(?:kế hoạch|lịch)\b", reading.text[place : fact.start]
        ):
            continue
        key = (kind, when.label)
        if key in seen:
            continue
        seen.add(key)
        chairs = _chairs(sentence, following) if first_event and state != "cancelled" else ()
        if kind == "tiếp công dân" and not chairs:
            chairs = tuple(
                m.person
                for m in sentence.named.mentions
                if fact.start <= m.start and m.end <= place
            )[-1:]
        first_event = False
        ward = _ward(sentence, kind)
        value = Activity(
            kind,
            when,
            state,
            _body(sentence.text, kind),
            chairs if state == "held" or chairs else (),
            ward,
        )
        stated = when.basis == "stated"
        reading.add(value, sentence.start, sentence.end, "activity", stated=stated)


def _ward(sentence: _Sentence, kind: str) -> str:
    """The ward that the sentence names; for a meeting with people, the one that the title names."""
    texts = [sentence.text]
    if kind in ("tiếp xúc cử tri", "tiếp công dân"):
        texts.append(sentence.named.reading.whole.passages[0].text)
    found = [match for match in map(_WARD.search, texts) if match]
    return found[0]["ward"] if found else ""


def _event(text: str, left: int, before: int, after: int, right: int) -> tuple[str, int] | None:
    """The event of a day: named right before it, or the first one after it."""
    nearby = [
        match
        for match in _EVENT.finditer(text, left, before)
        if match.group().startswith("báo cáo")
        or not _OCCASION.search(text[max(left, match.start() - 36) : match.start()])
    ]
    if nearby:
        return _kind(nearby[-1]), nearby[-1].start()
    for match in _EVENT.finditer(text, after, right):
        if _PUT_OFF.search(text[max(after, match.start() - 30) : match.start()]):
            return None
        if match.group().startswith("báo cáo") or not _OCCASION.search(
            text[max(after, match.start() - 36) : match.start()]
        ):
            return _kind(match), match.start()
    return None


def _kind(match: re.Match[str]) -> str:
    return next(kind for n, (kind, _) in enumerate(_KINDS) if match[f"k{n}"])


def _more_exactly(kind: str, text: str, place: int, right: int) -> str:
    """A session that holds questions is those; a delegation that surveys, a survey."""
    rest = text[place:right]
    if kind == "kỳ họp" and re.search(
        r"(?:tiến hành|tổ chức|bước vào|diễn ra)(?: \w+)? (?:phiên |hoạt động )?chất vấn", rest
    ):
        return "chất vấn"
    if kind == "giám sát" and re.match(r"[Đđ]oàn", rest):
        verb = re.search(r"\b(giám sát|khảo sát|làm việc)\b", rest[9:])
        return "khảo sát" if verb and verb[1] == "khảo sát" else kind
    if kind == "hội nghị":
        special = re.match(r"[Hh]ội nghị (tiếp xúc cử tri|thẩm tra|tập huấn|giải trình)", rest)
        return special[1] if special else kind
    if kind == "phiên họp" and "Thường trực" in text[max(0, place - 120) : right]:
        return "phiên họp Thường trực"
    return kind


def _state(sentence: _Sentence, when: When, left: int, place: int, right: int) -> str:
    text = sentence.named.reading.text
    lead = text[max(left, place - 30) : place]
    whole = text[place:right]
    if _PUT_OFF.search(lead):
        return "postponed"
    if _CANCELLED.search(lead) or re.search(r"\bbị hủy|được hủy|không tổ chức", whole):
        return "cancelled"
    if re.search(r"\b(?:bị|được|phải) (?:hoãn|lùi)", whole):
        return "postponed"
    published = sentence.named.reading.whole.published
    around = text[left:right]
    if _PLANNED.search(around) and (published is None or when.last >= published):
        return "planned"
    return "planned" if published and when.first > published else "held"


def _chairs(sentence: _Sentence, following: list[_Sentence]) -> tuple[str, ...]:
    own = _chairs_in(sentence)
    if own:
        return own
    for later in following:
        text = later.text
        own_day = any(
            isinstance(fact.value, When) and fact.value.unit == "day"
            for fact in later.named.reading.found(When, later.start, later.end)
        )
        if own_day or later.named.reading.passage.field != sentence.named.reading.passage.field:
            return ()
        starts = {m.start for m in later.named.mentions} | {p.start for p in later.named.posts}
        begins = _EVENT_SUBJECT.match(text) or any(
            later.start <= start <= later.start + 18 for start in starts
        )
        if begins and (found := _chairs_in(later)):
            return found
    return ()


def _chairs_in(sentence: _Sentence) -> tuple[str, ...]:
    text, start = sentence.named.reading.text, sentence.start
    under = _UNDER.search(text, start, sentence.end)
    if under is not None:
        return tuple(_row(sentence.named, under.end(), sentence.end))[:3]
    chair = _CHAIR.search(text, start, sentence.end)
    if chair is None:
        return ()
    begins = [
        m.end() for m in re.finditer(r"(?:\bdo |; |: “|, bà con )", text[start : chair.start()])
    ]
    left = start + (begins[-1] if begins else 0)
    people = []
    for mention in sentence.named.mentions:
        if left <= mention.start and mention.end <= chair.start():
            before = text[max(start, mention.start - 40) : mention.start]
            if re.search(r"(?:ủy quyền|chỉ đạo|đại diện|thay mặt)[^,;]*$", before):
                continue
            people.append(mention)
    return tuple(dict.fromkeys(mention.person for mention in _together(sentence.named, people)))


def _together(named: Named, people: list[Mention]) -> list[Mention]:
    """Of several people before the verb those that are one subject: the last, joined ones."""
    kept = people[-1:]
    for mention in people[-2::-1]:
        between = named.reading.text[mention.end : kept[0].start]
        if re.search(r"\b(?:dự|phát biểu|cho biết|tham dự|cùng dự|nêu|đã)\b|\. ", between):
            break
        kept.insert(0, mention)
    return kept


def _row(named: Named, start: int, end: int) -> list[str]:
    return [m.person for m in named.mentions if start <= m.start and m.end <= end]


def _body(text: str, kind: str) -> str:
    """Whose event it is: of a Thường trực's session its own, of others the first body named."""
    if kind == "phiên họp Thường trực":
        return "Thường trực HĐND"
    match = re.search(
        r"Thường trực HĐND|[Bb]an (?:Pháp chế|Kinh tế - Xã hội|Văn hóa - Xã hội|Kinh tế - Ngân sách"
        r"|Đô thị|Dân tộc)"
        r"|Tổ đại biểu(?: (?:HĐND )?số \d+)?|(?<![-/&])HĐND(?: phường| xã)?|Hội đồng nhân dân"
        r"|[ỦU]y ban MTTQ",
        text,
    )
    return match.group()[0].upper() + match.group()[1:] if match else ""
