"""The title (trích yếu) of a council paper: where the lines below its kind come to an end.

A title ends by layout and form, never by an ordinary word on its first line or behind a wrap: most
titles of plans begin as most openings do (`Thực hiện …`, `Xét …`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from crawler.extraction.attachments.tidy import bare

_MOST_LINES = 9
_HARD_END = re.compile(
    r"can cu\b|kinh gui|[-_–—*=]{3,}|cong ?hoa ?xa ?hoi|doc lap.{0,5}tu do|"
    r"[ivx]{1,5}\s?[.)]\s|\d{1,2}\s?[.)]\s|dieu \d{1,3}\s?[.:]|"
    r"(?:phan|chuong|muc) (?:thu |[ivx]{1,5}\b|\d)"
)
_OPENING = re.compile(
    r"thuc hien|xet |theo |nham |trong |sau khi|qua |ngay \d|"
    r"hoi dong nhan dan .{0,60}bao cao"
)
_TO = re.compile("để ", re.IGNORECASE)
_HANGS = re.compile(
    r"(?:\b(?:và|của|về|việc|cho|với|số|tại|do|từ|đến|theo|các|những|trong|trên|để|hoặc|giữa|"
    r"bằng|vào|ở)|[,/–-])$",
    re.IGNORECASE,
)
_OF_A_BODY = re.compile(
    r"(?:hoi dong nhan dan|uy ban|hdnd|ubnd|thuong truc|chu tich|quyet nghi|quyet dinh|doan |ban )"
)
_OF_A_SENTENCE = (".", ";", ":")
_LONG = 72
"""Letters of a line that runs across the page, as those of a body do."""


class PaperLine(NamedTuple):
    """A line of a page, where it starts, and whether an empty line stands above it."""

    text: str
    start: int
    is_apart: bool = False

    @property
    def is_capitals(self) -> bool:
        """Whether it is written in capitals."""
        letters = [letter for letter in self.text if letter.isalpha()]
        return len(letters) > 3 and sum(map(str.isupper, letters)) >= 0.85 * len(letters)


def title_lines(lines: Sequence[PaperLine]) -> list[PaperLine]:
    """The lines of a title, of the lines that follow the heading of a paper."""
    held: list[PaperLine] = []
    for at, line in enumerate(lines[:_MOST_LINES]):
        if _HARD_END.match(bare(line.text)):
            break
        if line.is_capitals:
            if _OF_A_BODY.match(bare(line.text)) or (held and not held[-1].is_capitals):
                break
        elif (held and held[-1].is_capitals) or _begins_the_body(lines[at:], held):
            break
        held.append(line)
    return held


def _begins_the_body(lines: Sequence[PaperLine], held: Sequence[PaperLine]) -> bool:
    line = lines[0]
    opens = bool(_OPENING.match(bare(line.text)) or _TO.match(line.text))
    if not held:
        return opens and _is_a_sentence(lines)
    if not line.text[0].isupper() or _HANGS.search(held[-1].text):
        return False
    return line.is_apart or opens or len(line.text) > _LONG or _is_a_sentence(lines)


def _is_a_sentence(lines: Sequence[PaperLine]) -> bool:
    """Whether what begins here, with the lines that go on in small letters, ends as a sentence."""
    end = 1
    while end < min(len(lines), _MOST_LINES) and not lines[end - 1].text.endswith(_OF_A_SENTENCE):
        if not (lines[end].text[0].islower() or lines[end].text[0].isdigit()):
            break
        end += 1
    return lines[end - 1].text.endswith(_OF_A_SENTENCE)
