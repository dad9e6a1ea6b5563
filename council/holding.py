"""Who holds which post: the titles before a name and those behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from council.between import (
    ACTS,
    BY_WHOM,
    CHAIN,
    GIVING,
    LATER,
    LISTED,
    MOVE,
    NEXT_OF_LIST,
    SUBJECT,
    TO_POST,
)
from council.mentions import Mention
from council.names import RUN, is_surname
from council.numbers import number_of
from council.posts import MORE, Titled
from council.reader import PassageReading

_PLACE_BETWEEN = re.compile(rf" {RUN} ")
"""`… Công nghiệp Bến Sỏi Tề Trí Dũng`: the place is the title's."""
_OF = re.compile(
    r"(?:\bcủa|ủy quyền|thay mặt|theo|con gái|con trai|vợ|chồng|giúp việc"
    r"|\b(?:tới|với|cho|gửi|gặp|hỏi|trả lời|đáp lời|trao đổi cùng)) (?:các )?(?:đồng chí )?$",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"(?:từng|nguyên là|\btrước(?: đây| đó)? (?:là|làm) |hình thức|\b(?:thời điểm|hồi) "
    r"|\btừ (?:vị trí|cương vị)|\((?:nguyên|cựu) "
    r"|tư cách|thôi|từ chức|rời|kinh qua|trải qua|miễn nhiệm|bãi nhiệm|cách chức"
    r"|(?:lúc|khi) (?:đó|ấy)|lần lượt|đã (?:đảm nhiệm|đảm nhận|giữ|nắm giữ) (?:qua )?(?:các|nhiều))"
)
_IN_EARLIER_TIME = re.compile(
    r"\bTrước (?:khi|đó)\b|\btrước đó, $|\b[Tt]ừ (?:tháng |năm |ngày )?\d[\d/.-]* (?:đến|-)"
    r" (?:tháng |năm |ngày )?\d"
    r"|\b[Tt]ừ (?:năm )?(?:19|20)\d\d ?- ?(?:19|20)\d\d"
)
BY_VOTES = re.compile(r"^Với [^.;]{0,60}\b(?:phiếu|tán thành)\b")
_REPLACED = re.compile(r"\bthay(?: cho| thế)? (?:ông |bà |đồng chí )?$")
"""Before who held the office that another one is given: `thay ông A giữ chức Chủ tịch`."""
_OFFICE_OF = re.compile(r" (?:giữ|làm|đảm nh[iậ]\w+|vào) ")
_WHEN_IT_WAS = re.compile(
    r"[^,.;:](?<![Tt]rước)(?<![Ss]au)(?<!từ)(?<!Từ) (?:khi|lúc|hồi) (?:còn |đang )?"
    r"(?:là|làm|giữ (?:chức(?: vụ)?|cương vị)) $"
)
"""Before the office of who was named before it: `việc ông A làm khi là Chủ tịch quận, bà B nói`."""
_IS = re.compile(
    r"(?!.*\b(?:được|bị|chuyển|về|vừa|mới|đã)\b).*\b(?:là|giữ|làm|đảm nhiệm|đảm nhận)\b"
)
_DECIDED = re.compile(rf"\b(?:bầu|{MOVE.pattern})(?: có thời hạn| lại)? (?:ông|bà|đồng)")
_TO_NEW = re.compile(r".*\b(?:hiện|nay)\b|,? (?:để|sang) ")
"""Between two posts, the second of which is the new one: `thôi chức … để đảm nhiệm …`."""
_ABOUT = re.compile(r"\b(?:về|trường hợp|liên quan|với|của|cùng) (?:[^,;:]{0,40} )?$")
_SAYS = re.compile(r" (?:cho (?:biết|hay|rằng)|khẳng định|nói|nhấn mạnh|thông tin|nhận định)\b")
"""`Nói về Phó Chủ tịch Tám, Bí thư Quận ủy cho biết …`: another one speaks."""
_BRACKET = re.compile(r" \([^()]{1,160}\)")
_NEXT_IN_LIFE = re.compile(
    r"(?:(?:Một|Hai|Ba|\d+) (?:năm|tháng) sau(?: đó)?|Tiếp đó|Tiếp theo|Sau đó|Sau này)\b"
)
_GOVERNED = re.compile(r"\b(?:làm|giữ chức(?: vụ| danh)?|trở thành|vị trí|nhiệm vụ) $")
"""Before a title that a verb gives to somebody: it is not that of the name behind the next one."""
_STEP = re.compile(r"(?:,| rồi|, rồi|,? và sau đó là|, sau đó là| và) ")
_ELECTED = re.compile(r"(?:bầu|trúng cử|đắc cử|tái cử)")
_CANDIDATE = re.compile(r"(?:ứng cử|ứng viên|giới thiệu|để bầu|đề cử|không trúng cử|để HĐND bầu)")
_MOVED = re.compile(rf"{MOVE.pattern}|về (?:làm|giữ)")
_LEAVING = re.compile(
    r"(?:thôi|từ chức|rời) [^.;]*$|(?:chuyển|điều động|bổ nhiệm|phân công)"
    r" (?:công tác )?từ [^.;]*$"
)
_LEFT_FOR = re.compile(r"thôi (?:không )?tham gia .* (?:để|sang|về) ")
"""Before the office for which another one is left: `thôi tham gia Tỉnh ủy để giữ chức …`."""
_GIVEN_FIRST = re.compile(
    r"(?:^|[.!?…:”\"] |\n|, |\bkhi |\b[Vv]ừa |\b[Mm]ới |\b[Đđ]ã )[Đđ]ược"
    r" (?:HĐND [^,.;]{0,30})?(?:tín nhiệm )?bầu (?:bổ sung )?"
    r"(?:giữ (?:chức(?: vụ| danh)? )?|làm |vào (?:chức vụ |chức danh |vị trí ))$"
)
"""Before a title: `Được bầu giữ chức Chủ tịch quận, ông Tám …`."""
_APPOSED = re.compile(
    rf"(?:{MORE}(?= [A-ZĐ])|(?: (?:từ|hồi|vào|ngày|nhiệm kỳ|khóa) [^,.;:()]{{2,30}}(?=,))?"
    r"(?: (?:nhận(?: được)?|có|đạt) [^,.;:]{3,50} nhất(?= là))?(?: đương nhiệm)?"
    r"(?:(?: này)?(?: hiện(?: nay)?)?(?= là))?"
    r"(?P<mark>:|,| -)? (?:đồng chí|ông|bà|đ/c|anh|chị|là|TS\.?"
    r"|(?:[Tt]hiếu|[Tt]rung|[Tt]hượng|[Đđ]ại) (?:tướng|tá|úy))) "
    r"(?:ông |bà |đồng chí )?"
)
_MORE_BEFORE_NAME = re.compile(
    r" (?:phụ trách|lĩnh vực|mảng|khối)(?: (?!(?:thay|ông|bà|anh|chị|là|cho|với|của|được)\b)"
    r"(?:[a-zà-ỹđ]+|-)){1,8} (?=[A-ZĐ])"
)
"""What a title is for, right before its bearer's name, whoever is named before it."""
_NAME = re.compile(RUN)
_VERB_BEHIND = re.compile(r" [a-zà-ỹđ]")
"""Behind the name in `Chủ tịch quận - Lê Văn Tám ký`."""
_OWN_TITLE = re.compile(
    r"(?:,| -) (?:[Nn]guyên )?(?:[Pp]hó|[Cc]hủ|[Bb]í|[Tt]rưởng|[Ủủ]y|[Gg]iám|Đại|Quận|Huyện|Tỉnh"
    r"|Thành)"
)
_LIST_OF_ELECTED = re.compile(r"\bbầu (?:ra )?(?:các )?(?:chức danh|chức vụ|nhân sự)[^.:;]{0,60}:")
_AND = re.compile(r" và (?:ông |bà |đồng chí )?")
_PAST = re.compile(r" giai đoạn \d{4} ?- ?\d{4}")
_ACCORDING = re.compile(r"\b[Tt]heo (?:ông|bà|đồng chí) $")
"""`Theo ông Tám, Chủ tịch quận, bà Thu`: the title is hers."""
_ENDED = re.compile(
    r",?(?: khóa [IVXL\d]+,?)?(?: \(?(?:nhiệm kỳ|giai đoạn|từ năm)|,)? \(?\d{4} ?(?:-|đến(?: năm)?)"
    r" ?(?P<year>\d{4})"
)
"""Behind a title, the years that it is told of."""
_UNTIL_NEXT = re.compile(
    r"(?: vào| từ)(?: (?:năm|tháng|ngày))? (?:\d{1,2}[/-]){0,2}\d{4},? (?:và )?(?:sau đó|rồi"
    r"|tiếp đó|đến (?:năm|tháng|\d))"
)
"""Behind a title: `từ năm 2010, sau đó …`, another office came after it."""
_DEPUTY_OF = re.compile(
    r"(?: các)? khóa(?P<terms>(?:(?:,| và|, khóa| và khóa)? (?:[IVX]+|\d{1,2})(?![\w/]))+)"
)
_OF_ASSEMBLY = re.compile(r"[Đđ]ại biểu Quốc [Hh]ội")
_ASSEMBLY_TO = {9: 1997, 10: 2002, 11: 2007, 12: 2011, 13: 2016, 14: 2021, 15: 2026}
"""The last year of each term of the National Assembly."""
_JOINED = re.compile(r",? (?:kiêm |- )?|, (?:và |đồng thời là )?")


