"""Decisions on people: elected, appointed, nominated, not elected, dismissed, released."""

from __future__ import annotations

import re

from council.between import GIVING, LATELY_TOLD, MOVE
from council.clauses import loss, standing
from council.holding import Named, PostLink
from council.mentions import Mention
from council.model import Personnel
from council.names import WHOM

_HONORIFIC = rf"(?:{WHOM}|Ông|Bà|Đồng chí)"
_VERB_BEFORE = re.compile(
    rf"(?P<verb>\b(?:bầu bổ sung|bầu|giới thiệu|đề cử"
    rf"|{MOVE.pattern}(?:(?:,| và)? {MOVE.pattern})*))"
    rf"(?: có thời hạn| lại)?(?: cho)?(?: (?:các )?{_HONORIFIC})? $",
    re.IGNORECASE,
)
_HONORED = re.compile(rf"{_HONORIFIC} $")
_WITH_TITLE = {
    "miễn nhiệm": "dismissed", "bãi nhiệm": "dismissed", "bãi miễn": "dismissed",
    "cách chức": "dismissed", "cho thôi": "released", "bổ nhiệm": "appointed",
    "chuẩn y": "appointed", "bầu": "elected", "bầu bổ sung": "elected",
}  # fmt: skip
_DISMISSAL = re.compile(
    r"\b(?P<verb>bầu bổ sung|bầu|bổ nhiệm|chuẩn y|[Mm]iễn nhiệm|[Bb]ãi nhiệm|[Bb]ãi miễn"
    r"|[Cc]ách chức|[Cc]ho thôi)(?: các)?(?: (?:làm )?nhiệm vụ| chức vụ"
    r"| chức danh| chức)?"
    r"(?: giữ (?:các )?chức(?: vụ| danh)?)?(?: (?:các|hai|ba|bốn|năm|sáu|\d{1,2}))? ?$"
)
_TAKEN = re.compile(r"\b(?:[Mm]iễn nhiệm|[Bb]ãi nhiệm|[Bb]ãi miễn|[Cc]ách chức|[Cc]ho thôi)\b")
_APPOINTED = re.compile(
    rf"\bđược bổ nhiệm\b|\bphân công nhiệm vụ\b|{MOVE.pattern}.*(?:{GIVING.pattern}|\bchức)"
)
_APPOINTED_FIRST = re.compile(
    rf"(?:(?<=^)|(?<=[.?!”] ))(?:Vừa |Mới |Sau khi )?[Đđ]ược (?:[^,.;:()]{{3,40}} )?{MOVE.pattern}"
    rf"(?: [^,.;:()]{{3,30}})? (?:làm|giữ chức(?: vụ| danh)?|giữ) $"
)
"""`Được bổ nhiệm làm Chủ tịch quận, ông Tám …`."""
_LEAVES = re.compile(
    rf"(?:,| -|\))? {LATELY_TOLD}(?:được )?thôi (?:không )?(?:giữ|làm|chức|nhiệm vụ)"
    r"(?: giữ| làm)?(?: chức vụ| chức danh| chức| nhiệm vụ)? "
    r"|,? thôi (?:không )?tham gia [^.;:()]{3,90}?(?:,| và) thôi (?:giữ |làm )?(?:chức(?: vụ)? )?"
)
_LEFT_FOR = re.compile(
    r"\bthôi (?:giữ|làm|chức|nhiệm vụ|tham gia)\b.* (?:để|sang|về) (?:[^.;:()]* )?"
    r"(?:giữ|làm|nhận|đảm nhiệm|đảm nhận|bổ nhiệm)\b"
    r"|\bthôi (?:giữ|làm|chức)\b.*, (?:và )?(?:giữ|nhận|đảm nhiệm|làm)\b"
    r"|\bchuyển (?:công tác)?[^.;:()]*(?:\bsang\b|\bvề\b|,) (?:giữ|làm|nhận|đảm nhiệm)\b"
    r"|^(?: -|,)? (?:đã |vừa |mới )?(?:đến |về |sang )?nhận (?:nhiệm vụ|công tác)\b"
)
"""Between a person and the office that another one is left for."""
_INTRODUCES = re.compile(
    r"(?<!chưa )(?<!không )\b(?:giới thiệu|đề cử)(?: nhân sự)?(?: để)?(?: HĐND [^,.;]{0,20}?)? bầu"
    r"(?: bổ sung)?(?: (?:giữ )?(?:chức danh|chức vụ|chức|vị trí))? $"
)
_VOTED = re.compile(r"\bbầu\b")
_LOSING = re.compile(r"\b(?:miễn nhiệm|bãi nhiệm|bãi miễn|cách chức|cho thôi)\b", re.IGNORECASE)
_AND_ALSO = re.compile(r",(?: và)? | và | kiêm ")
_AND = re.compile(rf"(?:,| và|, và) {_HONORIFIC} $")
_RULES = {
    "elected": "personnel-elected",
    "appointed": "personnel-appointed",
    "nominated": "personnel-nominated",
    "not elected": "personnel-not-elected",
    "dismissed": "personnel-dismissed",
    "released": "personnel-dismissed",
}


