"""Who chairs an event: named in its sentence, or in one of the next."""

from __future__ import annotations

import re
from dataclasses import dataclass

from council.holding import Named
from council.mentions import Mention
from council.model import DatedPeriod

_CHAIR = re.compile(
    r"(?<!đề nghị )(?<!yêu cầu )(?<!của )(?<!mời )(?<!oàn )"
    r"(?:đồng )?(?:chủ trì|chủ tọa|điều hành)|làm [Tt]rưởng đoàn|, Trưởng đoàn|dẫn đầu"
)
_UNDER = re.compile(r"dưới sự (?:chủ trì|chủ tọa|điều hành)(?:,? điều hành| và điều hành)? của ")
_CHAIRS_ARE = re.compile(
    r"(?:Dự và )?(?:[Đđ]ồng )?[Cc]hủ (?:trì|tọa)"
    r"(?: (?:[Hh]ội nghị|[Kk]ỳ họp|[Pp]hiên họp|[Bb]uổi \w+(?: \w+)?))?"
    r" (?:có|gồm|là) "
)
_CHAIR_IS = re.compile(
    r"\b[Cc]hủ (?:tọa|trì)(?: (?:[Kk]ỳ họp|[Pp]hiên \w+|[Hh]ội nghị))? ?(?:-|,| là) "
    r"(?:(?:đồng chí|ông|bà) )?"
)
"""`Chủ tọa kỳ họp - Chủ tịch HĐND quận Lê Văn Tám`."""
_EVENT_SUBJECT = re.compile(
    r"(?:Hội nghị|Kỳ họp|Phiên họp|Phiên giải trình|Phiên chất vấn|Đoàn(?: giám sát| khảo sát)?"
    r"|Buổi \w+|Cuộc \w+|Cùng|(?:Đồng c|C)hủ (?:trì|tọa)|Dự và chủ trì)\b"
)


@dataclass(slots=True)
class Sentence:
    """A sentence of a passage, and what the passage says of people."""

    named: Named
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its characters, in one spelling."""
        return self.named.reading.text[self.start : self.end]


def chairs_of(sentence: Sentence, following: list[Sentence]) -> tuple[str, ...]:
    """Who chairs the event of a sentence, named there or, of the event still, in the next ones."""
    own = _chairs_in(sentence)
    if own:
        return own
    for later in following:
        text = later.text
        own_day = any(
            isinstance(fact.value, DatedPeriod) and fact.value.unit == "day"
            for fact in later.named.reading.found(DatedPeriod, later.start, later.end)
        )
        if own_day or later.named.reading.passage.field != sentence.named.reading.passage.field:
            return ()
        starts = {m.start for m in later.named.mentions} | {p.start for p in later.named.posts}
        begins = _EVENT_SUBJECT.match(text) or any(
            later.start <= start <= later.start + 18 for start in starts
        )
        if begins and (found := _chairs_in(later)):
            return found
    return ()


def _chairs_in(sentence: Sentence) -> tuple[str, ...]:
    text, start = sentence.named.reading.text, sentence.start
    under = _UNDER.search(text, start, sentence.end)
    if under is not None:
        return tuple(_row(sentence.named, under.end(), sentence.end))[:3]
    listed = _CHAIRS_ARE.match(text, start, sentence.end)
    if listed is not None:
        return tuple(_row(sentence.named, listed.end(), sentence.end))[:4]
    if (named := _CHAIR_IS.search(text, start, sentence.end)) is not None:
        ends = {named.end()} | {
            post.end + 1 for post in sentence.named.posts if post.start == named.end()
        }
        for mention in sentence.named.mentions:
            if mention.start in ends:
                return (mention.person,)
    chair = _CHAIR.search(text, start, sentence.end)
    if chair is None:
        return ()
    begins = [
        m.end() for m in re.finditer(r"(?:\bdo |; |: “|, bà con )", text[start : chair.start()])
    ]
    left = start + (begins[-1] if begins else 0)
    people = []
    for mention in sentence.named.mentions:
        if left <= mention.start and mention.end <= chair.start():
            before = text[max(start, mention.start - 40) : mention.start]
            if re.search(r"(?:ủy quyền|chỉ đạo|đại diện|thay mặt)[^,;]*$", before):
                continue
            people.append(mention)
    return tuple(dict.fromkeys(mention.person for mention in _together(sentence.named, people)))


def _together(named: Named, people: list[Mention]) -> list[Mention]:
    """Of several people before the verb those that are one subject: the last, joined ones."""
    kept = people[-1:]
    for mention in people[-2::-1]:
        between = named.reading.text[mention.end : kept[0].start]
        if re.search(r"\b(?:dự|phát biểu|cho biết|tham dự|cùng dự|nêu|đã)\b|\. ", between):
            break
        kept.insert(0, mention)
    return kept


def _row(named: Named, start: int, end: int) -> list[str]:
    return [m.person for m in named.mentions if start <= m.start and m.end <= end]
