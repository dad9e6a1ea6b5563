"""Commitments: what somebody is to do by a day that is named."""

from __future__ import annotations

import re

from council.councils import RANK
from council.deadlines import Deadline, deadlines, session_due
from council.doers import PROMISES, doer
from council.holding import Named
from council.model import Commitment, DatedPeriod, Person

_TIMES = re.compile(r"năm|Tết|[ỳì] họp")
"""Times that are no date yet are deadlines: what names none of them and no date has none."""
_BINDING = re.compile(
    r"\b(?:yêu cầu|giao|hứa|cam kết|sẽ(?! (?:được (?:xem xét|thông qua|bầu|công bố)|họp|diễn ra"
    r"|tiến hành|khai mạc|xem xét|bầu"
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
    r"|nghiên cứu|tính toán|bàn giao|sửa chữa|lắp đặt|chấm dứt|tháo dỡ|di dời|ban hành|cải tạo)\b"
)
"""What somebody is asked to do."""
_ASKED = re.compile(
    r"(?<!được )(?<!bị )(?<!theo )(?<!sẽ )\b(?:yêu cầu|đề nghị(?! quyết)"
    r"|giao(?! với| thông| lưu| nhau| dịch| ban| cắt| lộ| diện| nhận| mùa)(?: nhiệm vụ cho)?"
    r"|(?<!ự )kiến nghị(?! quyết)|chỉ đạo|đôn đốc) (?P<who>(?!(?:mà|như|là|của|với|này|trên|đó"
    r"|sẽ|đã|nêu|về việc|khẩn"
    r" trương|sớm|nhanh|phải|cần|không|chưa|được"
    r"|dự án|công trình|tiếp tục|tập trung|chủ động|tại|trong|ngay|đến|trước|sau|vào|về)\b)"
    r"(?:các |đồng chí |lãnh đạo )?(?:(?! sẽ\b)[^,.;:]){2,70}?(?:, (?:các |UBND |Sở"
    rf" |{RANK})[^,.;:]{{0,40}}?)*)"
    r"(?: - [^,.;:]{3,80}? -)? (?:(?:trong|chậm nhất|trước|đến) [^,.;:]{2,24} |tổng )?"
    rf"(?={_TASK})"
)
_NEXT = re.compile(
    r"[^;,]{0,60}(?:;|,| và) (?P<who>(?:các |hai )?(?:UBND|HĐND|Thường trực|Phòng|Ban|Công an|Đội"
    rf"|Chi cục|Chi nhánh|Trung tâm|Công ty|Tổ đại biểu|{RANK}|đơn vị)[^,.;:]{{0,50}}?)"
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
_SAID_THERE = re.compile(
    r"[\"”]|\b(?:nói|cho biết)\b|\b(?:tại|trong|ở) phiên (?:họp|thảo luận|chất vấn)"
)
"""Before a session at which something is said, and nothing due."""
_UNPROMISED = re.compile(
    r"\b(?:không|chưa)(?: thể| dám| hề)? (?:cam kết|hứa|khẳng định|hẹn)\b"
    r"|\b(?:song|nhưng) (?:vẫn )?(?:không|chưa)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:là|hoàn toàn) (?:không|chưa) (?:đúng|chính xác|có thật)|sai sự thật|bịa đặt|tin đồn"
)
_WISHED = re.compile(
    r"\b(?:[Cc]ử tri|[Nn]gười dân|[Bb]à con|(?<!đồng )(?<!ban )[Nn]hân dân|[Cc]ác hộ|[Hh]ộ dân)"
    r"(?: [^\s.,;:]+){0,6}?"
    r"(?: cũng| đã)? (?:đề nghị|kiến nghị|mong|yêu cầu) "
)
"""A wish of voters binds nobody."""
_ANSWERED = re.compile(
    r"[,;][^;]*\b(?:hứa|cam kết|(?:cho biết|khẳng định)(?:,| rằng)?(?: [^\s,.;]+){0,4} sẽ)\b"
)
"""Behind a wish: somebody promises it in the same sentence."""
_FOR_ANOTHER = re.compile(rf"\bđể (?:UBND|HĐND|Sở|Bộ|{RANK}|Quốc hội|Chính phủ)(?!\w)")
"""Between what is asked of one and a day: another one's is it."""
_URGED = re.compile(r" ?(?:đôn đốc|vận động|nhắc nhở|tuyên truyền)\b")
"""Who is to urge others: the day is theirs."""
_ACTS = (
    r"(?:hoàn (?:thành|thiện|tất|chỉnh)|khởi công|mở|dừng|tạm dừng|chấm dứt|bàn giao|đưa|lắp|xây"
    r"|sửa|cải tạo|nâng cấp|làm(?! việc)|trình(?! diễn| diện| bày)|ban hành|công bố|thu hồi|giải"
    r" tỏa|di dời|tháo dỡ|xử lý"
    r"|giải quyết|khắc phục|báo cáo|trả lời|nộp|nhân rộng|triển khai|tham mưu|chỉ đạo|rà soát"
    r"|kiểm tra|thanh tra|gửi|bố trí|cấp|chi trả|hỗ trợ|phê duyệt|đề xuất|kiến nghị|lập|đấu giá"
    r"|đấu thầu|trồng|giám sát|tập huấn|thông báo|công khai|niêm yết|làm rõ|bổ sung|thực hiện"
    r"|phối hợp|cưỡng chế|giải phóng|chuyển|di chuyển|thẩm định|chủ trì|đầu tư|lát|nạo vét)"
)
_WILL = re.compile(
    rf"\bsẽ (?:(?:tiếp tục|sớm|cố gắng|khẩn trương|phải|ngay|chủ động|cho|kịp thời|bắt đầu"
    rf"|cơ bản|chính thức|(?:được|do) [^,.;:]{{2,40}}?) ){{0,2}}{_ACTS}\b"
)
"""What somebody will do, and not what will come about by itself."""
_BINDS = re.compile(
    rf"{_ASKED.pattern}|\b(?:hứa|cam kết|phấn đấu|quyết tâm|hẹn|phải|thống nhất)\b|trách nhiệm"
)
_ANYBODY = re.compile(r"(?:những người|người dân|cử tri|mọi|nhân dân|công dân|bà con|các hộ)\b")


def read_commitments(named: Named) -> None:
    """Note the commitments of a passage: a sentence with a promise or a demand, and a due day."""
    reading = named.reading
    if reading.passage.field not in ("lead", "body"):
        return
    if not _TIMES.search(reading.text) and not any(reading.found(DatedPeriod)):
        return
    for start, end in reading.sentences:
        sentence = reading.text[start:end]
        if not _TIMES.search(sentence) and not any(reading.found(DatedPeriod, start, end)):
            continue
        if not (_ASKED.search(sentence) or PROMISES.search(sentence)):
            continue
        due = deadlines(reading, start, end) or _session(named, start, end)
        who, stated = _who(named, start, end, due[0].place) if due else ("", False)
        if _DENIED.search(sentence) or _is_wished(sentence):
            continue
        if not who or _is_private(named, who, start, end) or _UNPROMISED.search(sentence):
            continue
        if not _BINDS.search(sentence) and not _WILL.search(sentence):
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


def _is_wished(sentence: str) -> bool:
    """Whether voters ask for it, and nobody in the same sentence answers them."""
    wish = _WISHED.search(sentence)
    return wish is not None and _ANSWERED.search(sentence, wish.end()) is None


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
    if binding and due and _SAID_THERE.search(text, binding.end(), due.place):
        return []
    return [due] if due else []


def _who(named: Named, start: int, end: int, due: int) -> tuple[str, bool]:
    reading = named.reading
    asked = _ASKED.search(reading.text, start, end)
    if asked is not None:
        who = reading.passage.text[asked.start("who") : asked.end("who")].strip()
        who = who.removeprefix("cho ")
        person = next(
            (m for m in named.mentions if asked.start("who") <= m.start < asked.end("who")), None
        )
        if (
            _ANYBODY.match(who)
            or _URGED.match(reading.text, asked.end())
            or _FOR_ANOTHER.search(reading.text, asked.end(), due)
        ):
            return "", False
        return (person.person if person else who), True
    return doer(named, start, end, due), True