@dataclass(slots=True)
class PostLink:
    """A post, who holds it, by which rule that is known, and what takes it back (`standing`)."""

    post: Titled
    mention: Mention
    status: str
    rule: str
    stated: bool = True
    standing: str = ""


@dataclass(slots=True)
class Named:
    """What a passage says of people: mentions, posts, and the links between them."""

    reading: PassageReading
    posts: list[Titled]
    mentions: list[Mention] = field(default_factory=list)
    links: list[PostLink] = field(default_factory=list)
    pronouns: list[Mention] = field(default_factory=list)
    """`Ông`, `Bà` before a post, with the person whom they stand for."""


def links_of(one: Named) -> list[PostLink]:
    """The links between the posts and the people of a passage, those before a name first."""
    links: dict[int, PostLink] = {}
    starts = {mention.start: mention for mention in one.mentions}
    for number, post in enumerate(one.posts):
        mention = _directly_after(one, post, starts)
        if mention is not None:
            elected = in_a_list_of_elected(one, post) or _given_before(one, post, mention)
            status = "elected" if elected else status_of(post)
            links[post.start] = PostLink(post, mention, status, "post-before")
            _chain_before(one, number, mention, links)
        elif earlier := _of_earlier(one, post):
            links[post.start] = PostLink(post, earlier, "former", "post-after")
    before = frozenset(links)
    for mention in one.mentions:
        aside = _aside(one, mention)
        after = [m for m in one.mentions if m.start >= aside and m is not mention]
        limit = after[0].start if after else len(one.reading.text)
        _behind(one, mention, limit, before, links)
    for mention in one.pronouns:
        behind = [m.start for m in (*one.mentions, *one.pronouns) if m.start >= mention.end]
        limit = min(behind, default=len(one.reading.text))
        _behind(one, mention, limit, before, links, "post-pronoun")
    found = sorted(links.values(), key=lambda link: link.post.start)
    for link in found:
        if link.status == "current" and _is_over(one.reading, link.post):
            link.status = "former"
    for link, after_it in pairwise(found):
        _complete(one, link, after_it)
    return found


