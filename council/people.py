"""The people of an article and the posts they hold, noted as facts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from council.clauses import judge
from council.councils import COMMUNES, COUNCIL, RANK, rank_of, rank_unsaid
from council.holding import Named, PostLink, links_of
from council.mentions import full_names
from council.model import Person, Post
from council.named_elsewhere import people_in, places_in
from council.offices import is_no_office, is_of_private_life
from council.posts import posts_in
from council.pronouns import stand_for
from council.reader import PassageReading, one_spelling
from council.resolving import resolve
from council.sharing import share
from council.succession import succeed
from council.titles import ENDS

_COMMITTEE = (
    r"(?P<name>Pháp chế|Kinh tế ?(?:-|và)? ?(?:[Xx]ã hội|[Nn]gân sách)"
    r"|Văn hóa ?(?:-|và)? ?[Xx]ã hội|Đô thị|Dân tộc|KT-?XH|VH-?XH|KT-?NS)"
)
_COMMITTEE_NAMED = re.compile(rf"\b[Bb]an {_COMMITTEE}")
_COUNCIL_RANKED = re.compile(rf"\b{COUNCIL} (?P<rank>{RANK})")
_COMMITTEES = re.compile(rf"(?<!ủy )\bban {_COMMITTEE}$", re.IGNORECASE)
_BARE_HEAD = re.compile(r"(?:Phó )?[Tt]rưởng [Bb]an|Phó [Bb]an")
_AT_THAT_TIME = re.compile(r"\b(?:lúc|(?<!rong )khi|hồi|thời điểm) (?:đó|ấy)\b[^,.;:]{0,24}$")
"""Before titles that were held then."""
_BY_BOARD = re.compile(
    r"\b(?:Hội đồng quản trị|HĐQT|[Đđ]ại hội (?:đồng )?cổ đông|cổ đông)\b[^.;:]{0,30}"
    r"\bbầu\b[^.;:]*$"
)
_WHO = re.compile(r"[\"“ ]*(?:Vậy |Rồi )?[Aa]i (?:sẽ |là |làm |thay |giữ )")
_GOES_ON = re.compile(rf" (?!{ENDS})[a-zà-ỹđ]")
"""A head of something that is not read: `Trưởng ban liên lạc`."""
_IN_BRACKETS = re.compile(rf" \((?:Ban )?{_COMMITTEE}\)")
_IN_OFFICE = re.compile(
    r" \(Ban |, Ban | (?:không )?trúng cử|,? thay mặt (?:hai Ban|Thường trực|HĐND|UBND"
    r"|Tổ đại biểu)| (?:chủ trì|chủ tọa|kết luận|khai mạc|bế mạc)| chỉ đạo"
    r" (?:UBND|Phòng|các phòng)"
)
_OF_A_HOUSE = re.compile(
    r",? (?:\(|- |, )?(?:giảng viên |chuyên gia )?(?:Học viện|Viện|Trường|Đại học|Khoa|Bộ|Sở"
    r"|Ban)(?!\w)"
)
"""Behind a name with a degree: the house it speaks for."""
_SPEAKS_IN_OFFICE = re.compile(
    r"(?:(?:Trả lời|Giải trình|Giải đáp|Tiếp thu|Trước)[^.;,]{0,40} (?:cử tri|đại biểu|chất vấn)"
    r"|Kết luận|Phát biểu (?:kết luận|tiếp thu|chỉ đạo|khai mạc|bế mạc)|[Tt]hay mặt"
    r" (?:Thường trực|HĐND|UBND|Tổ đại biểu))[^.;]{0,50}, (?:ông|bà|đồng chí) $"
)


@dataclass(slots=True)
class _Context:
    """The committee and the rank of the council that were named last."""

    committee: str = ""
    level: str = ""

    def read(self, text: str) -> None:
        self.committee = (_COMMITTEE_NAMED.findall(text) or [self.committee])[-1]
        for named in re.finditer(r"\bHĐND(?= [A-ZĐ])", text):
            rank = rank_unsaid(text, named.end())
            if rank and rank_of(self.level) != rank:
                self.level = rank
        for level in _COUNCIL_RANKED.findall(text):
            # A ward that is visited has committees of its own; those of the visitor are meant.
            if not self.level or rank_of(level) not in COMMUNES:
                self.level = level


def read_people(readings: list[PassageReading]) -> list[Named]:
    """Find the people and posts of a whole article, and note them in their passages."""
    places, people = places_in(readings), people_in(readings)
    named = []
    for reading in readings:
        posts = posts_in(reading, places, people)
        named.append(Named(reading, posts, full_names(reading, posts, places)))
    resolve(named)
    stand_for(named)
    for one in named:
        one.links = links_of(one)
        share(one)
        judge(one)
        succeed(one)
        one.links = [x for x in one.links if not _is_nobodys(one.reading, x)]
        for link in one.links:
            if link.status == "current" and _AT_THAT_TIME.search(
                one.reading.text, max(0, link.post.start - 40), link.post.start
            ):
                link.status = "former"
    _leave_private(named)
    _note(named)
    return named


def _is_nobodys(reading: PassageReading, link: PostLink) -> bool:
    """Whether a title is no office, one that a firm's board gives, or one that is asked for."""
    text, post = reading.text, link.post
    begin, _ = reading.sentence(post.start)
    by_board = not post.body and _BY_BOARD.search(text, begin, post.start) is not None
    return is_no_office(text, post) or by_board or _is_asked(reading, post.start)


