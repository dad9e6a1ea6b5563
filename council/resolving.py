"""Who is meant: full names, their repeats, given names.

Given names resolve only within their article, to the person named last. Nothing is merged by
likeness alone: a citizen and an officer of one name are two people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from council.holding import Named
from council.mentions import Mention
from council.names import PLACE_WORD, name_key

_FOREMOST = ("Y", "H'", "A")
"""What stands before the given name of a person of the highlands: Y Nưng Niê is Y Nưng."""
_IN_WORD = re.compile(r"\w")
_CAPITAL_BEHIND = re.compile(r" [A-ZĐ]")
_CAPITAL_BEFORE = re.compile(r"[A-ZĐ]\w* $")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def resolve(named: list[Named]) -> None:
    """Give each mention its full name; a given name that nobody bears here is dropped."""
    known: dict[str, Mention] = {}
    mentions = [mention for one in named for mention in one.mentions]
    for mention in sorted(mentions, key=lambda mention: len(mention.words) == 2):
        if len(mention.words) > 1 and not (
            len(mention.words) == 2 and _bearer(mention, list(known.values()))
        ):
            known.setdefault(_identity(mention), mention)
    recent: list[Mention] = []
    for one in named:
        _add_repeats(one, known)
        kept = []
        for mention in one.mentions:
            identity = _identity(mention)
            if identity in known:
                mention.person = known[identity].name
                mention.how = "full" if known[identity] is mention else "repeat"
                recent = [other for other in recent if other.person != mention.person]
                recent.append(mention)
                kept.append(mention)
                continue
            bearer = _bearer(mention, recent[::-1]) or _bearer(mention, list(known.values()))
            if bearer is not None and len(mention.words) < 3:
                mention.person = bearer.person or bearer.name
                mention.how = "title" if mention.by == "title" else "given"
                kept.append(mention)
        one.mentions = kept


def _identity(mention: Mention) -> str:
    return name_key(mention.name) + (" (citizen)" if mention.citizen else "")


def _bearer(mention: Mention, people: list[Mention]) -> Mention | None:
    """The first of the people whose name ends in this one, and whose honorific agrees."""
    given = mention.words
    for person in people:
        if person is mention or len(person.words) <= len(given):
            continue
        known = person.words[-len(given) :]
        if given[0] in _FOREMOST and len(given) == 2:
            known = person.words[:2]
        if name_key(" ".join(known)) != name_key(mention.name):
            continue
        exact = known[-1].lower() == given[-1].lower()
        if mention.gender and person.gender and mention.gender != person.gender:
            continue
        if exact or _same_letters(known[-1], given[-1]):
            return person
    return None


def _same_letters(one: str, other: str) -> bool:
    """Whether two given names are one up to the place of the tone or a slip (Phuợng, Phượng)."""
    return name_key(one) == name_key(other) and _tones(one) == _tones(other)


def _tones(word: str) -> frozenset[str]:
    return _TONES & set(normalize("NFD", word))


def _places_of(name: str, text: str) -> Iterator[int]:
    """Where a name stands in a text as words of its own."""
    start = text.find(name)
    while start >= 0:
        if not (start and _IN_WORD.match(text, start - 1)) and not _IN_WORD.match(
            text, start + len(name)
        ):
            yield start
        start = text.find(name, start + 1)


def _add_repeats(one: Named, known: dict[str, Mention]) -> None:
    """Full names that stand again without an honorific."""
    text = one.reading.passage.text
    for name in {mention.name for mention in known.values()}:
        for start in _places_of(name, text):
            end = start + len(name)
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
            one.mentions.append(Mention(start, end, name, by="again"))
    one.mentions.sort(key=lambda mention: mention.start)