def _is_over(reading: PassageReading, post: Titled) -> bool:
    """Whether the years or the terms behind a title were over when the article was published."""
    published = reading.whole.published
    if published is None:
        return False
    if _UNTIL_NEXT.match(reading.text, post.end):
        return True
    if ended := _ENDED.match(reading.text, post.end):
        return int(ended["year"]) < published.year
    terms = _DEPUTY_OF.match(reading.text, post.end)
    if terms is None or not _OF_ASSEMBLY.search(reading.text, post.bare, post.end):
        return False
    numbers = [number_of(one) or 0 for one in re.findall(r"[IVX]+|\d+", terms["terms"])]
    return _ASSEMBLY_TO.get(max(numbers), published.year) < published.year


def _aside(one: Named, mention: Mention) -> int:
    """Where a bracket behind a name ends that names others: `ông A (con của ông B) trở thành`."""
    bracket = _BRACKET.match(one.reading.text, mention.end)
    if bracket and any(mention.end < m.start < bracket.end() for m in one.mentions):
        return bracket.end()
    return mention.end


def _complete(one: Named, link: PostLink, after: PostLink) -> None:
    """Give a bare title what the next one of the same kind is of: `phó giám đốc, giám đốc Sở A`."""
    text, base = one.reading.text, link.post.role.lower().removeprefix("phó ")
    following = after.post.role.lower().removeprefix("phó ")
    bare = link.post.is_bare and link.mention is after.mention
    if not bare or after.post.is_bare or not following.startswith(base):
        return
    if _STEP.fullmatch(text[link.post.end : after.post.start]):
        of = after.post.role[len(after.post.role) - len(following) + len(base) :]
        link.post = replace(link.post, role=link.post.role + of, body=after.post.body)
        link.stated = False


