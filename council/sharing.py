"""Posts of several people at once: one for a list, dealt out (lần lượt), or taken away."""

from __future__ import annotations

import re
from dataclasses import replace

from council.between import GIVES
from council.holding import BY_VOTES, Named, PostLink, in_a_list_of_elected, status_of
from council.mentions import Mention
from council.names import RUN, WHOM
from council.numbers import number_of
from council.posts import TO_LIST, Titled, shared_by
from council.titles import LEVEL

_COUNT = r"(?:(?:các|[Hh]ai|[Bb]a|[Bb]ốn|[Nn]ăm|\d{1,2}) )"
_DEALT = re.compile(
    r"(?:(?P<in_turn> lần lượt)? (?:(?:đã |vừa )?được bầu (?:bổ sung )?(?:giữ (?:các )?chức(?: vụ"
    r"| danh)?"
    r"|làm) |(?:đã |cùng |đều )?(?:trúng|đắc) cử (?:làm |chức(?: vụ| danh)? )?"
    r"|(?<=lượt )(?:giữ|là) (?:các )?(?:chức(?: vụ| danh)? )?"
    rf"|(?:đã |vừa |mới |chính thức )*trở thành (?:tân )?(?={_COUNT}))"
    r"|(?P<moved> (?:cùng |đều )?được (?:[^,.;:()]{3,40} )?(?:điều động,? |luân chuyển,? )?"
    r"(?:bổ nhiệm|phê chuẩn|phê duyệt) (?:giữ (?:các )?"
    r"(?:chức(?: vụ| danh)?) |làm ))"
    r"|(?P<named> được giới thiệu (?:để )?(?:ứng cử |bầu )?(?:vào |giữ )?(?:các )?"
    r"(?:chức vụ|chức danh|chức|vị trí) )"
    r"|(?P<all> (?:(?:tiếp tục )?tái (?:đắc )?cử (?:(?:chức(?: vụ| danh)?|vị trí) )?"
    r"|(?:tiếp tục )?(?:giữ chức(?: vụ| danh)? |làm ))))"
    rf"{_COUNT}?"
)
_HAS = re.compile(
    rf"(?<![\w/-])(?P<body>(?:HĐND|UBND)(?: {LEVEL})?(?: {RUN})?) (?:hiện |đang |hiện đang )?có $"
)
"""Whose the posts are that are counted: `UBND tỉnh có 3 phó chủ tịch gồm …`."""
_ALL_OF = re.compile(r"\b[Cc]ác (?:ông, bà|ông bà|đồng chí|ông|bà):? $")
_AND_LAST = re.compile(r"(?:^|\)|,) và (?:ông|bà|đồng chí) $")
"""Before the last of a row of names that are the subject of one verb."""
_OF_HOUSES = re.compile(r"\bdo (?:các )?(?:ông, bà|ông bà|đồng chí|ông|bà):? $")
"""Before a row of names whose houses stand before it: `Sở A, Sở B do các ông … làm giám đốc`."""
_NEXT = re.compile(r"(?: \([^()]{1,40}\))?(?:,? (?:và )?|; )(?:(?:ông|bà|đồng chí) )?")
_LISTED = re.compile(r"[:(]|\b(?:gồm|như)\b")
_ITEM_END = re.compile(r"[^;.]{0,90}; (?:và )?(?:(?:ông|bà|đồng chí) )?")
_HONORED_NEXT = re.compile(r"[^;.]{0,90}?(?:,|,? và) (?:ông|bà|đồng chí) ")
_HONORED_END = re.compile(r"[^;.]{0,120}; (?:và )?(?:ông|bà|đồng chí) ")
_ROW = re.compile(
    r"(?: ?\([^()]{1,60}\)| - (?!(?:giữ|làm|bầu)\b)[^,;.():]{3,60}?)?(?:,|;| và|,? và)? ?"
    r"(?:(?:ông|bà|đồng chí) )?"
)
_JOINED_TITLES = re.compile(
    r"(?:[ ,(–-]| khóa (?:\d{1,2}|[IVXL]+)|\))* và (?:(?:ông|bà|đồng chí) )?[ ,(–-]*"
)
_TITLES_ALONE = re.compile(r"[ ,(–)-]*")
_AND_HONORED = re.compile(r"(?: \([^()]{1,60}\))?(?:(?:,| và|, và) (?:ông|bà|đồng chí)| và) ")
_TOGETHER = re.compile(
    r"(?:^|[.;] |\n|\b(?:[Hh]ai|[Cc]ác|[Cc]ả|[23]|[Bb]a) )(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí) $"
)
"""Before the first of those who are the subject of one verb."""
_AND = re.compile(r"(?: \([^()]{1,40}\))?(?:,| và|, và) (?:(?:ông|bà|đồng chí) )?")
_CHOSEN = re.compile(r" (?:tái|trúng|đắc|tái đắc) cử\b")
_AND_TITLED = re.compile(
    r",? ?[^.;:]{3,90}?(?: \([^()]{1,50}\))? và (?:ông|bà|đồng chí|đại tá|thượng tá) "
)
_OF_COUNCIL = re.compile(r"(?:Phó )?[Cc]hủ tịch(?: [Tt]hường trực)?|[ỦUủu][ỷy] viên.*")
_BY_VOTE = re.compile(r"(?<!được )(?<!để )\bbầu(?: bổ sung)? ?$")
_ELECTS = re.compile(r"(?<!được )(?<!để )\bbầu(?: bổ sung)? (?:các )?(?:ông |bà |đồng chí )?$")
_ELECTS_WHOM = re.compile(
    r"(?<!được )(?<!để )\b[Bb]ầu(?: bổ sung)?(?: cho)? (?:các )?(?:ông|bà|đồng chí) "
)
_GIVEN_THEM = re.compile(r" (?:giữ (?:các )?(?:chức(?: vụ| danh)?) |làm |đảm nhiệm chức(?: vụ)? )")
_OTHER_VERB = re.compile(r"\b(?:bầu|thay|miễn nhiệm|giới thiệu|cho biết|nói|theo|là)\b|[:;“\"]")
_AND_WHOM = re.compile(r"(?:,| và|, và|\),?(?: và)?) (?:ông|bà|đồng chí|đại tá|thượng tá) $")
_DISMISSED = re.compile(
    r"\b(?:[Mm]iễn nhiệm|[Bb]ãi nhiệm|[Cc]ho thôi|[Bb]ãi miễn|[Cc]ách chức)(?: các)?"
    r"(?: (?:làm )?nhiệm vụ| chức vụ| chức danh| chức)?(?: giữ chức(?: vụ)?)? ?$"
)
_TITLES = re.compile(r"(?:, và|,| và)? ?(?:(?:giữ )?chức(?: vụ| danh)? )?")
_TO_OFFICE = re.compile(
    r"(?<!được )(?<!để )\bbầu(?: bổ sung)? (?P<office>(?:các )?chức vụ |chức danh |chức )?"
    r"(?:(?:thêm )?(?:hai|ba|bốn|năm|\d{1,2}) )?$"
)
_APPOINTS = re.compile(r"\b(?:bổ nhiệm|chuẩn y) (?:(?:giữ )?(?:chức vụ|chức danh|chức|vị trí) )?$")
_TO_WHOM = re.compile(rf"(?: nhiệm kỳ [\d -]+)?,? (?:cho|đối với|với) {WHOM}(?P<many> )")
_WITH = re.compile(rf"[^.;:]{{0,60}}?\b(?:đối )?với (?:các )?{WHOM}")
_FROM = re.compile(rf"[^.;]{{0,60}}?\b(?:đối với|với|của) (?:các )?{WHOM}(?:, bà)?(?P<many>:| )")


