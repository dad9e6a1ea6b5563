"""A passage made ready for the rules: one spelling, its sentences, what has been found so far.

The rules see every dash and slash as the one of a keyboard and the tone where old spelling puts it
(`uỷ` as `ủy`, `hoà` as `hòa`): no offset changes by that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from council.model import Council, Fact, Value, VersionPassage, VersionText
from council.titles import post
from indexer.language.text import plain_signs

_OPEN = re.compile(r"(?:(?<=o)[àáảãạèéẻẽẹ]|(?<=[uU])[ỳýỷỹỵ])(?!\w)")
_PAIR = re.compile(r"(o[àáảãạèéẻẽẹ]|(?<![qQ])[uU][ỳýỷỹỵ])(?!\w)")
_MOVED = {
    **dict(zip(("oà", "oá", "oả", "oã", "oạ"), ("òa", "óa", "ỏa", "õa", "ọa"), strict=True)),
    **dict(zip(("oè", "oé", "oẻ", "oẽ", "oẹ"), ("òe", "óe", "ỏe", "õe", "ọe"), strict=True)),
    **dict(zip(("uỳ", "uý", "uỷ", "uỹ", "uỵ"), ("ùy", "úy", "ủy", "ũy", "ụy"), strict=True)),
    **dict(zip(("Uỳ", "Uý", "Uỷ", "Uỹ", "Uỵ"), ("Ùy", "Úy", "Ủy", "Ũy", "Ụy"), strict=True)),
}
_BROKEN = re.compile(r"(?<=[^\n.:;])\n(?=[a-zà-ỹđ(\d])")
_END = re.compile(
    r"\n\s*|"
    r"[.?!…](?<!\bTP\.)(?<!\bP\.)(?<!\bQ\.)(?<!\bTS\.)(?<!\bThS\.)(?<!\bGS\.)(?<!\bBS\.)(?<!\bTr\.)"
    r"[.?!…]*[”\"')]*\s+(?=[\"“'(]?\s?[A-ZÀ-ỸĐ\d])"
)


def one_spelling(text: str) -> str:
    """The text (NFC) with plain signs, the tone on the first of two open vowels, and a space where
    a line was broken within a sentence."""
    text = plain_signs(text)
    if "\n" in text:
        text = _BROKEN.sub(" ", text)
    return _PAIR.sub(lambda pair: _MOVED[pair.group()], text) if _OPEN.search(text) else text


_AT_ONCE = 6000
"""Characters that are read at once: rules compare what stands in a passage with each other."""


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the pieces that a text is read in: one, unless it is longer than a page.

    A piece ends with a sentence, else with a word, so that the work grows with the length only.
    """
    start = 0
    while len(text) - start > _AT_ONCE:
        limit = start + _AT_ONCE
        ends = [match.end() for match in _END.finditer(text, start, limit)]
        end = ends[-1] if ends else text.rfind(" ", start, limit) + 1
        end = end if end > start else limit
        yield start, end
        start = end
    yield start, len(text)


@dataclass
class PassageReading:
    """A passage, or a piece of a long one, while it is read; `facts` is what was found in it.

    Places are counted from `begin`, where the piece begins in its passage.
    """

    index: int
    passage: VersionPassage
    whole: VersionText
    text: str
    begin: int = 0
    facts: list[Fact] = field(default_factory=list)

    @property
    def council(self) -> Council | None:
        """The council whose site it is."""
        return self.whole.council

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each sentence, without the space between them."""
        starts = [0, *(match.end() for match in _END.finditer(self.text))]
        ends = [*starts[1:], len(self.text)]
        return tuple(
            (start, start + len(self.text[start:end].rstrip()))
            for start, end in zip(starts, ends, strict=True)
        )

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def titles(self) -> tuple[re.Match[str], ...]:
        """The titles of the passage, whoever bears them."""
        return tuple(post().finditer(self.text))

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence that an offset is in."""
        return self.sentences[max(0, bisect_right(self._starts, place) - 1)]

    def add(self, value: Value, start: int, end: int, rule: str, *, stated: bool = True) -> None:
        """Note a fact."""
        self.facts.append(Fact(value, self.index, start, end, rule, stated))

    def found(self, kind: type, start: int = 0, end: int | None = None) -> Iterator[Fact]:
        """The facts of a kind within a stretch, in the order they were noted."""
        last = len(self.text) if end is None else end
        for fact in self.facts:
            if type(fact.value) is kind and start <= fact.start and fact.end <= last:
                yield fact
