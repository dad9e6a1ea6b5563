"""Whom `Ông` and `Bà` stand for, before a post that they have: `Ông từng làm Phó Chủ tịch`.

Only where it is plain: the sentence names one person before the pronoun, or else the sentence
before names one and nobody else. Where two could be meant, nobody is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from council.between import GIVES, LATER
from council.holding import Named
from council.mentions import Mention

_PRONOUN = re.compile(
    r"(?=[ÔôBb])(?:(?<=^)|(?<=[.?!;”\"] )|(?<=, )|(?<=\n)|(?<=Hiện )|(?<=Hiện nay ))"
    r"(?P<word>Ông|Bà|ông|bà)(?P<this> này)?(?= [a-zà-ỹđ])"
)
_SPOKEN_OF = re.compile(r"\b(?:[Ôô]ng|[Bb]à) [a-zà-ỹđ]")
_QUOTED = re.compile(r"[\"“”]")


def stand_for(named: list[Named]) -> None:
    """Find the pronouns of an article that have a post, and give each the person it stands for."""
    women = {m.person for one in named for m in one.mentions if _gender(m) == "w"}
    men = {m.person for one in named for m in one.mentions if _gender(m) == "m"} - women
    meant: str | None = None
    for one in named:
        if one.reading.passage.field not in ("lead", "body"):
            meant = None
            continue
        for begin, end in one.reading.sentences:
            mentions = [m for m in one.mentions if begin <= m.start < end]
            for match in _posts_of_pronouns(one, begin, end):
                others = women if match["word"].lower() == "ông" else men
                before = {m.person for m in mentions if m.start < match.start()}
                whom = _only(before) if before else meant
                if whom is not None and whom not in others:
                    pronoun = Mention(match.start(), match.end(), match["word"], person=whom)
                    pronoun.how = "pronoun"
                    one.pronouns.append(pronoun)
            if mentions:
                meant = _only({m.person for m in mentions})
            elif any(begin <= post.start < end for post in one.posts) and not _SPOKEN_OF.search(
                one.reading.text, begin, end
            ):
                # Someone is spoken of by an office alone.
                meant = None


def _posts_of_pronouns(one: Named, begin: int, end: int) -> Iterator[re.Match[str]]:
    starts = {post.start for post in one.posts}
    if not starts:
        return
    for match in _PRONOUN.finditer(one.reading.text, begin, end):
        text = one.reading.text
        gives = GIVES.match(text, match.end(), end) or LATER.match(text, match.end(), end)
        quoted = len(_QUOTED.findall(text, 0, match.start())) % 2
        if gives and not quoted and any(match.end() < start for start in starts):
            yield match


def _only(people: Iterable[str]) -> str | None:
    found = list(people)
    return found[0] if len(found) == 1 else None


def _gender(mention: Mention) -> str:
    return mention.gender or ("w" if "Thị" in mention.person.split()[1:-1] else "")
