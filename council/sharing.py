"""Posts of several people at once: one for a list, dealt out (lần lượt), or taken away."""

from __future__ import annotations

import re

from council.holding import Link, Named, status_of
from council.mentions import Mention

_SEVERAL = re.compile(r"\b(?:[Cc]ác|[Hh]ai) (?:đồng chí )?(?:nguyên )?$")
_DEALT = re.compile(
    r" lần lượt (?:được bầu (?:giữ (?:các )?chức(?: vụ| danh)?|làm) "
    r"|(?:giữ|là) (?:các )?(?:chức(?: vụ| danh)? )?)"
)
_TO_FIRST = re.compile(r"(?:: ?| là | )(?:(?:ông|bà|đồng chí) )?")
_NEXT = re.compile(r"(?: \([^()]{1,40}\))?(?:,? (?:và )?|; )(?:(?:ông|bà|đồng chí) )?")
_ROW = re.compile(r"(?:,|;| và|,? và)? ?(?:(?:ông|bà|đồng chí) )?")
_DISMISSED = re.compile(
    r"\b(?:miễn nhiệm|bãi nhiệm|cho thôi|bãi miễn)(?: (?:làm )?nhiệm vụ| chức vụ| chức danh"
    r"| chức)?(?: giữ chức(?: vụ)?)? ?$"
)
_FROM = re.compile(
    r"[^.;]{0,60}?\b(?:đối với|của) (?:các )?(?:ông|bà|đồng chí|đ/c)(?:, bà)?(?P<many>:| )"
)


def share(one: Named) -> None:
    """Add to the links of a passage those of titles that several people hold or lose."""
    held = {link.post.start for link in one.links}
    pairs = {(link.post.start, link.mention.start) for link in one.links}
    one.links += [*_shared(one, pairs), *_dismissed(one, held)]
    for link in _dealt(one):
        one.links = [other for other in one.links if other.post is not link.post]
        one.links.append(link)
    one.links.sort(key=lambda link: (link.post.start, link.mention.start))


def _shared(one: Named, held: set[tuple[int, int]]) -> list[Link]:
    """One title for a list: `các Phó Chủ tịch: A, B`."""
    text, result = one.reading.text, []
    for post in one.posts:
        if not _SEVERAL.search(text[max(0, post.start - 20) : post.start]):
            continue
        gap = _TO_FIRST.match(text, post.end)
        place = gap.end() if gap else post.end
        while (mention := next((m for m in one.mentions if m.start == place), None)) is not None:
            if (post.start, mention.start) not in held:
                result.append(Link(post, mention, status_of(post), "post-shared"))
            step = _NEXT.match(text, mention.end)
            place = step.end() if step else -1
    return result


def _dealt(one: Named) -> list[Link]:
    """As many titles as names: `A, B lần lượt giữ chức …, …`."""
    result: list[Link] = []
    for match in _DEALT.finditer(one.reading.text):
        begin, end = one.reading.sentence(match.start())
        names = _row_before(one, begin, match.start())
        posts = [p for p in one.posts if match.end() <= p.start and p.end <= end]
        if len(names) == len(posts) > 1:
            status = "elected" if "bầu" in match.group() else "current"
            pairs = zip(names, posts, strict=True)
            result += [Link(post, mention, status, "post-dealt") for mention, post in pairs]
    return result


def _row_before(one: Named, begin: int, end: int) -> list[Mention]:
    row: list[Mention] = []
    for mention in [m for m in one.mentions if begin <= m.start and m.end <= end][::-1]:
        nearer = row[0].start if row else end + 1
        if not _ROW.fullmatch(one.reading.text[mention.end : nearer]):
            break
        row.insert(0, mention)
    return row


def _dismissed(one: Named, held: set[int]) -> list[Link]:
    """`miễn nhiệm … đối với ông A`, `đối với các ông: A, …; B`."""
    text = one.reading.text
    result: list[Link] = []
    for post in one.posts:
        again = result and text[result[-1].mention.end : post.start] in (" và ", ", ", "; ")
        if post.start in held or not (
            again or _DISMISSED.search(text[max(0, post.start - 40) : post.start])
        ):
            continue
        losing = _FROM.match(text, post.end)
        if losing is None:
            continue
        _, end = one.reading.sentence(post.start)
        after = [m for m in one.mentions if losing.end() - 1 <= m.start and m.end <= end]
        many = losing["many"] == ":" or "các" in losing.group()
        stop = re.search(r"; (?:bầu|miễn|bổ nhiệm)|\. ", text[losing.end() : end])
        limit = losing.end() + stop.start() if stop else end
        chosen = [m for m in after if m.start < limit] if many else after[:1]
        result += [Link(post, mention, "former", "post-dismissed") for mention in chosen]
    return result