_COUNTED = re.compile(r"(?<!\w)(?P<number>[Hh]ai|[Bb]a|[Bb]ốn|[Nn]ăm|\d{1,2}) $")
_NO_LONGER = re.compile(
    r" (?:đã |hiện |nay )*(?:không còn|thôi|nghỉ|rời)(?: (?:làm việc|tiếp tục|công tác|chức|vị trí"
    r"|giữ chức|đảm nhiệm|nhiệm vụ))* ?[^.;:()]{0,60}:(?= )"
)
_HONORED = re.compile(r"(?:[:,;]|[,;]? và) (?:ông|bà|đồng chí) $")


def share(one: Named) -> None:
    """Add to the links of a passage those of titles that several people hold or lose."""
    if not (one.posts and one.mentions):
        return
    held = {link.post.start for link in one.links}
    pairs = {(link.post.start, link.mention.start): link for link in one.links}
    one.links += [*_shared(one, pairs), *_gone(one, pairs), *_dismissed(one, held)]
    one.links += _voted_in(one, {(link.post.start, link.mention.start) for link in one.links})
    dealt = _dealt(one)
    one.links += [*dealt, *_together(one)]
    one.links.sort(key=lambda link: (link.post.start, link.mention.start))


def _shared(one: Named, held: dict[tuple[int, int], PostLink]) -> list[PostLink]:
    """One title for a list: `các Phó Chủ tịch: A, B`."""
    text, result = one.reading.text, []
    starts = {mention.start for mention in one.mentions}
    for post in one.posts:
        several = shared_by(text, post)
        gap = TO_LIST.match(text, post.end)
        if several is None or gap is None or _deputies(post, gap):
            continue
        place = gap.end()
        before = text[max(0, post.start - 60) : post.start - len(several.group())]
        status = status_of(post)
        if (
            in_a_list_of_elected(one, post)
            or _BY_VOTE.search(before)
            or re.search(r"tái cử|được bầu", several.group() + gap.group())
        ):
            status = "elected"
        elif _DISMISSED.search(before):
            status = "former"
        if not post.body and (has := _HAS.search(before)):
            post = replace(post, body=has["body"])
        while (mention := next((m for m in one.mentions if m.start == place), None)) is not None:
            known = held.get((post.start, mention.start))
            if known is None:
                result.append(PostLink(post, mention, status, "post-shared"))
            elif status in ("elected", "former"):
                known.status, known.rule = status, "post-shared"
            steps = [_NEXT.match(text, mention.end)]
            if _LISTED.search(gap.group()):
                steps.append(_ITEM_END.match(text, mention.end))
            if re.search(r"\bgồm\b", gap.group()):
                steps.append(_HONORED_NEXT.match(text, mention.end))
            elif " là " in gap.group():
                steps.append(_HONORED_END.match(text, mention.end))
            ends = [step.end() for step in steps if step is not None]
            place = next((end for end in ends if end in starts), -1)
            if place < 0 and _CHOSEN.match(text, mention.end):
                for link in result:
                    link.status = "elected" if link.post.start == post.start else link.status
    return result


