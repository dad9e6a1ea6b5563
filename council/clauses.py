"""What a clause says of its decision: that it was taken, or only planned, proposed, denied …

One judgement for the posts and the decisions on people that hang on one verb. `bầu ông A giữ chức`
makes a holder only where nothing before or behind the verb takes it back.
"""

from __future__ import annotations

import re

from council.holding import Named, PostLink
from council.model import DatedPeriod
from council.names import WHOM
from council.reader import PassageReading

_WORDS = r"(?:(?! (?:đã|vừa|mà|và nghị quyết)\b) \w+)"
_NEGATED = re.compile(
    rf"\b(?:không(?! (?:khí|gian|chỉ|những|ai|còn là)\b)|chưa|chẳng|bác(?: bỏ)?|từ chối|hủy(?: bỏ)?"
    rf"|thu hồi|(?:tạm )?(?:dừng|ngừng|hoãn)|phản đối){_WORDS}{{0,4}} $",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"\b(?:đề nghị|đề xuất|kiến nghị|tờ trình|dự thảo|xin|để(?! (?:ông|bà|đồng chí)\b)"
    r"|(?<!quy )(?<!chương )(?<!công )trình(?! tự)"
    rf"){_WORDS}{{0,7}} $",
    re.IGNORECASE,
)
_UNCLEAR = re.compile(
    rf"\b(?:(?:xem xét|bàn|thảo luận|phương án|quy trình|hồ sơ|trước khi|việc){_WORDS}{{0,3}}"
    rf"|(?:muốn|mong|yêu cầu|chờ|chủ trương){_WORDS}{{0,6}}) $"
)
_DECIDED = re.compile(
    r"(?:nghị quyết|quyết định|thông qua|biểu quyết|tán thành|công bố|phê chuẩn|nhất trí|thống nhất"
    r"|ngoài)(?:[^,.;]{0,40})? việc $",
    re.IGNORECASE,
)
"""`Nghị quyết về việc miễn nhiệm …` dismisses."""
_PLANNED = re.compile(
    r"\b(?:sẽ|dự kiến|dự định|chuẩn bị|sắp|có thể|dự thảo|theo (?:chương trình|kế hoạch)"
    r"|(?:ngày|sáng|chiều|tối) mai"
    r"|(?<!một )(?<!hai )(?<!ba )(?:tuần|tháng|kỳ họp|năm) (?:tới|sau))\b"
    r"(?!.*\b(?:đã|vừa)\b).*$",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:nếu|giả sử|trong trường hợp)\b.*$", re.IGNORECASE)