def _given_before(one: Named, post: Titled, mention: Mention) -> bool:
    """Whether a title is given in a clause before the name: `Được bầu giữ chức …, ông Tám`."""
    text = one.reading.text
    return "," in text[post.end : mention.start] and bool(
        _GIVEN_FIRST.search(text[max(0, post.start - 60) : post.start])
    )


def in_a_list_of_elected(one: Named, post: Titled) -> bool:
    """Whether a title stands in `bầu các chức danh: Chủ tịch: ông A; Phó Chủ tịch: ông B`."""
    begin, _ = one.reading.sentence(post.start)
    text = one.reading.text
    return text[post.end : post.end + 1] == ":" and bool(
        _LIST_OF_ELECTED.search(text, begin, post.start)
        or re.search(r"\bbầu(?: bổ sung)? \d{1,2} $", text[begin : post.start])
    )


def status_of(post: Titled) -> str:
    """What nguyên, cựu, cố and quyền say."""
    if post.before in ("nguyên", "cựu", "cố"):
        return "former"
    return "acting" if post.before == "quyền" else "current"


def _chain_before(one: Named, number: int, mention: Mention, links: dict[int, PostLink]) -> None:
    """The titles that stand before the one before a name: `Phó Bí thư, Chủ tịch Lê Văn Tám`."""
    text, cursor = one.reading.text, one.posts[number]
    for earlier in one.posts[:number][::-1]:
        between = text[earlier.end : cursor.start]
        joined = _JOINED.fullmatch(between) or (
            between == " là " and earlier.start == one.reading.sentence(earlier.start)[0]
        )
        bare = earlier.role.lower() == "đại biểu" and not earlier.body
        given = _GOVERNED.search(text[max(0, earlier.start - 20) : earlier.start])
        if bare or given or not joined or earlier.start in links or _is_taken(one, earlier, links):
            return
        links[earlier.start] = PostLink(earlier, mention, status_of(earlier), "post-chain")
        cursor = earlier


def _is_taken(one: Named, post: Titled, links: dict[int, PostLink]) -> bool:
    """Whether a title is that of the name before it: not behind a comma, if that has its own."""
    owner = _reached(one, post)
    if owner is None:
        return False
    own = any(link.mention is owner for link in links.values())
    return not own or one.reading.text[owner.end : post.start] != ", "