def read_personnel(named: Named) -> None:
    """Note the decisions that a passage states, from its links of posts and people."""
    for link in named.links:
        if link.rule == "post-given" and link.status == "candidate":
            _put_up(named, link)
        if link.standing:
            continue
        if link.rule in ("post-dismissed", "post-given") or (
            link.rule == "post-shared" and link.status in ("elected", "former")
        ):
            _over(named, link)
        elif link.rule in ("post-after", "post-dealt", "post-pronoun"):
            _decision(named, link)
        elif link.rule == "post-before" and link.status in ("elected", "current"):
            _given_first(named, link)
    _dismissed_by_name(named)
    _not_elected(named)


def _put_up(named: Named, link: PostLink) -> None:
    """`giới thiệu bầu chức danh Chủ tịch quận đối với ông A`."""
    begin, _ = named.reading.sentence(link.post.start)
    verb = _INTRODUCES.search(named.reading.text, begin, link.post.start)
    if verb and link.standing in ("planned", "proposed"):
        _add(named, link, "nominated", verb.start(), link.mention.end)


def _given_first(named: Named, link: PostLink) -> None:
    """`Được bầu giữ chức Chủ tịch quận, ông Tám …`."""
    begin, _ = named.reading.sentence(link.post.start)
    text = named.reading.text
    if link.status == "elected" and (verb := _VOTED.search(text, begin, link.post.start)):
        _add(named, link, "elected", verb.start(), link.mention.end)
    elif (
        link.status == "current"
        and text[link.post.end : link.post.end + 1] == ","
        and (verb := _APPOINTED_FIRST.search(text, begin, link.post.start))
        and not standing(text, begin, verb.start(), link.post.start)
    ):
        _add(named, link, "appointed", verb.start(), link.mention.end)


def _dismissed_by_name(named: Named) -> None:
    """`miễn nhiệm đối với ông A, nguyên Chủ tịch, và ông B, nguyên Giám đốc`."""
    text, past = named.reading.text, -1
    noted = {(link.mention.start, link.post.start): link for link in named.links}
    for (place, _), link in noted.items():
        begin, _end = named.reading.sentence(place)
        last = max(link.mention.end, link.post.end)
        taken = loss(named, link) if link.status == "former" else None
        if taken and not taken[1] and (verb := _LOSING.search(taken[0].group())):
            start = taken[0].start() + verb.start()
            if taken[0].start() >= last:
                last, start = taken[0].end(), min(place, link.post.start)
            _add(named, link, _WITH_TITLE[verb.group().lower()], start, last)
            past = begin
        elif past == begin and link.post.before == "nguyên" and _AND.search(text, begin, place):
            _add(named, link, "dismissed", place, link.post.end)


def _decision(named: Named, link: PostLink) -> None:
    text = named.reading.text
    begin, end = named.reading.sentence(link.mention.start)
    before = text[begin : _of_titles_before(named, link.mention)]
    between = text[link.mention.end : link.post.start]
    verb = _VERB_BEFORE.search(before)
    honorific = _HONORED.search(before)
    start = link.mention.start - (len(honorific.group()) if honorific else 0)
    if verb:
        start = begin + verb.start("verb")
    what = _what(link.status, verb["verb"].lower() if verb else "", between)
    own = MOVE.search(between) or _VOTED.search(between)
    last = between[_behind_last_title(named, link) - link.mention.end :]
    if link.status == "former" and (_LEAVES.fullmatch(last) or _leaves_too(named, link, last)):
        what = "released"
    elif link.status in ("current", "past") and _LEFT_FOR.search(between):
        what, own = "appointed", True  # type: ignore[assignment]
    if not what or "ứng viên" in between or (not own and standing(text, begin, start, end)):
        return
    _add(named, link, what, start, link.post.end)