def _gone(one: Named, held: dict[tuple[int, int], PostLink]) -> list[PostLink]:
    """`Ba Phó Chủ tịch không còn …: ông A nghỉ hưu, bà B qua đời, ông C chuyển công tác`: as many
    as are counted."""
    text, result = one.reading.text, []
    for post in one.posts:
        gap = _NO_LONGER.match(text, post.end)
        counted = gap and _COUNTED.search(text, max(0, post.start - 6), post.start)
        if gap is None or counted is None:
            continue
        _, end = one.reading.sentence(post.start)
        named = [
            mention
            for mention in one.mentions
            if gap.end() <= mention.start < end
            and _HONORED.search(text, gap.end() - 1, mention.start)
        ]
        if len(named) == number_of(counted["number"].lower()):
            result += [
                PostLink(post, mention, "former", "post-shared")
                for mention in named
                if (post.start, mention.start) not in held
            ]
    return result


def _deputies(post: Titled, gap: re.Match[str]) -> bool:
    """Whether deputies in general are counted: `Bốn đại biểu … gồm các ông`."""
    return post.role == "đại biểu" and re.search(r" \(|\bgồm\b", gap.group()) is not None


def _dealt(one: Named) -> list[PostLink]:
    """As many titles as names: `A, B lần lượt giữ chức …, …`; one title for all of a row.

    Names and titles of which it is not clear which belong together are left alone.
    """
    result: list[PostLink] = []
    if len(one.mentions) < 2:
        return result
    if len(one.mentions) < 2 or not one.posts:
        return []
    for match in _DEALT.finditer(one.reading.text):
        begin, end = one.reading.sentence(match.start())
        names = _row_before(one, begin, match.start())
        posts = _posts_behind(one, match.end(), end)
        if len(names) < 2 or not posts:
            continue
        before = one.reading.text[begin : names[0].start]
        if match["moved"] and " và " not in one.reading.text[names[-2].end : names[-1].start]:
            continue
        if match["all"] and _OF_HOUSES.search(before) and all(post.is_bare for post in posts):
            one.links = [link for link in one.links if link.post not in posts]
            continue
        joined = _AND_LAST.search(one.reading.text, names[-2].end, names[-1].start)
        if match["all"] and not (joined or _ALL_OF.search(before) or _ELECTS.search(before)):
            continue
        status = (
            "elected"
            if BY_VOTES.search(before)
            or re.search(r"\bbầu\b|(?:tái|trúng|đắc) (?:đắc )?cử", before + match.group())
            else "current"
        )
        status = "candidate" if match["named"] else status
        if len(names) == len(posts):
            pairs = list(zip(names, posts, strict=True))
        elif len(posts) == 1 and not match["in_turn"]:
            pairs = [(mention, posts[0]) for mention in names]
        else:
            pairs = []
        one.links = [link for link in one.links if link.post not in posts]
        for mention, post in pairs:
            body = _body_behind(posts, post)
            titled = replace(post, body=body) if body else post
            result.append(PostLink(titled, mention, status, "post-dealt", not body))
    return result