def _behind(
    one: Named,
    mention: Mention,
    limit: int,
    before: frozenset[int],
    links: dict[int, PostLink],
    name: str = "post-after",
) -> None:
    """The titles behind a name: `Lê Văn Tám - Phó Bí thư, Chủ tịch`, `bầu … giữ chức …`."""
    text, cursor, rule, status = one.reading.text, _aside(one, mention), TO_POST, ""
    begin, last = one.reading.sentence(mention.start)
    subject = SUBJECT.fullmatch(text, begin, mention.start) is not None
    listed = False
    mentions_at = {m.start for m in one.mentions}
    for post in one.posts:
        if post.start < cursor or post.end > limit:
            continue
        if _of_one_unread(text, post, mentions_at):
            return
        gap = text[cursor : post.start]
        first, later = rule is TO_POST, None
        if (
            not rule.fullmatch(gap)
            or not gap
            or (first and gap == " " and post.before not in ("nguyên", "cựu"))
            or post.start in before
        ):
            if post.is_bare and post.role == "đại biểu":
                # Deputies in general: `được 100% đại biểu bầu làm …`.
                continue
            if first and BY_WHOM.fullmatch(gap) and ACTS.match(text, post.end, limit):
                continue
            later = first and subject and LATER.fullmatch(gap)
            if not later and not (listed and post.end <= last and NEXT_OF_LIST.fullmatch(gap)):
                return
            if later:
                status = "" if later["now"] else "former"
        listed = listed or LISTED.search(gap) is not None
        if not first and status in ("candidate", "elected") and not gap.endswith(" và "):
            status = ""
        if (
            (first and not later)
            or (not status and not later)
            or GIVING.search(gap)
            or re.search(r"\b(?:hiện|nay)\b(?! là [^()]*\))", gap)
        ):
            status = _status_by_gap(one.reading, mention, gap)
        if first and (
            _one_of_two(one, mention, post)
            or _of_another(one, mention, post, before)
            or (_OFFICE_OF.match(gap) and _REPLACED.search(text, begin, mention.start))
        ):
            return
        if status == "" and (listed or _IS.match(gap)) and _before_now(one.reading, mention, gap):
            status = "former"
        if status == "" and (
            (GIVING.search(gap) and _NEXT_IN_LIFE.match(text, begin))
            or _long_ago(one.reading, mention, gap)
        ):
            if not (MOVE.search(gap) or _DECIDED.search(text, begin, mention.start)):
                return
            status = "past"
        if post.start not in links:
            if _PAST.match(text, post.end) and _was(links, mention):
                status = "former"
            final = status_of(post) if post.before not in ("", "tân") else status or "current"
            links[post.start] = PostLink(post, mention, final, name, name == "post-after")
            if not GIVING.search(gap) and status not in ("former", "candidate", "elected", "past"):
                status = ""
        cursor, rule = post.end, CHAIN


def _of_one_unread(text: str, post: Titled, mentions: set[int]) -> bool:
    """Whether a name stands behind a title that is told more exactly, though none was read there:
    `Phó Chủ tịch UBND quận phụ trách văn xã Trần Thị Bảy`."""
    more = _MORE_BEFORE_NAME.match(text, post.end)
    if more is None or more.end() in mentions or (run := _NAME.match(text, more.end())) is None:
        return False
    words = run.group().split()
    return len(words) > 2 and is_surname(words[0], surely=True)


def _was(links: dict[int, PostLink], mention: Mention) -> bool:
    """Whether the last post of a person so far is a former one."""
    return [link.status for link in links.values() if link.mention is mention][-1:] == ["former"]


def _one_of_two(one: Named, mention: Mention, post: Titled) -> bool:
    """Whether two names stand before two titles: `A và B được bầu giữ chức X và Y`."""
    text = one.reading.text
    names = any(_AND.fullmatch(text[m.end : mention.start]) for m in one.mentions)
    return names and any(text[post.end : other.start] == " và " for other in one.posts)


def _of_another(one: Named, mention: Mention, post: Titled, before: frozenset[int]) -> bool:
    """Whether a title behind a name is the one of who speaks about its bearer."""
    text = one.reading.text
    own = [p for p in one.posts if p.start in before and p.end + 1 == mention.start]
    return bool(
        own
        and text[mention.end : post.start] == ", "
        and _SAYS.match(text, post.end)
        and _ABOUT.search(text, one.reading.sentence(mention.start)[0], own[0].start)
    )


def _before_now(reading: PassageReading, mention: Mention, gap: str) -> bool:
    """Whether what a clause tells is past: `Trước khi …, ông A là`, `Từ năm … đến năm …, ông A`."""
    text, (begin, _) = reading.text, reading.sentence(mention.start)
    clause = max(begin, text.rfind(";", 0, mention.start))
    return bool(
        not _TO_NEW.match(gap)
        and not _DECIDED.search(text, begin, mention.start)
        and _IN_EARLIER_TIME.search(text, clause, mention.start)
    )


def _long_ago(reading: PassageReading, mention: Mention, gap: str) -> bool:
    """Whether a post is told of an earlier year: `Năm 2012, ông A được phân công làm …`."""
    if not GIVING.search(gap) or re.search(r"\b(?:hiện|nay|tiếp tục)\b", gap):
        return False
    begin, _ = reading.sentence(mention.start)
    before = reading.text[begin : mention.start]
    published = reading.whole.published
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", before)]
    return bool(published and years and max(years) < published.year and "nay" not in before)


