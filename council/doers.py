"""Who promises: the body, the official or the speaker that a verb of promising has.

A body stands right before its verb (`UBND TP sẽ trình`), or behind `được` (`sẽ được Sở Y tế
trình`). A person does where the verb is the person's own: `ông Tám hứa`, `ông Tám cho biết sẽ`.
"""

from __future__ import annotations

import re

from council.councils import AT_PLACE, RANK
from council.holding import Named

PROMISES = re.compile(
    r"\b(?:cam kết|(?<!thất )hứa|sẽ|phấn đấu|quyết tâm|khẳng định|thống nhất|hẹn|phải"
    r"|(?:có|chịu) trách nhiệm)\b"
)
"""A verb of promising, or of what has to be done."""
_OF_RANK = rf"(?: (?:TP\.? ?HCM|{RANK}){AT_PLACE}| các {RANK}(?:(?:,| và) {RANK})*)?"
_COUNCIL = (
    r"(?:UBND|Đoàn đại biểu Quốc hội|Đoàn ĐBQH|HĐND|Ủy ban nhân dân|Hội đồng nhân dân"
    r"|[Tt]hường trực HĐND)"
)
_CITY = r"(?:TP\.? ?HCM|Hà Nội|Đà Nẵng|Hải Phòng|Cần Thơ)"
_OFFICE = (
    r"(?:[Bb]ộ|[Ss]ở|Cục|Chi cục|Tổng cục|Phòng|Thanh tra|Kho bạc|Ngân hàng|Ban|Tổng công ty"
    r"|Tập đoàn|[Cc]ông ty(?: (?:TNHH|CP|cổ phần))?|Trung tâm|Chi nhánh|Công an|Viện|Điện lực"
    r"|Bảo hiểm|Liên đoàn|Văn phòng|Đội)"
)
_PLAIN = (
    r"(?:các [Tt]ổ|các [Bb]an|hai Ban|Tổ đại biểu(?: số \d+)?|[Đđ]ơn vị(?: này| thi công)?"
    r"|chủ đầu tư|nhà thầu|doanh nghiệp|nhà trường|địa phương(?: này)?|bệnh viện|chính quyền"
    rf"(?: {RANK}| địa phương)?|công ty(?: này)?|[Cc]ơ quan này|các cơ quan chức năng"
    rf"|(?<!hợp tác ){RANK}(?: này|{AT_PLACE}))"
)
_BODY = (
    rf"(?:(?:[Ll]ãnh đạo |[Đđ]ại diện |[Cc]hính quyền )?(?:{_COUNCIL}{_OF_RANK}|{_CITY}"
    rf"|{_OFFICE} [A-ZĐ](?:[\w &-]|, (?=[a-zà-ỹđ])(?!các |những )){{1,45}}?|{_PLAIN}))"
)
_BEFORE_VERB = re.compile(
    rf"(?<![\w.])(?P<who>{_BODY}) (?=(?:(?:ghi nhận|tiếp thu),? (?:và )?)?"
    r"(?:(?:cũng|đã|đang|vừa|mới|dự kiến) )*(?:sẽ|hứa|cam kết|khẳng định(?: rằng)? sẽ|phấn đấu"
    r"|quyết tâm|phải|đã|đang|(?:có|chịu) trách nhiệm)\b)"
)
_BEHIND_VERB = re.compile(
    rf"\bsẽ (?:tiếp tục )?(?:được|do) (?P<who>{_BODY}) (?=(?:trình|gửi|báo cáo|xem xét|hoàn thành"
    r"|hoàn thiện|triển khai|thực hiện|công bố|ban hành|xử lý|giải quyết|bàn giao|lắp|xây|sửa)\b)"
)
_BEGINS = re.compile(
    r"(?:[,.;:\"“(…-] ?|\b(?:rằng|biết|hay|nói|thì|mà|nên|và|là|do|nay|tới|này|qua|đó|Đó|thêm|nếu"
    r"|vì|để|khi|kiến|trước|cầu|nghị|chắc chắn|[Hh]iện|định|hứa|kết|\d{1,4}) )$"
)
"""Before the subject of a clause: `của thành phố sẽ được …` has another one."""
_WITH_PROMISE = re.compile(
    r"(?P<who>(?:[Ll]ãnh đạo|[Đđ]ại diện) [^,.;:]{3,70}?)"
    r"(?= (?:đã |cũng )*(?:hứa|cam kết|khẳng định)\b)"
)
_DID = re.compile(r" ?(?:đã|đang)\b")
"""Behind a body that is told to have done something, beside one that will."""
_OWN = re.compile(r"\bcam kết của (?P<who>(?:UBND|HĐND|Thường trực)[^,.;]{0,25}?)(?= trước|[,.;])")
_SPEAKER = re.compile(
    r"(?:[^,.]{0,40}, )?(?P<who>(?:Đại diện|Lãnh đạo|đại diện|lãnh đạo|Giám đốc|Phó Giám đốc"
    r"|Trưởng phòng"
    r"|Chủ tịch|Phó Chủ tịch|Công an|Phòng|Chi nhánh)[^,.;:]{3,60}?)"
    r"(?=,| (?:xin|cho|cam|hứa|khẳng|giải|trả|nói|nêu|thừa|nhận|thông|sẽ|báo|tiếp|đang)\b)"
)
_OWN_VERB = re.compile(
    r"(?:[^.;:]*\b(?:hứa|cam kết|hẹn|quyết tâm)\b[^.;]*"
    r"|[^.;]*\b(?:cho (?:biết|hay)|nói|thông tin(?: thêm)?|trả lời|khẳng định|thêm)(?:,| rằng"
    r"|:)* [\"“ ]*"
    r"|(?:,[^,.;:]{3,90},| -[^.;:]{3,60} -| \([^()]*\))?[\"“ ]*(?:(?:cũng|đã|vừa) )?"
    r"|[^.;:]*\b(?:ông|bà|tôi|chúng tôi) )"
)
"""Between a person and the verb, where no other subject stands between them."""


