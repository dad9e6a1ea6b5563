"""Which event a sentence names: its kind, and whether a day in the sentence is its day."""

from __future__ import annotations

import re

_KINDS = (
    (
        "chất vấn",
        r"(?:[Pp]hiên|[Bb]uổi) (?:họp )?chất vấn|hoạt động chất vấn|(?<=tổ chức )chất vấn"
        r"|(?<=tiến hành )chất vấn",
    ),
    ("giải trình", r"[Pp]hiên (?:họp )?giải trình|nghe giải trình|[Hh]ội nghị giải trình"),
    (
        "tiếp xúc cử tri",
        r"(?:[Hh]ội nghị |[Bb]uổi |[Cc]uộc )?"
        r"(?:tiếp xúc (?:với )?(?:(?:hơn |gần )?\d+ )?cử tri|TXCT)"
        r"|(?:[Hh]ội nghị |[Bb]uổi |[Cc]uộc |tổ chức )tiếp xúc|(?:[Bb]uổi|[Cc]uộc) gặp"
        r"(?= [^.;]{0,60}cử tri)"
        r"|báo cáo kết quả(?: [^,.;]{0,30})? với (?:khoảng |hơn |gần )?(?:\d+ )?cử tri",
    ),
    ("thẩm tra", r"(?:[Hh]ội nghị |[Pp]hiên họp |[Cc]uộc họp )?thẩm tra(?! số)"),
    (
        "tập huấn",
        r"(?:[Ll]ớp |[Hh]ội nghị |khóa )?(?:tập huấn|bồi dưỡng(?= (?:nghiệp vụ|kiến thức|kỹ năng)))"
        r"|(?:[Ll]ớp|[Hh]ội nghị|khóa) bồi dưỡng",
    ),
    ("khảo sát", r"(?<!kết quả )(?<!đề nghị )khảo sát"),
    (
        "giám sát",
        r"[Đđ]oàn [Gg]iám sát"
        r"|(?<!đề nghị đại biểu )(?<!đề nghị HĐND )"
        r"(?<!chương trình )(?<!kết quả )(?<!phiếu )(?<!kế hoạch )(?:[Cc]uộc |[Bb]uổi )?giám sát",
    ),
    (
        "tiếp công dân",
        r"(?:[Bb]uổi )?tiếp(?: \d+ lượt)?(?: đại diện)?(?: \d+)? (?:công dân|hộ dân|hộ gia đình)",
    ),
    (
        "phiên họp",
        r"(?:[Pp]hiên họp|họp phiên)(?! toàn thể)|Thường trực HĐND(?: \w+)? (?:đã )?họp(?= )",
    ),
    (
        "kỳ họp",
        r"(?<!những )(?<!Nội quy )(?<!nội quy )[Kk][ỳì] họp(?! trước\b)"
        r"|(?:HĐND|Hội đồng nhân dân)(?: [\w.]+){0,5}? (?:sẽ |đã )?họp"
        r"(?= (?:từ|vào|để|bàn|xem xét|thông qua|trong) )|(?<!cuộc )"
        r"họp (?:bất thường|chuyên đề|kỳ (?:thứ )?(?:nhất|\w+ )(?!nhiệm))",
    ),
    ("hội nghị", r"[Hh]ội nghị(?! (?:hiệp thương|[Tt]rung ương|[Tt]hượng đỉnh|[Cc]ấp cao))"),
)
EVENT_KINDS = (*(kind for kind, _ in _KINDS), "phiên họp Thường trực")
"""The kinds of activities."""
_EVENT = re.compile("|".join(f"(?P<k{n}>{pattern})" for n, (_, pattern) in enumerate(_KINDS)))
_OCCASION = re.compile(
    r"(?:\b[Tt]rước(?: thềm)?|\b[Ss]au|\btrình|\bgiữa hai|phục vụ|chuẩn bị(?: cho)?"
    r"|\bkết quả(?: của)?|kể từ|tham dự|"
    r"\bvề(?: việc| công tác| kết quả)?|\bthực hiện|nội dung|kế hoạch|tiêu biểu|dự thảo|lịch"
    r"|công tác|tại các|(?-i:qua)|(?:nghị quyết|kết luận)(?: của| tại)?)"
    r"(?: các| khi)?(?: HĐND| HĐND \w+)? (?:[Cc]ác )?$",
    re.IGNORECASE,
)
_SET_UP = re.compile(
    r"\b(?:thành lập|chọn|lựa chọn|đề xuất) (?:(?:các|một|\d+) )?(?:nội dung |chuyên đề |đoàn )?$",
    re.IGNORECASE,
)
"""Before a supervision that is only set up or chosen."""
_TOLD = re.compile(
    r"\b(?:cho biết|cho hay|xác nhận|gửi|đăng tin|trao đổi với (?:báo|phóng viên)|bên lề"
    r"|sau cuộc|mời)\b"
)
"""Between a day and an event: it is the day on which somebody tells of it."""
_TELLS = re.compile(
    r"\b(?:cho biết|cho hay|cho rằng|nói|nêu|kể|phản ánh|trình bày|giải thích|khẳng định|kiến nghị"
    r"|thừa nhận|báo cáo rằng)\b"
)
"""Between an event and a day: it is the day of what somebody tells there."""
_AT_SESSION = re.compile(r"(?: của| tại| trong)? kỳ họp")
"""`Phiên chất vấn kỳ họp thứ 14`: the part of a session is the event."""
PUT_OFF = re.compile(r"\b(?:hoãn|lùi|dời|chuyển sang)\b")
"""What says that an event was postponed."""


def event_of(text: str, left: int, before: int, after: int, right: int) -> tuple[str, int] | None:
    """The event of a day: named right before it, or the first one after it."""
    nearby = [
        match
        for match in _EVENT.finditer(text, left, before)
        if match.group().startswith("báo cáo") or not _is_occasion(text, left, match)
    ]
    if nearby and _TELLS.search(text, nearby[-1].end(), before):
        return None
    if len(nearby) > 1 and _AT_SESSION.fullmatch(text, nearby[-2].end(), nearby[-1].end()):
        del nearby[-1]
    if nearby:
        return _kind(nearby[-1]), nearby[-1].start()
    for match in _EVENT.finditer(text, after, right):
        if _TOLD.search(text, after, match.start()):
            return None
        if PUT_OFF.search(text[max(after, match.start() - 30) : match.start()]):
            return None
        if match.group().startswith("báo cáo") or not _is_occasion(text, after, match):
            return _kind(match), match.start()
    return None


def _is_occasion(text: str, left: int, match: re.Match[str]) -> bool:
    """Whether an event is only named: another one's occasion, or a supervision that is set up."""
    before = text[max(left, match.start() - 36) : match.start()]
    if _OCCASION.search(before):
        return True
    return "giám sát" in match.group().lower() and _SET_UP.search(before) is not None


def _kind(match: re.Match[str]) -> str:
    return next(kind for n, (kind, _) in enumerate(_KINDS) if match[f"k{n}"])


def more_exactly(kind: str, text: str, place: int, right: int) -> str:
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
