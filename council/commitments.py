"""Commitments: what somebody is to do by a day that is named."""

from __future__ import annotations

import re

from council.deadlines import Deadline, deadlines, session_due
from council.holding import Named
from council.model import Commitment, Person

_BINDING = re.compile(
    r"\b(?:yêu cầu|giao|hứa|cam kết|sẽ(?! (?:được|họp|diễn ra|tiến hành|khai mạc|xem xét|bầu"
    r"|thông qua|quyết định|thảo luận|chất vấn|tổ chức)\b))\b"
)
"""A promise or a demand, and not what a session has on its agenda."""
_TASK = (
    r"(?:hoàn thành|báo cáo|gửi|rà soát|giám sát|công khai|trả lời|giải quyết|xử lý|thực hiện"
    r"|tổ chức|khắc phục|"
    r"sớm|phải|cần|tiếp tục|tập trung|đo đạc|giải tỏa|xem xét|tham mưu|hoàn thiện|bố trí|lập"
    r"|xây dựng|kiểm tra|phối hợp|"
    r"trình|niêm yết|làm rõ|bổ sung|thu hồi|khẩn trương|chủ động|có(?! thẩm quyền)|theo dõi|đưa"
    r"|ký|thông báo|cung cấp|triển khai|công bố|chủ trì|đôn đốc|hướng dẫn|đề xuất"
    r"|nghiên cứu|bàn giao|sửa chữa|lắp đặt|chấm dứt|tháo dỡ|di dời|ban hành|cải tạo)\b"
)
"""What somebody is asked to do."""
_ASKED = re.compile(
    r"\b(?:yêu cầu|đề nghị|giao(?! với| thông| lưu| nhau| dịch| ban| cắt)|kiến nghị|chỉ đạo"
    r"|đôn đốc) (?P<who>(?!(?:khẩn trương|sớm|nhanh|phải|cần"
    r"|tiếp tục|tập trung|chủ động|tại|trong|ngay|đến|trước|sau|vào|về)\b)"
    r"(?:các |đồng chí |lãnh đạo )?[^,.;:]{2,70}?) "
    rf"(?={_TASK})"
)
_PROMISED = re.compile(
    r"\b(?:cam kết|hứa|sẽ|phấn đấu|khẳng định|thống nhất|hẹn|phải|(?:có|chịu) trách nhiệm)\b"
)
_BODY = re.compile(
    r"(?<!\w)(?P<who>(?:UBND|HĐND|Thường trực HĐND)(?: (?:quận|huyện|phường|xã|tỉnh|Thành phố"
    r"|thành phố))?|phường|quận|huyện|xã|tỉnh"
    r"|[Tt]hành phố|hai Ban|các Tổ|các Ban|Ban [A-ZĐ][\w -]{3,25}?|[Đđ]ơn vị|Công an \w+"
    r"|Chi nhánh|Công ty(?: [A-ZĐ]\w*){1,4}|Sở [A-ZĐ][\w -]{3,30}?"
    r"|Phòng [A-ZĐ][\w -]{3,30}?|Tổ đại biểu(?: số \d+)?) "
    r"(?=(?:(?:ghi nhận|tiếp thu),? (?:và )?)?"
    r"(?:đã|sẽ|hứa|cam kết|khẳng định|phấn đấu|phải|đang|(?:có|chịu) trách nhiệm)\b)"
)
_IN_TITLE = re.compile(r"(?:tịch|đốc|trưởng|thư|viên) $")
_OWN = re.compile(r"\bcam kết của (?P<who>(?:UBND|HĐND|Thường trực)[^,.;]{0,25}?)(?= trước|[,.;])")
_SPEAKER = re.compile(
    r"(?:[^,.]{0,40}, )?(?P<who>(?:Đại diện|Lãnh đạo|đại diện|lãnh đạo|Giám đốc|Phó Giám đốc"
    r"|Trưởng phòng"
    r"|Chủ tịch|Phó Chủ tịch|Công an|Phòng|Chi nhánh)[^,.;:]{3,60}?)"
    r"(?=,| (?:xin|cho|cam|hứa|khẳng|giải|trả|nói|nêu|thừa|nhận|thông|sẽ|báo|tiếp)\b)"
)
_NEXT = re.compile(
    r"[^;,]{0,60}(?:;|,| và) (?P<who>(?:các |hai )?(?:UBND|HĐND|Thường trực|Phòng|Ban|Công an|Đội"
    r"|Chi cục|Chi nhánh|Trung tâm|Công ty|Tổ đại biểu|phường|quận|đơn vị)[^,.;:]{0,50}?)"
    rf" (?=(?:sẽ )?{_TASK})"
)
"""Who is to do the next thing, after a first deadline."""
_REPORTED = re.compile(r"\b(?:báo cáo|trình|trả lời|giải trình|thông tin)\b")
_CONDITION = re.compile(
    r"\b(?:nếu|giả sử|trong trường hợp|với điều kiện|tùy (?:theo|thuộc)"
    r"|khi (?:có|đủ|bố trí được|được bố trí|cân đối được) (?:đủ )?(?:vốn|kinh phí|nguồn|ngân sách"
    r"|tiền|mặt bằng))\b",
    re.IGNORECASE,
)
_IF_BEHIND = re.compile(r"[^.;]{0,30}?,? (?:nếu(?! không| chậm| quá)|với điều kiện|khi có)\b")
_UNPROMISED = re.compile(
    r"\b(?:không|chưa)(?: thể| dám| hề)? (?:cam kết|hứa|khẳng định|hẹn)\b", re.IGNORECASE
)
_ANYBODY = re.compile(r"(?:những người|người dân|cử tri|mọi|nhân dân|công dân|bà con|các hộ)\b")


