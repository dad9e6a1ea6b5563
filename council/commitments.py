"""Commitments: what somebody is to do by a day that is named."""

from __future__ import annotations

import re
from datetime import date

from council.holding import Named
from council.lunar import tet
from council.model import Commitment, DatedPeriod

_BY = re.compile(
    r"(?:\btrước|chậm nhất(?: là)?(?: vào)?|muộn nhất|đến hết|\bhết|\btrong|ngay từ"
    r"|thời hạn[^,.;]{0,40} là|hạn(?: cuối)?(?: là)?)(?: thời điểm)? ?$"
)
_NO_DAY = re.compile(
    r"\b(?:trước|tại|đến) (?:ngày khai mạc )?k[ỳì] họp (?:thứ \w+|cuối năm|giữa năm|gần nhất|tới"
    r"|tiếp theo)"
)
_BINDING = re.compile(
    r"\b(?:yêu cầu|giao|hứa|cam kết|sẽ(?! (?:được|họp|diễn ra|tiến hành|khai mạc|xem xét|bầu"
    r"|thông qua|quyết định|thảo luận|chất vấn|tổ chức)\b))\b"
)
"""A promise or a demand, and not what a session has on its agenda."""
_TET = re.compile(r"\btrước (?:dịp )?Tết(?: Nguyên đán| [A-ZĐ]\w+ [A-ZĐ]\w+)?")
_ASKED = re.compile(
    r"\b(?:yêu cầu|đề nghị|giao(?! với| thông| lưu| nhau| dịch| ban| cắt)|kiến nghị|chỉ đạo"
    r"|đôn đốc) (?P<who>(?!(?:khẩn trương|sớm|nhanh|phải|cần"
    r"|tiếp tục|tập trung|chủ động|tại|trong|ngay|đến|trước|sau|vào|về)\b)"
    r"(?:các |đồng chí |lãnh đạo )?[^,.;:]{2,70}?) "
    r"(?=(?:hoàn thành|báo cáo|gửi|rà soát|giám sát|công khai|trả lời|giải quyết|xử lý|thực hiện"
    r"|tổ chức|khắc phục|"
    r"sớm|phải|cần|tiếp tục|tập trung|đo đạc|giải tỏa|xem xét|tham mưu|hoàn thiện|bố trí|lập"
    r"|xây dựng|kiểm tra|phối hợp|"
    r"trình|niêm yết|làm rõ|bổ sung|thu hồi|khẩn trương|chủ động|có(?! thẩm quyền)|theo dõi|đưa"
    r"|ký|thông báo|cung cấp|triển khai|công bố)\b)"
)
_PROMISED = re.compile(r"\b(?:cam kết|hứa|sẽ|phấn đấu|khẳng định|thống nhất|hẹn|phải)\b")
_BODY = re.compile(
    r"(?<!\w)(?P<who>(?:UBND|HĐND|Thường trực HĐND)(?: (?:quận|huyện|phường|xã|tỉnh|Thành phố"
    r"|thành phố))?|phường|quận|huyện|xã|tỉnh"
    r"|[Tt]hành phố|hai Ban|các Tổ|các Ban|Ban [A-ZĐ][\w -]{3,25}?|[Đđ]ơn vị|Công an \w+"
    r"|Chi nhánh|Phòng [A-ZĐ][\w -]{3,30}?) "
    r"(?=(?:đã|sẽ|hứa|cam kết|khẳng định|phấn đấu|phải|đang)\b)"
)
_OWN = re.compile(r"\bcam kết của (?P<who>(?:UBND|HĐND|Thường trực)[^,.;]{0,25}?)(?= trước|[,.;])")
_SPEAKER = re.compile(
    r"(?:[^,.]{0,40}, )?(?P<who>(?:Đại diện|Lãnh đạo|đại diện|lãnh đạo|Giám đốc|Phó Giám đốc"
    r"|Trưởng phòng"
    r"|Chủ tịch|Phó Chủ tịch|Công an|Phòng|Chi nhánh)[^,.;:]{3,60}?)"
    r"(?=,| (?:xin|cho|cam|hứa|khẳng|giải|trả|nói|nêu|thừa|nhận|thông|sẽ|báo|tiếp)\b)"
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
        due = _due(named, start, end)
        if due is None:
            continue
        who, stated = _who(named, start, end)
        if not who:
            continue
        day, rule = due
        reading.add(Commitment(who, day), start, end, rule, stated=stated)


def _due(named: Named, start: int, end: int) -> tuple[date | None, str] | None:
    reading = named.reading
    published = reading.whole.published
    days = sorted(reading.found(DatedPeriod, start, end), key=lambda fact: fact.start)
    for fact in days:
        before = reading.text[max(start, fact.start - 60) : fact.start]
        if not isinstance(fact.value, DatedPeriod) or not _BY.search(before):
            continue
        if re.search(r"\btrong ?$", before) and fact.value.unit == "day":
            continue
        if published and fact.value.last < published:
            continue
        return fact.value.last, "commitment-due"
    sentence = reading.text[start:end]
    if published and _TET.search(sentence):
        years = (published.year, published.year + 1)
        return next(day for day in map(tet, years) if day >= published), "commitment-tet"
    binding = _BINDING.search(sentence)
    if binding and _NO_DAY.search(sentence, binding.end()):
        return None, "commitment-session"
    return None


def _who(named: Named, start: int, end: int) -> tuple[str, bool]:
    reading = named.reading
    asked = _ASKED.search(reading.text, start, end)
    if asked is not None:
        who = reading.passage.text[asked.start("who") : asked.end("who")].strip()
        person = next(
            (m for m in named.mentions if asked.start("who") <= m.start < asked.end("who")), None
        )
        if _ANYBODY.match(who):
            return "", False
        return (person.person if person else who), True
    if own := _OWN.search(reading.text, start, end):
        return reading.passage.text[own.start("who") : own.end("who")], True
    verbs = list(_PROMISED.finditer(reading.text, start, end))
    bodies = list(_BODY.finditer(reading.text, start, verbs[-1].end()))
    people = [m for m in named.mentions if start <= m.start and m.end <= verbs[-1].start()]
    if bodies and (not people or bodies[-1].start() > people[-1].end):
        return reading.passage.text[bodies[-1].start("who") : bodies[-1].end("who")], True
    if people:
        return people[-1].person, True
    if speaker := _SPEAKER.match(reading.text, start, end):
        return reading.passage.text[speaker.start("who") : speaker.end("who")], True
    return "", False