def _together(one: Named) -> list[PostLink]:
    """`Hai ông A và B từng là …`: what a verb gives to the last of a row is all of theirs."""
    text, result = one.reading.text, []
    held = {(link.post.start, link.mention.start) for link in one.links}
    for link in one.links:
        if link.rule != "post-after" or not GIVES.match(
            text, link.mention.end, max(link.mention.end, link.post.start)
        ):
            continue
        begin, _ = one.reading.sentence(link.mention.start)
        row = [link.mention]
        for mention in [m for m in one.mentions if begin <= m.start < link.mention.start][::-1]:
            if not _AND.fullmatch(text, mention.end, row[0].start):
                break
            row.insert(0, mention)
        if len(row) > 1 and _TOGETHER.search(text[max(0, begin - 2) : row[0].start]):
            result += [
                replace(link, mention=mention, rule="post-dealt")
                for mention in row[:-1]
                if (link.post.start, mention.start) not in held
            ]
    return result


def _voted_in(one: Named, known: set[tuple[int, int]]) -> list[PostLink]:
    """Past their titles, those who are elected: `bầu ông A, Giám đốc …, và bà B, … làm Ủy viên`."""
    text, result = one.reading.text, []
    first_of_all = {mention.start: mention for mention in one.mentions}
    if not (one.mentions and one.posts):
        return []
    for match in _ELECTS_WHOM.finditer(text):
        begin, end = one.reading.sentence(match.start())
        first = first_of_all.get(match.end())
        giving = _GIVEN_THEM.search(text, match.end(), end)
        post = next((p for p in one.posts if giving and p.start == giving.end()), None)
        if (
            first is None
            or giving is None
            or post is None
            or _OTHER_VERB.search(text, match.end(), giving.start())
        ):
            continue
        within = [m for m in one.mentions if first.start < m.start < giving.start()]
        if all(_AND_WHOM.search(text, begin, m.start) for m in within):
            result += [
                PostLink(post, mention, "elected", "post-after")
                for mention in (first, *within)
                if (post.start, mention.start) not in known
            ]
    return result