_RUMOUR = re.compile(
    r"\b(?:tin đồn|đồn đoán|có (?:thông tin|nguồn tin|tin|dư luận)|phủ nhận"
    r"|đính chính|bác (?:bỏ )?(?:tin|thông tin)"
    r"|không (?:có|phải) (?:chuyện|việc|thông tin))\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:là|hoàn toàn|là tin) (?:hoàn toàn )?(?:không (?:đúng|chính xác|có thật|có cơ sở"
    r"|có căn cứ)|sai(?: sự thật)?|bịa đặt|tin giả|thất thiệt|vô căn cứ)(?=[,.;”\"]| sự|$)"
    r"|,? (?:song|nhưng|tuy nhiên,?|mà) [^.;]{0,60}\b(?:bác bỏ|phủ nhận|đính chính)\b"
)
_ANNOUNCED = re.compile(r"\bcông bố (?:quyết định |nghị quyết |việc )?(?:ông|bà|đồng chí) [^,;]*$")
"""Before a verb with sẽ: the decision is taken, `công bố ông A sẽ thôi giữ chức …`."""
_TAKES = re.compile(
    r"\b(?:[Mm]iễn nhiệm|[Bb]ãi nhiệm|[Bb]ãi miễn|[Cc]ách chức|[Cc]ho thôi)(?: các)?"
    r"(?: (?:làm )?nhiệm vụ| chức vụ| chức danh| chức| tư cách)?(?: giữ chức(?: vụ)?)? $"
)
"""Before a title with its bearer: `cách chức Phó Chủ tịch UBND quận Lê Văn Tám`."""
LOSES = re.compile(
    r"(?:,| -)? (?:đã |vừa |mới |chính thức )*(?:bị|được) (?:[^,.;:()]{2,40} )?"
    r"(?P<verb>miễn nhiệm|bãi nhiệm|bãi miễn|cách chức)"
    r"(?=[.,;)]|$| (?:ngày|vì|do|vào|hôm|tại|từ|sau|trong (?:phiên|kỳ)|theo)\b)"
    r"|(?:,| -|\))* (?:đã |vừa |mới )*(?:được |nhận quyết định )?(?:nghỉ hưu"
    r"(?: theo (?:chế độ|quy định))?|về hưu|nghỉ (?:hưởng )?chế độ(?: hưu trí)?)(?=[.,;)]|$)"
)
"""Behind a name with its title, or a title behind its name."""
TAKEN_FROM = re.compile(
    r"(?P<verb>\b(?:[Mm]iễn nhiệm|[Bb]ãi nhiệm|[Bb]ãi miễn|[Cc]ách chức))"
    rf"(?: chức vụ| chức danh)?(?: đối với| với| của)? (?:{WHOM}|Ông|Bà|Đồng chí) $"
)
_REVOKED = re.compile(
    r"\bthu hồi (?:các )?quyết định (?:điều động|bổ nhiệm)(?: đối với| với)? (?:ông|bà|đồng chí) $"
)
_GOES = re.compile(
    r"(?: -|,)? (?:đã |vừa |mới )?(?:được [^,.;:()]{3,40} )?(?:đến|về|sang) nhận"
    r" (?:nhiệm vụ|công tác)(?: mới)? tại\b"
)
"""Behind a title: its bearer is moved to another house."""
_NOW_IS = re.compile(r" \((?:hiện|nay|hiện nay|hiện đang) (?:là|giữ chức(?: vụ)?) ")
"""Behind a name: the office before it is no longer that of the bearer."""
_EXPLAINED = re.compile(r"(?:,| -) ")
_AS = re.compile(
    r"\b(?:[Tt]ừ (?:tháng |năm |ngày )?\d[\d/.-]* (?:đến|-)(?: hết)? (?:tháng |năm |ngày )?\d"
    r"|[Gg]iai đoạn|[Tt]rước đây)[^;:]*"
    r"\b(?:với|trên|trong|ở|giữ|đảm nhiệm) (?:cương vị|vai trò|tư cách|chức vụ)(?: là)? "
    r"[^.;:]{0,90}$"
)
"""Before titles that tell what somebody was in an earlier time."""
_AGAIN = re.compile(
    r"[^.;]{0,40}?(?<!không )\bđược (?:tái bổ nhiệm|tiếp tục bổ nhiệm|bổ nhiệm lại)"
)
_PUNISHED = re.compile(r"\bhình thức:? (?:kỷ luật )?(?:cách|bãi|miễn|cho)")
_ASKED = re.compile(r"\b(?:đề nghị|kiến nghị|đề xuất|có thể|sẽ|nếu|yêu cầu)\b", re.IGNORECASE)
"""Before who is to be punished: the punishment is another one's to decide."""
_DENIED_NEXT = re.compile(
    r"\s*[\"“]?(?:Tuy nhiên,? |Song,? )?(?:(?:Thông tin|Tin|Điều|Việc|Chuyện)"
    r"(?: đồn)?(?: này| đó| trên| nói trên)[^.;]{0,40}"
    r"(?:không (?:đúng|chính xác|có thật|có cơ sở|có căn cứ)|sai sự thật|bịa đặt|tin giả|thất thiệt"
    r"|vô căn cứ)|[^.;]{0,60}\b(?:phủ nhận|bác bỏ|đính chính) (?:thông tin|tin|việc|chuyện)"
    r"(?: đồn)?(?: này| đó| trên| nói trên))"
)
"""The next sentence takes back what this one tells."""
_FAILED = re.compile(
    r"(?:(?!thay |ông |bà )[^,;.]){0,30}?,? ?\b"
    r"(?:không (?:đủ (?:số )?phiếu|thành(?! viên)|đạt|được (?:thông qua|chấp thuận|phê chuẩn))"
    r"|bất thành|bị (?:hoãn|hủy|bác|lùi)|(?:hoãn|lùi) lại"
    r"|chưa (?:được )?(?:thực hiện|thông qua|tiến hành))\b"
)
"""Behind a decision: it came to nothing."""
_NOT_CHOSEN = re.compile(r"(?!.*\bông |.*\bbà )[^.;]{0,40}\bkhông (?:trúng|đắc) cử\b")
"""Behind an office for which somebody was put up."""
_MOVED = re.compile(r"\b(?:điều động|luân chuyển|chỉ định|bổ nhiệm)\b[^.;:,]{0,40}$")
_BE_MOVED = re.compile(
    r" (?:đã |vừa |mới |sẽ )?(?:được|bị) (?:[^,.;:]{3,40} )?(?:điều động|luân chuyển|điều chuyển)\b"
)
_MOVED_TO = re.compile(r"\b(?:giữ chức|làm|nhận nhiệm vụ|giữ nhiệm vụ|bổ nhiệm (?:chức|vị))\b")
_MOVES = re.compile(
    r"\b(?:(?:được|bị|vừa) (?:[^,.;:]{3,30} )?"
    r"(?:điều động|luân chuyển|điều chuyển|bổ nhiệm)|về (?:làm|giữ)"
    r"|chuyển (?:sang|về)|(?:đến|về|sang) nhận nhiệm vụ)\b"
)
"""Behind a name and its office, before the next one."""
_AND_ALSO = re.compile(r",? kiêm ")
_SEATS = re.compile(r"ủy viên|uỷ viên|đại biểu", re.IGNORECASE)
_ALONGSIDE = re.compile(rf"{_SEATS.pattern}|bí thư", re.IGNORECASE)
"""Seats, and beside the office of a council or a committee those of the Party, which are kept."""
_OF_COUNCIL = re.compile(r"HĐND|UBND|[Hh]ội đồng nhân dân|[ỦUủ][yỷ] ban nhân dân")
_AT_THE_TIME = re.compile(
    r"(?<!trước )(?<!sau )(?<!từ )(?<!ngay )(?<!kể từ )\b(?:khi|lúc|hồi|thời|bấy giờ|thời điểm)"
    r"(?: (?:đó|ấy|còn))?,? (?:ông |bà |đồng chí )?$",
    re.IGNORECASE,
)
"""Before a name: `khi ông A là Chủ tịch`."""
_IS = re.compile(r" (?:còn |đang |hiện )?(?:là|làm|giữ)\b")
_TAKEN = re.compile(r"\b(?:đã|vừa)\b")
_IN_BRACKETS = re.compile(r" ?\([^()]*\)")
_TO_NAME = re.compile(r"[^,;.:]{0,25}")
_TAKING = re.compile(r"\b(?:miễn nhiệm|bãi nhiệm|bãi miễn|cách chức|thôi|từ chức)\b", re.IGNORECASE)
_DECIDING = re.compile(
    r"\b(?:bầu|bổ nhiệm|tái (?:đắc )?cử|(?:trúng|đắc) cử|điều động|luân chuyển|phân công"
    r"|miễn nhiệm|bãi nhiệm|bãi miễn|cách chức|cho thôi|thôi|từ chức)\b",
    re.IGNORECASE,
)
_GIVING = re.compile(r"\b(?:giữ|làm|trở thành|đảm nhận|đảm nhiệm)\b")
_TOLD_OF = re.compile(r"\b(?:từng|nguyên|kinh qua|trải qua|không trúng cử|ứng viên)\b")
_CANDIDATE = re.compile(
    r"\b(?:ứng cử viên|ứng viên|người (?:được giới thiệu )?ứng cử|ứng cử"
    r"|được giới thiệu (?:để )?bầu)"
    r"(?: (?:cho |vào )?(?:chức vụ|chức danh|chức|vị trí|cương vị))?:? $",
    re.IGNORECASE,
)
_IF_ELECTED = re.compile(
    r"\b(?:nếu|giả sử|mong|muốn|(?<!đến )để) (?:\w+ )?(?:được|trúng cử|đắc cử|là|làm|trở thành)"
    r"(?: (?:tín nhiệm|bầu|bổ nhiệm|giữ chức|giữ|làm|là|chức vụ|chức danh|chức)){0,4} $",
    re.IGNORECASE,
)
_WHEN_STILL = re.compile(
    r"\b(?:(?<!trước )(?<!sau )(?:khi|lúc|hồi|thời)(?: (?:còn|đang|ấy|đó))?"
    r"|sau khi (?:thôi|rời|nghỉ)|không còn|(?<!xin )(?<!cho )thôi|từng"
    r"|(?:hết|mãn|kết thúc) (?:thời hạn bổ nhiệm|thời hạn|nhiệm kỳ))"
    r"(?: (?:là|làm|giữ chức(?: vụ| danh)?|giữ|đương chức|công tác với tư cách)"
    r"(?: (?:chức vụ|chức danh|chức))?"
    r"|(?:(?<=rời)|(?<=thôi)|(?<=nghỉ)) (?:chức vụ|chức danh|chức|ghế)"
    r"|(?<=bổ nhiệm)|(?<=thời hạn)|(?<=nhiệm kỳ)) $",
    re.IGNORECASE,
)


