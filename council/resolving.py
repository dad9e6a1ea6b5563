"""Who is meant: full names, their repeats, given names.

Given names resolve only within their article, to the person named last. Nothing is merged by
likeness alone: a citizen and an officer of one name are two people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from unicodedata import normalize

from council.holding import Named
from council.mentions import Mention
from council.names import PLACE_WORD, name_key

_FOREMOST = ("Y", "H'", "A")
"""What stands before the given name of a person of the highlands: Y Nưng Niê is Y Nưng."""
_IN_WORD = re.compile(r"\w+")
_CAPITAL_BEHIND = re.compile(r" [A-ZĐ]")
_CAPITAL_BEFORE = re.compile(r"[A-ZĐ]\w* $")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def resolve(named: list[Named]) -> None:
    """Give each mention its full name; a given name that nobody bears here is dropped."""
    known: dict[str, Mention] = {}
    everyone, recent = _Bearers(), _Bearers()
    mentions = [mention for one in named for mention in one.mentions]
    for mention in sorted(mentions, key=lambda mention: len(mention.words) == 2):
        identity = _identity(mention)
        if (
            len(mention.words) > 1
            and identity not in known
            and not (len(mention.words) == 2 and everyone.first(mention))
        ):
            known[identity] = mention
            everyone.put(identity, mention)
    names = _Names.of(mention.name for mention in known.values())
    for one in named:
        _add_repeats(one, names)
        kept = []
        for mention in one.mentions:
            identity = _identity(mention)
            if identity in known:
                mention.person = known[identity].name
                mention.how = "full" if known[identity] is mention else "repeat"
                recent.put(mention.person, mention)
                kept.append(mention)
                continue
            bearer = recent.last(mention) or everyone.first(mention)
            if bearer is not None and len(mention.words) < 3:
                mention.person = bearer.person or bearer.name
                mention.how = "title" if mention.by == "title" else "given"
                kept.append(mention)
        one.mentions = kept


def _identity(mention: Mention) -> str:
    return name_key(mention.name) + (" (citizen)" if mention.citizen else "")


class _Bearers:
    """People by what their names end in, in the order in which they were put last."""

    def __init__(self) -> None:
        self._by_part: dict[tuple[bool, str], dict[str, Mention]] = {}

    def put(self, identity: str, person: Mention) -> None:
        """Add a person, or move one behind all others."""
        words = person.words
        parts = [(False, words[-count:]) for count in range(1, len(words))]
        for from_start, part in [*parts, (True, words[:2])]:
            people = self._by_part.setdefault((from_start, name_key(" ".join(part))), {})
            people.pop(identity, None)
            people[identity] = person

    def first(self, given: Mention) -> Mention | None:
        """The first of the people whose name ends in this one, and whose honorific agrees."""
        return next((one for one in self._of(given).values() if _may_be(one, given)), None)

    def last(self, given: Mention) -> Mention | None:
        """The last of them."""
        people = reversed(self._of(given).values())
        return next((one for one in people if _may_be(one, given)), None)

    def _of(self, given: Mention) -> dict[str, Mention]:
        return self._by_part.get((_is_foremost(given), name_key(given.name)), {})


def _is_foremost(given: Mention) -> bool:
    return len(given.words) == 2 and given.words[0] in _FOREMOST


def _may_be(person: Mention, given: Mention) -> bool:
    """Whether a given name may be that of a person whose name has its folded letters."""
    if person is given or len(person.words) <= len(given.words):
        return False
    if given.gender and person.gender and given.gender != person.gender:
        return False
    word = person.words[1 if _is_foremost(given) else -1]
    return word.lower() == given.words[-1].lower() or _same_letters(word, given.words[-1])


def _same_letters(one: str, other: str) -> bool:
    """Whether two given names are one up to the place of the tone or a slip (Phuợng, Phượng)."""
    return name_key(one) == name_key(other) and _tones(one) == _tones(other)


def _tones(word: str) -> frozenset[str]:
    return _TONES & set(normalize("NFD", word))


class _Names(NamedTuple):
    """Full names, with their first words and their lengths, so that a text is looked through once
    for all of them."""

    names: frozenset[str]
    firsts: frozenset[str]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, names: Iterable[str]) -> _Names:
        every = frozenset(names)
        firsts = frozenset(first.group() for name in every if (first := _IN_WORD.match(name)))
        return cls(every, firsts, tuple(sorted({len(name) for name in every}, reverse=True)))

    def places_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where they stand as words of their own, each from its start to its end."""
        for word in _IN_WORD.finditer(text) if self.names else ():
            start = word.start()
            for length in self.lengths if word.group() in self.firsts else ():
                end = start + length
                inside = end <= len(text) and text[start:end] in self.names
                if inside and not _IN_WORD.match(text, end):
                    yield start, end


def _add_repeats(one: Named, names: _Names) -> None:
    """Full names that stand again without an honorific."""
    text = one.reading.passage.text
    for start, end in names.places_in(text):
        if any(m.start < end and start < m.end for m in one.mentions):
            continue
        if any(p.start < end and start < p.end for p in one.posts):
            continue
        before = text[max(0, start - 16) : start]
        if (
            PLACE_WORD.search(before)
            or _CAPITAL_BEHIND.match(text, end)
            or _CAPITAL_BEFORE.search(before)
        ):
            continue
        one.mentions.append(Mention(start, end, text[start:end], by="again"))
    one.mentions.sort(key=lambda mention: mention.start)