def _is_asked(reading: PassageReading, place: int) -> bool:
    """Whether a sentence asks who holds or will hold an office."""
    start, end = reading.sentence(place)
    return reading.text[end - 1 : end] == "?" and _WHO.match(reading.text, start) is not None


def _leave_private(named: list[Named]) -> None:
    """Drop what people are at a firm or in a neighbourhood, save those who have an office too."""
    of_private_life = {
        id(link): is_of_private_life(one.reading.text, link.post)
        for one in named
        for link in one.links
    }
    public = {x.mention.person for one in named for x in one.links if not of_private_life[id(x)]}
    for one in named:
        one.links = [
            x for x in one.links if not of_private_life[id(x)] or x.mention.person in public
        ]


def _note(named: list[Named]) -> None:
    officials = _officials(named)
    context = _Context()
    for one in named:
        text = one.reading.text
        for mention in one.mentions:
            private = mention.citizen or mention.person not in officials
            by = "title-given" if mention.how == "title" else mention.how
            rule = f"person-{mention.by if mention.how == 'full' else by}"
            stated = mention.how in ("full", "repeat")
            value = Person(mention.person, mention.how, private)
            one.reading.add(value, mention.start, mention.end, rule, stated=stated)
        for link in one.links:
            if link.status not in ("not elected", "past"):
                _note_post(one.reading, link, context)
        context.read(text)


def _note_post(reading: PassageReading, link: PostLink, context: _Context) -> None:
    role, body, stated = link.post.role, link.post.body, link.stated
    if not body:
        context.read(reading.text[: link.post.start])
    if _BARE_HEAD.fullmatch(role) and not body and not _GOES_ON.match(reading.text, link.post.end):
        own = _IN_BRACKETS.match(reading.text, link.mention.end)
        committee = own["name"] if own else context.committee
        role, stated = f"{role} {committee}".strip(), False
    if _COMMITTEES.search(one_spelling(role)) and not body:
        level = context.level or (reading.council.level if reading.council else "")
        body, stated = (f"HĐND {level}" if level else ""), False
    start = link.post.bare if link.post.before == "tân" else link.post.start
    value = Post(link.mention.person, role, body, link.status)
    reading.add(value, start, link.post.end, link.rule, stated=stated)


def _officials(named: list[Named]) -> set[str]:
    """Who is named in an office anywhere in the article."""
    found = {
        link.mention.person + ("*" if link.mention.citizen else "")
        for one in named
        for link in one.links
    }
    for one in named:
        for mention in one.mentions:
            text = one.reading.text
            if (
                mention.in_office
                or (mention.learned and _OF_A_HOUSE.match(text, mention.end))
                or _IN_OFFICE.match(text, mention.end)
                or _SPEAKS_IN_OFFICE.search(text[max(0, mention.start - 90) : mention.start])
            ):
                found.add(mention.person)
    return found