def standing(text: str, begin: int, verb: int, end: int) -> str:
    """How a decision stands whose verb is at a place of a sentence.

    Empty where it is told as taken, else negated, denied, conditional, planned, proposed, unclear.
    """
    before = _IN_BRACKETS.sub("", text[begin:verb])
    if _NEGATED.search(before):
        return "negated"
    if _RUMOUR.search(before) or _DENIED.search(text, verb, end):
        return "denied"
    if _CONDITION.search(before):
        return "conditional"
    if _PLANNED.search(before):
        return "planned"
    if _PROPOSED.search(before):
        return "proposed"
    if _UNCLEAR.search(before) and not _DECIDED.search(before):
        return "unclear"
    return ""


def judge(one: Named) -> None:
    """Give each link of a passage the status that its clause leaves it; drop those left without."""
    one.links = [link for link in one.links if not _counted(one, link) and _holds(one, link)]
    _leave(one)
    _left_later(one)
    late = [link.mention for link in one.links if link.post.before == "cố"]
    for link in one.links:
        if any(link.mention is mention for mention in late):
            link.status = "former"


def _counted(one: Named, link: PostLink) -> bool:
    """`bà A là đại biểu thứ 2 bị bãi nhiệm`: that tells which one, and no office."""
    return link.post.role == "đại biểu" and bool(
        re.compile(r" thứ (?:\d|hai|ba|nhất)").match(one.reading.text, link.post.end)
    )


