"""Who held an office before the one who is given it: `được bầu làm Chủ tịch … thay ông A`.

Inferred: the words say that the office was held, not until when. Of an office for which somebody is
only put up nothing follows.
"""

from __future__ import annotations

import re

from council.between import GIVES
from council.holding import Named, PostLink
from council.mentions import Mention
from council.names import WHOM

_HONORED = rf"(?:(?:người tiền nhiệm(?: là)?|{WHOM}) ){{1,2}}"
_BEFORE = re.compile(
    rf"\b(?:thay(?: thế)?(?: cho)?|kế nhiệm) {_HONORED}$|\bthay người tiền nhiệm $"
)
_SINCE = re.compile(
    r"(?! (?:dự|chủ trì|ký|phát biểu|trả lời|báo cáo))[^.;:]{0,60}?,? ?(?:để |nhằm |và )?$"
)
"""Between an office and `thay ông`: a term, a day, a number of votes."""
_GIVEN = re.compile(r"\b(?:bầu|bổ nhiệm|giữ|làm|nhận|trở thành|trúng cử|đắc cử|đảm nhiệm)\b")
_FOR_ANOTHER = re.compile(rf" (?:lên |được [^,.;:()]{{3,40}} )?thay(?: thế)?(?: cho)? {_HONORED}$")


def succeed(one: Named) -> None:
    """Add to the judged links of a passage those of who held the offices that others are given."""
    text = one.reading.text
    if "thay " not in text and "kế nhiệm" not in text:
        return
    for mention in one.mentions:
        begin, end = one.reading.sentence(mention.start)
        before = _BEFORE.search(text, max(begin, mention.start - 48), mention.start)
        if before is None:
            continue
        given = [
            link
            for link in one.links
            if begin <= link.post.start
            and link.post.end <= before.start()
            and link.mention is not mention
        ]
        if given and _is_given(text, given[-1], before.start()):
            _add(one, given[-1], mention)
        _take_over(one, mention, end)


def _is_given(text: str, link: PostLink, place: int) -> bool:
    """Whether a post is told as given, and nothing but its circumstances stand behind it."""
    words = text[min(link.mention.end, link.post.start) : max(link.mention.start, link.post.end)]
    return bool(
        link.status in ("elected", "current", "past", "acting")
        and not link.standing
        and (link.post.before == "tân" or _GIVEN.search(words))
        and _SINCE.fullmatch(text, link.post.end, place)
    )


def _take_over(one: Named, left: Mention, end: int) -> None:
    """`bầu ông B thay ông A giữ chức Chủ tịch`: the office is that of B."""
    text = one.reading.text
    taker = [m for m in one.mentions if m.end <= left.start][-1:]
    post = next((p for p in one.posts if left.end < p.start < end), None)
    if not taker or post is None or any(link.post is post for link in one.links):
        return
    gives = GIVES.fullmatch(text, left.end, post.start)
    if gives is None or not _FOR_ANOTHER.fullmatch(text, taker[0].end, left.start):
        return
    begin, _ = one.reading.sentence(taker[0].start)
    verb = re.search(r"\b(?:(giới thiệu|đề cử|dự kiến|sẽ)|(bầu))\b", text[begin : left.start])
    status = "current" if verb is None else "candidate" if verb[1] else "elected"
    link = PostLink(post, taker[0], status, "post-after")
    one.links.append(link)
    if status != "candidate":
        _add(one, link, left)


def _add(one: Named, given: PostLink, mention: Mention) -> None:
    held = any(
        link.mention.person == mention.person and link.post.start == given.post.start
        for link in one.links
    )
    if not held:
        one.links.append(PostLink(given.post, mention, "former", "post-succeeded", stated=False))
        one.links.sort(key=lambda link: (link.post.start, link.mention.start))