def _reached(one: Named, post: Titled) -> Mention | None:
    """Who stands before a title so that it is theirs: `ông A giữ chức …`."""
    earlier = [mention for mention in one.mentions if mention.end <= post.start][-1:]
    return next(
        (m for m in earlier if TO_POST.fullmatch(one.reading.text[m.end : post.start])), None
    )


def _first_of_chain(one: Named, post: Titled) -> Titled:
    """The first of the titles that are joined to one by a dash: they have one owner."""
    for earlier in [other for other in one.posts if other.end <= post.start][::-1]:
        if one.reading.text[earlier.end : post.start] != " - ":
            break
        post = earlier
    return post


def _of_earlier(one: Named, post: Titled) -> Mention | None:
    """Who is told to have done something when in an office: `việc ông A làm khi là Chủ tịch`."""
    if not _WHEN_IT_WAS.search(one.reading.text[max(0, post.start - 40) : post.start]):
        return None
    begin, _ = one.reading.sentence(post.start)
    earlier = {m.person: m for m in one.mentions if begin <= m.start < post.start}
    return next(iter(earlier.values())) if len(earlier) == 1 else None


def _take_in(post: Titled, place: str) -> None:
    if post.body:
        post.body += place
    else:
        post.role += place


def _directly_after(one: Named, post: Titled, starts: dict[int, Mention]) -> Mention | None:
    text = one.reading.text
    if (mention := starts.get(post.end + 1)) and text[post.end] == " ":
        return mention
    near = next((m for m in one.mentions if m.start > post.end), None)
    if near is not None and _PLACE_BETWEEN.fullmatch(text, post.end, near.start):
        _take_in(post, one.reading.passage.text[post.end : near.start - 1])
        post.end = near.start - 1
        return near
    if (
        (mention := starts.get(post.end + 3))
        and text[post.end : mention.start] == " - "
        and _VERB_BEHIND.match(text, mention.end)
        and post.start == one.reading.sentence(post.start)[0]
    ):
        return mention
    if (more := _MORE_BEFORE_NAME.match(text, post.end)) and (mention := starts.get(more.end())):
        return mention
    match = None if text.endswith("bầu cử ", 0, post.start) else _APPOSED.match(text, post.end)
    if match is None or (mention := starts.get(match.end())) is None:
        return None
    if match["mark"] and (
        (post.is_bare and post.role.lower() == "đại biểu")
        or _OF.search(text[max(0, post.start - 24) : post.start])
        or text[: post.start].endswith(("các ", "Các "))
        or (match["mark"] == "," and _OWN_TITLE.match(text, mention.end))
    ):
        return None
    if match["mark"] == "," and _of_earlier(one, post):
        return None
    reached = _reached(one, _first_of_chain(one, post) if match["mark"] == "," else post)
    if reached and match["mark"] == "," and _ACCORDING.search(text, 0, reached.start):
        return mention
    return mention if reached is None else None


def _status_by_gap(reading: PassageReading, mention: Mention, gap: str) -> str:
    begin, end = reading.sentence(mention.start)
    before = reading.text[begin : mention.start]
    if "không trúng cử" in gap:
        return "not elected"
    if re.search(r"giới thiệu và được [^.;]*bầu", gap):
        return "elected"
    if _CANDIDATE.search(gap) or gap.startswith(" cho chức"):
        return "candidate"
    if "người sắp" in gap:
        return ""
    if (_FORMER.search(gap) or _LEAVING.search(gap)) and not _LEFT_FOR.search(gap):
        return "former"
    if _MOVED.search(gap):
        return ""
    if _ELECTED.search(gap):
        return "elected"
    if "trở thành" in gap and BY_VOTES.search(before):
        return "elected"
    if re.search(r"giữ chức|làm |(?:kiêm|nhiệm) chức|(?:vào|về)(?: lại)? (?:chức|vị trí)", gap):
        verb = re.findall(
            r"giới thiệu|(?<!được )bầu|bổ nhiệm|để bầu|miễn nhiệm|đề cử", before.lower()
        )
        if verb and verb[-1] == "bầu" and "giới thiệu" not in verb:
            return "elected"
        if "giới thiệu" in verb or "đề cử" in verb:
            return "candidate"
        if not verb and re.search(r"được bầu (?:làm|giữ chức)", before):
            return "elected"
        if not verb and re.search(r"lần lượt được bầu", reading.text[mention.end : end]):
            return "elected"
    return ""