def _leave(one: Named) -> None:
    """Who is moved to an office has left the one that is named with it."""
    text = one.reading.text
    for given in one.links:
        begin, _ = one.reading.sentence(given.mention.start)
        verb = _MOVED.search(text[begin : given.mention.start])
        own = [link for link in one.links if link.mention is given.mention]
        first = begin + verb.start() if verb else given.mention.end
        left = [link for link in own if first < link.post.start < given.post.start]
        if not verb and _BE_MOVED.match(text, given.mention.end, given.post.start):
            left = [link for link in own if link.post.start < given.post.start]
        if left and left[-1].post.before == "nguyên" and given.status == "current":
            joined = text[left[-1].post.end : given.post.start]
            if _AND_ALSO.fullmatch(joined) or (joined == ", " and _one_tenure(left[-1], given)):
                given.status = "former"
            continue
        if (
            not left
            or not (verb or _MOVES.search(text, left[-1].post.end, given.post.start))
            or given.status != "current"
            or given.standing
            or not _MOVED_TO.search(text, left[-1].post.end, given.post.start)
        ):
            continue
        beside = _ALONGSIDE if _OF_COUNCIL.search(given.post.body or given.post.role) else _SEATS
        for link in left:
            if link.status == "current" and not beside.search(link.post.role):
                link.status = "former"


def _left_later(one: Named) -> None:
    """`ông A, Bí thư Huyện ủy, … thôi giữ chức Bí thư Huyện ủy`: the first one is left, too."""
    gone = [link for link in one.links if link.status == "former" and not link.standing]
    for link in one.links if gone else ():
        if link.status == "current" and any(
            other.mention is link.mention
            and link.post.start < other.post.start
            and other.post.before == link.post.before == ""
            and other.post.role.lower() == link.post.role.lower()
            and other.post.body in ("", link.post.body)
            and one.reading.sentence(other.post.start) == one.reading.sentence(link.post.start)
            for other in gone
        ):
            link.status = "former"


def _one_tenure(party: PostLink, state: PostLink) -> bool:
    """Whether two offices are commonly one's at once: `nguyên Bí thư Huyện ủy, Chủ tịch UBND`."""
    return "bí thư" in party.post.role.lower() and bool(
        state.post.body.startswith(("UBND", "HĐND", "Ủy ban nhân dân", "Hội đồng nhân dân"))
        and "chủ tịch" in state.post.role.lower()
    )