def _of_titles_before(named: Named, mention: Mention) -> int:
    """Where the titles begin that stand right before a name, else the name."""
    start, text = mention.start, named.reading.text
    for post in reversed(named.posts):
        if post.end <= start and text[post.end : start] in (" ", ", ", " - "):
            start = post.start
    return start


def _leaves_too(named: Named, link: PostLink, last: str) -> bool:
    """`thôi giữ chức Phó Bí thư, Phó Chủ tịch UBND`: the second of the offices that are left."""
    return _AND_ALSO.fullmatch(last) is not None and any(
        fact.end == link.post.start - len(last)
        and isinstance(fact.value, Personnel)
        and (fact.value.what, fact.value.person) == ("released", link.mention.person)
        for fact in named.reading.facts
    )


def _behind_last_title(named: Named, link: PostLink) -> int:
    """Where the last title between a person and a post ends, else the name."""
    ends = [post.end for post in named.posts if link.mention.end < post.start < link.post.start]
    return max(ends, default=link.mention.end)


def _what(status: str, verb: str, between: str) -> str:
    if status == "not elected":
        return "not elected"
    if status == "candidate":
        return "nominated"
    if status == "elected":
        return "elected"
    if status == "former" and (
        taken := re.search(
            r"(?:(?:được|bị) (?:[^,.;:()]{2,40} )?|hình thức:? (?:kỷ luật )?)"
            r"(miễn|bãi|cách (?:chức|các|tất)|cho thôi)",
            between,
        )
    ):
        return "released" if taken[1] == "cho thôi" else "dismissed"
    if status in ("current", "past") and (
        (MOVE.match(verb) and GIVING.search(between)) or _APPOINTED.search(between)
    ):
        return "appointed"
    return ""


def _over(named: Named, link: PostLink) -> None:
    """A decision that names the title first: `miễn nhiệm chức vụ … đối với ông A`."""
    text = named.reading.text
    begin, _ = named.reading.sentence(link.post.start)
    verb = _DISMISSAL.search(text, begin, link.post.start)
    if verb is None and link.rule == "post-dismissed":
        # The second of `miễn nhiệm chức vụ … đối với ông A và … đối với ông B`.
        earlier = list(_TAKEN.finditer(text, begin, link.post.start))
        if earlier:
            what = _WITH_TITLE[earlier[-1].group().lower()]
            _add(named, link, what, link.post.start, link.mention.end)
    if verb is None and (link.rule, link.status) == ("post-shared", "elected"):
        _add(named, link, "elected", link.post.start, link.mention.end)
    if verb is None:
        return
    what = _WITH_TITLE[verb["verb"].lower()]
    _add(named, link, what, verb.start(), link.mention.end)


def _not_elected(named: Named) -> None:
    """Who failed, where no post is named."""
    titled = {link.mention.start for link in named.links if link.status == "not elected"}
    text = named.reading.text
    for mention in named.mentions:
        failed = re.compile(r" không (?:trúng cử|đắc cử)").match(text, mention.end)
        if failed and mention.start not in titled:
            honorific = _HONORED.search(text[max(0, mention.start - 9) : mention.start])
            start = mention.start - (len(honorific.group()) if honorific else 0)
            value = Personnel("not elected", mention.person)
            named.reading.add(value, start, failed.end(), _RULES["not elected"])


def _add(named: Named, link: PostLink, what: str, start: int, end: int) -> None:
    post = next(
        (
            fact.value
            for fact in named.reading.facts
            if fact.kind == "post"
            and fact.end == link.post.end
            and fact.value.person == link.mention.person  # type: ignore[union-attr]
        ),
        None,
    )
    title = post.title if post else f"{link.post.role} {link.post.body}".strip()  # type: ignore[union-attr]
    named.reading.add(Personnel(what, link.mention.person, title), start, end, _RULES[what])