def _body_behind(posts: list[Titled], post: Titled) -> str:
    """The body of a bare title in a row, which is told once: `Chủ tịch, Phó Chủ tịch HĐND quận`."""
    if post.body or not _OF_COUNCIL.fullmatch(post.role):
        return ""
    later = (other.body for other in posts if other.start > post.start and other.body)
    body = next(later, "")
    return body if body.startswith(("HĐND", "UBND", "Hội đồng", "Ủy ban", "Uỷ ban")) else ""


def _posts_behind(one: Named, place: int, end: int) -> list[Titled]:
    """The titles that stand in a row from a place on."""
    row: list[Titled] = []
    for post in one.posts:
        if post.start < place or post.end > end:
            continue
        if not _TITLES.fullmatch(one.reading.text[place : post.start]):
            break
        row.append(post)
        place = post.end
    return row


def _row_before(one: Named, begin: int, end: int) -> list[Mention]:
    row: list[Mention] = []
    for mention in [m for m in one.mentions if begin <= m.start and m.end <= end][::-1]:
        nearer = row[0].start if row else end + 1
        if not (
            _ROW.fullmatch(one.reading.text[mention.end : nearer])
            or _joined_by_titles(one, mention.end, nearer, _JOINED_TITLES if row else _TITLES_ALONE)
        ):
            break
        row.insert(0, mention)
    return row


def _row_from(one: Named, mentions: list[Mention], *, lone: bool) -> list[Mention]:
    """The first of some names, and those joined to it: `ông A và ông B`; of titles in a row each
    is one name's."""
    row = mentions[:1]
    for mention in mentions[1:]:
        between = one.reading.text[row[-1].end : mention.start]
        if between == " và " and not lone:
            break
        if not _AND_HONORED.fullmatch(between) and not _AND_TITLED.fullmatch(between):
            break
        row.append(mention)
    return row


def _joined_by_titles(one: Named, start: int, end: int, marks: re.Pattern[str]) -> bool:
    """Whether nothing but titles and marks stands between two places: `A, Bí thư và Giám đốc B`."""
    pieces, place = [], start
    for post in one.posts:
        if start <= post.start and post.end <= end:
            pieces.append(one.reading.text[place : post.start])
            place = post.end
    pieces.append(one.reading.text[place:end])
    return len(pieces) > 1 and marks.fullmatch("".join(pieces)) is not None


def _dismissed(one: Named, held: set[int]) -> list[PostLink]:
    """`miễn nhiệm … đối với ông A`, `đối với các ông: A, …; B`, `bầu chức danh … đối với ông A`."""
    text = one.reading.text
    result: list[PostLink] = []
    for post in one.posts:
        appointed = _APPOINTS.search(text, max(0, post.start - 30), post.start)
        elected = _TO_OFFICE.search(text, max(0, post.start - 24), post.start)
        again = result and text[result[-1].mention.end : post.start] in (" và ", ", ", "; ")
        if post.start in held or not (
            again
            or elected
            or appointed
            or _DISMISSED.search(text[max(0, post.start - 40) : post.start])
        ):
            continue
        losing = (_TO_WHOM if appointed else _FROM).match(text, post.end)
        if losing is None or (
            elected and not elected["office"] and not _WITH.match(text, post.end)
        ):
            continue
        _, end = one.reading.sentence(post.start)
        after = [m for m in one.mentions if losing.end() - 1 <= m.start and m.end <= end]
        many = losing["many"] == ":" or "các" in losing.group()
        lone = not any(text[post.end : other.start] in (", ", " và ") for other in one.posts)
        stop = re.search(r"; (?:bầu|miễn|bổ nhiệm)|\. ", text[losing.end() : end])
        limit = losing.end() + stop.start() if stop else end
        chosen = [m for m in after if m.start < limit] if many else _row_from(one, after, lone=lone)
        status, rule = ("elected", "post-given") if elected else ("former", "post-dismissed")
        if appointed:
            status, rule = "current", "post-given"
        result += [PostLink(post, mention, status, rule) for mention in chosen]
    return result