def _holds(one: Named, link: PostLink) -> bool:
    text = one.reading.text
    begin, end = one.reading.sentence(min(link.post.start, link.mention.start))
    before = text[begin : link.post.start]
    if link.post.start < link.mention.start and link.status in ("current", "acting"):
        if _CANDIDATE.search(before):
            link.status = "candidate"
        elif _WHEN_STILL.search(before):
            behind = max(link.post.end, link.mention.end)
            link.status = "current" if _AGAIN.match(text, behind, end) else "former"
        elif _AS.search(before) or _NOW_IS.match(text, link.mention.end):
            link.status = "former"
        elif _IF_ELECTED.search(before):
            link.status, link.standing = "candidate", "conditional"
    elif link.status == "current" and _IS.match(text, link.mention.end, link.post.start):
        before = text[begin : link.mention.start]
        if _CONDITION.search(before):
            return False
        if _AT_THE_TIME.search(before):
            link.status = "former"
            return True
    if link.status == "current" and (taken := loss(one, link)) and taken[1] == "":
        link.status = "former"
    if link.status == "current" and _is_gone(one, link, begin):
        link.status = "former"
        return True
    if link.status == "candidate" and _NOT_CHOSEN.match(text, link.post.end, end):
        link.status = "not elected"
        return True
    verb = _verb(one, link, begin)
    if verb < 0:
        return True
    behind = max(link.post.end, link.mention.end)
    link.standing = standing(text, begin, verb, end)
    if _PUNISHED.search(text, link.mention.end, link.post.start) and _ASKED.search(
        text, begin, link.mention.start
    ):
        link.standing = "proposed"
    if not link.standing and _DENIED_NEXT.match(text, end):
        link.standing = "denied"
    if not link.standing and _FAILED.match(text, behind, end):
        link.standing = "negated"
    if not link.standing and _is_to_come(one.reading, begin, verb):
        link.standing = "planned"
    if link.standing == "planned" and _ANNOUNCED.search(text, begin, verb):
        link.standing = ""
    if not link.standing:
        return True
    taking = _TAKING.match(text, verb) or text.startswith("cho thôi", verb)
    if taking:
        link.status = "current"
        return link.standing != "unclear"
    link.status = "candidate"
    return link.standing in ("planned", "proposed", "conditional")


def _is_gone(one: Named, link: PostLink, begin: int) -> bool:
    """Whether who has a title behind the name is moved elsewhere, or was never duly appointed."""
    text = one.reading.text
    return bool(
        link.mention.end < link.post.start
        and _EXPLAINED.fullmatch(text, link.mention.end, link.post.start)
        and (_GOES.match(text, link.post.end) or _REVOKED.search(text, begin, link.mention.start))
    )


def loss(one: Named, link: PostLink) -> tuple[re.Match[str], str] | None:
    """The verb that takes an office from who is named with it, and how that decision stands.

    It stands before the title (`cách chức Chủ tịch Lê Văn Tám`), before the name (`miễn nhiệm ông
    Tám, Phó Ban`) or behind both (`ông Tám, Phó Ban, bị bãi nhiệm`).
    """
    text = one.reading.text
    begin, end = one.reading.sentence(min(link.post.start, link.mention.start))
    verb = None
    if link.rule == "post-before":
        verb = _TAKES.search(text, max(begin, link.post.start - 48), link.post.start)
    elif link.rule == "post-after" and _EXPLAINED.fullmatch(
        text, link.mention.end, link.post.start
    ):
        verb = TAKEN_FROM.search(text, begin, link.mention.start)
    if verb is None and link.rule in ("post-before", "post-after"):
        verb = LOSES.match(text, max(link.post.end, link.mention.end), end)
    if verb is None:
        return None
    named = "verb" in verb.re.groupindex and verb["verb"]
    place = verb.start("verb") if named else verb.start()
    return verb, standing(text, begin, place, end)


def _is_to_come(reading: PassageReading, begin: int, verb: int) -> bool:
    """Whether a day after the publication stands before a verb that is not told as past."""
    published = reading.whole.published
    if published is None:
        return False
    for fact in reading.found(DatedPeriod, begin, verb):
        day = fact.value
        assert isinstance(day, DatedPeriod)
        if (day.unit, day.basis) == ("day", "stated") and day.first > published:
            return not _TAKEN.search(reading.text, fact.end, verb)
    return False


def _verb(one: Named, link: PostLink, begin: int) -> int:
    """Where the verb stands that gives or takes a post; -1 if it is told as held without one."""
    text, post, mention = one.reading.text, link.post, link.mention
    if link.status not in ("elected", "former", "current"):
        return -1
    if post.before in ("nguyên", "cựu", "cố"):
        return -1
    if mention.end <= post.start:
        between = text[mention.end : post.start]
        if _TOLD_OF.search(between):
            return -1
        own = list(_DECIDING.finditer(between))
        if own:
            return mention.end + own[0].start()
        giving = _GIVING.search(between)
        if giving is None and link.status == "current":
            return -1
        verbs = list(_DECIDING.finditer(text, begin, mention.start))
        near = verbs and _TO_NAME.fullmatch(text, verbs[-1].end(), mention.start)
        if verbs and (near or link.status != "current"):
            return verbs[-1].start()
        return mention.end + giving.start() if giving else -1
    if link.status == "current" or link.rule == "post-before":
        return -1
    verbs = list(_DECIDING.finditer(text, begin, post.start))
    return verbs[-1].start() if verbs else -1