def doer(named: Named, start: int, end: int, due: int) -> str:
    """Who promises in a sentence what is due at a place in it; empty if that is not sure."""
    reading = named.reading
    text, written = reading.text, reading.passage.text
    if own := _OWN.search(text, start, end):
        return written[own.start("who") : own.end("who")]
    verbs = list(PROMISES.finditer(text, start, end))
    if not verbs:
        return ""
    verbs = [verb for verb in verbs if verb.start() < due] or verbs
    bodies = [
        match
        for match in _BEFORE_VERB.finditer(text, start, verbs[-1].end())
        if match.start() == start or _BEGINS.search(text, start, match.start())
    ]
    bodies += [*_BEHIND_VERB.finditer(text, start, end), *_WITH_PROMISE.finditer(text, start, end)]
    bodies.sort(key=lambda match: match.start("who"))
    before = [match for match in bodies if match.start() < due]
    sure = [match for match in bodies if not _DID.match(text, match.end())]
    body = next((match for match in before[::-1] if match in sure), None)
    body = body or next(iter(sure), None) or (before[-1] if before else None)
    people = [m for m in named.mentions if start <= m.start and m.end <= verbs[-1].start()]
    if body and (not people or body.start() > people[-1].end or body.start() > due):
        return written[body.start("who") : body.end("who")]
    if people:
        own = _OWN_VERB.fullmatch(text, people[-1].end, verbs[-1].start())
        said = verbs[-1].group() in ("hứa", "cam kết", "khẳng định", "hẹn", "thống nhất")
        return people[-1].person if own or said else ""
    if speaker := _SPEAKER.match(text, start, end):
        return written[speaker.start("who") : speaker.end("who")]
    return ""