def read_commitments(named: Named) -> None:
    """Note the commitments of a passage: a sentence with a promise or a demand, and a due day."""
    reading = named.reading
    if reading.passage.field not in ("lead", "body"):
        return
    for start, end in reading.sentences:
        sentence = reading.text[start:end]
        if not (_ASKED.search(sentence) or _PROMISED.search(sentence)):
            continue
        due = deadlines(reading, start, end) or _session(named, start, end)
        who, stated = _who(named, start, end) if due else ("", False)
        if not who or _is_private(named, who, start, end) or _UNPROMISED.search(sentence):
            continue
        place = start
        noted: set[Commitment] = set()
        for one in due:
            after = _NEXT.match(reading.text, place, one.place) if place > start else None
            if after is not None:
                who = reading.passage.text[after.start("who") : after.end("who")]
            value = Commitment(who, one.due, one.until)
            if value not in noted and not _is_conditional(reading.text, start, one.place):
                reading.add(value, start, end, one.rule, stated=stated)
            noted.add(value)
            place = one.place


def _is_private(named: Named, who: str, start: int, end: int) -> bool:
    """Whether somebody without an office is, or is named in, who is to do something."""
    for fact in named.reading.found(Person, start, end):
        assert isinstance(fact.value, Person)
        written = named.reading.passage.text[fact.start : fact.end]
        if fact.value.private and (fact.value.name in who or f" {written}" in f" {who}"):
            return True
    return False


def _is_conditional(text: str, start: int, due: int) -> bool:
    """Whether a condition stands before a deadline or right behind it."""
    return bool(_CONDITION.search(text, start, due) or _IF_BEHIND.match(text, due))


def _session(named: Named, start: int, end: int) -> list[Deadline]:
    """The session by which something promised or demanded is due; of what is only asked for, a
    report to it."""
    text = named.reading.text
    binding = _BINDING.search(text, start, end)
    if binding is None and (asked := _ASKED.search(text, start, end)):
        binding = _REPORTED.search(text, asked.end(), end)
    due = session_due(named.reading, binding.end(), end) if binding else None
    return [due] if due else []


def _who(named: Named, start: int, end: int) -> tuple[str, bool]:
    reading = named.reading
    asked = _ASKED.search(reading.text, start, end)
    if asked is not None:
        who = reading.passage.text[asked.start("who") : asked.end("who")].strip()
        who = who.removeprefix("cho ")
        person = next(
            (m for m in named.mentions if asked.start("who") <= m.start < asked.end("who")), None
        )
        if _ANYBODY.match(who):
            return "", False
        return (person.person if person else who), True
    if own := _OWN.search(reading.text, start, end):
        return reading.passage.text[own.start("who") : own.end("who")], True
    verbs = list(_PROMISED.finditer(reading.text, start, end))
    bodies = [
        match
        for match in _BODY.finditer(reading.text, start, verbs[-1].end())
        if not _IN_TITLE.search(reading.text, start, match.start())
    ]
    people = [m for m in named.mentions if start <= m.start and m.end <= verbs[-1].start()]
    if bodies and (not people or bodies[-1].start() > people[-1].end):
        return reading.passage.text[bodies[-1].start("who") : bodies[-1].end("who")], True
    if people:
        return people[-1].person, True
    if speaker := _SPEAKER.match(reading.text, start, end):
        return reading.passage.text[speaker.start("who") : speaker.end("who")], True
    return "", False
