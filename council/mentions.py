"""Where people are named in a passage: by an honorific, by a title, in a list, or again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from council.councils import RANK
from council.names import (
    DEGREES,
    HONORIFIC,
    MEN,
    PLACE_WORD,
    PRIVATE,
    PUBLIC,
    RUN,
    WOMEN,
    WORD,
    abroad,
    is_name,
    is_no_person,
    is_surname,
)
from council.posts import MORE, TO_LIST, Titled, shared_by
from council.reader import PassageReading
from indexer.language.vietnamese import fold

_HONORED = re.compile(HONORIFIC + rf"(?P<run>{RUN})")
_RUN = re.compile(RUN)
_BETWEEN = re.compile(
    rf"(?P<more>{MORE})?"
    r"(?::| -|,)? ?(?:(?:các )?(?P<honorific>ông|bà|đồng chí|đ/c|anh|chị|là|TS\.?|PGS\.?TS\.?)"
    r"(?: (?:ông|bà))? )?"
)
_TRIGGER = re.compile(
    r"(?:[Cc]ác )?(?:đồng chí|ông, bà|ông bà|ông|bà|đại biểu)(?: sau| gồm| là)?: ?"
    rf"|(?:[Cc]ác (?:đồng chí|ông, bà|ông bà|ông|bà|đại biểu(?: HĐND(?: {RANK})?)?)|ông, bà) "
    r"|gồm(?: có)?:? (?:các )?(?:đồng chí:?|ông, bà:?|ông:?|bà:?) "
)
_ITEM = re.compile(rf"(?:(?:đồng chí|ông|bà|Đồng chí|(?:Ông|Bà)(?! Thị| Ích)):? )?(?P<run>{RUN})")
_OTHER = re.compile(
    rf"(?:, | và |, và )(?P<run>{WORD}(?: {WORD}){{2,3}})(?=[,;.(]| -| và | [(a-zđ])"
    rf"|(?: \([^()]{{1,40}}\))(?:, | và |, và )(?P<in_row>{WORD}(?: {WORD}){{1,3}})(?= \()"
)
_NEXT = re.compile(r"(?: \([^()]{1,40}\))?(?:[,;] (?:và )?| và | cùng )")
_VOWEL = re.compile(r"[aeiouy]")
"""In every name that is written out: `bà Trần Thị Th.` is to remain unnamed."""
_HYPHENED = re.compile(r"-[a-zà-ỹđ]")
"""Behind a run of capitals: a name of another language goes on (Kim Jong-un)."""
_STOP = frozenset(
    ["Chủ", "Bí", "Giám", "Trưởng", "Ủy", "Chánh", "Tổ", "Đội", "Hiệu", "Thường", "Tổng"]
)


_GIVEN_TOO = frozenset(["Chánh", "Trưởng", "Thường"])
_MIDDLE = frozenset(["Thị", "Ích", "Văn", "Đình", "Ngọc", "Minh", "Thanh", "Xuân", "Kim"])
"""Behind the surname Ông; before another word it is an honorific: Ông Men Pholly."""
_OF_TITLE = re.compile(r" (?:văn phòng|án|thanh tra|ban|phòng|đoàn|công an|trực|vụ)\b")


@dataclass(slots=True)
class Mention:
    """A name as it stands in a passage: `name` as written there, `person` as it is resolved."""

    start: int
    end: int
    name: str
    honorific: str = ""
    person: str = ""
    how: str = "full"
    by: str = "honorific"

    @property
    def words(self) -> list[str]:
        """The syllables of the name as written."""
        return self.name.split()

    @property
    def gender(self) -> str:
        """`w`, `m` or nothing known."""
        return "w" if self.honorific in WOMEN else "m" if self.honorific in MEN else ""

    @property
    def citizen(self) -> bool:
        """Whether the word before the name marks a citizen."""
        return self.honorific in PRIVATE

    @property
    def in_office(self) -> bool:
        """Whether the word before the name marks an office."""
        return self.honorific in {word.lower() for word in PUBLIC}

    @property
    def learned(self) -> bool:
        """Whether the word before the name is a degree."""
        return self.honorific in {word.lower() for word in DEGREES}


def full_names(
    reading: PassageReading, posts: list[Titled], places: frozenset[str]
) -> list[Mention]:
    """The full names of a passage, and the given names after an honorific or a title."""
    found: dict[int, Mention] = {}
    for post in posts:
        _after_title(reading, post, places, found)
        _before_title(reading, post, places, found)
    for match in _HONORED.finditer(reading.text):
        _honored(reading, match, places, found)
    for match in _TRIGGER.finditer(reading.text):
        _list(reading, match.end(), posts, found)
    for mention in list(found.values()):
        _others(reading, mention.end, found)
    mentions = sorted(found.values(), key=lambda mention: mention.start)
    kept: list[Mention] = []
    for mention in mentions:
        if kept and mention.start < kept[-1].end:
            continue
        if any(p.start < mention.end and mention.start < p.end for p in posts):
            continue
        kept.append(mention)
    return kept


def _after_title(
    reading: PassageReading, post: Titled, places: frozenset[str], found: dict[int, Mention]
) -> None:
    """The name right behind a title: `Chủ tịch HĐND quận Phó Đức Nhuận`."""
    text = reading.text
    if shared_by(text, post):
        to_list = TO_LIST.match(text, post.end)
        if to_list is not None and to_list.group().strip():
            _list(reading, to_list.end(), [], found)
            return
    between = _BETWEEN.match(text, post.end)
    if between is None or between.end() == post.end or text[between.end() - 1] != " ":
        return
    run = _RUN.match(text, between.end())
    if run is None:
        return
    plain = between.group().removeprefix(between["more"] or "") == " "
    words = _cut(run.group().split(), text[run.end() : run.end() + 12])
    skipped = (abroad(words) or _of_place(words)) if plain else 0
    start = run.start() + len(" ".join([*words[:skipped], ""]))
    words = words[skipped:]
    if not words or (plain and len(words) == 1 and post.role.lower() != "đại biểu"):
        return
    if len(words) > 1 and not is_name(words, surely=plain and len(words) == 2):
        return
    if plain and " ".join(words) in places:
        return
    if not plain and not between["honorific"]:
        return
    _put(reading, found, start, words, (between["honorific"] or "").rstrip(":"), "title")


def _of_place(words: list[str]) -> int:
    """How many words before a name are its title's place: `… Công nghiệp Bến Sỏi Tề Trí Dũng`."""
    if len(words) < 4 or is_surname(words[0], surely=True):
        return 0
    return next(
        (n for n in (2, 1) if is_surname(words[n], surely=True) and 3 <= len(words) - n <= 4), 0
    )


def _before_title(
    reading: PassageReading, post: Titled, places: frozenset[str], found: dict[int, Mention]
) -> None:
    """The item of a list before a title: `Hà Kiên Định - Phó Trưởng Ban`."""
    before = reading.text[max(0, post.start - 60) : post.start]
    match = re.search(
        rf"(?:^|(?<=[,;:.”\"(] )|(?<= và )|(?<= cùng )|(?<= là ))(?P<run>{RUN})(?:,| -|:)? [(]?$",
        before,
    )
    if match is None:
        return
    words, start = match["run"].split(), post.start - len(before) + match.start("run")
    honorific = ""
    if words[0] == "Ông" and len(words) <= 2:
        return
    if words[0] == "Ông" and not is_name(words[1:]) and words[1] not in _MIDDLE:
        return
    if words[0] in ("Ông", "Bà", "Anh", "Chị") and is_name(words[1:]):
        honorific, start, words = words[0].lower(), start + len(words[0]) + 1, words[1:]
    if is_name(words, surely=not honorific) and match["run"] not in places:
        _put(reading, found, start, words, honorific, "list")


def _honored(
    reading: PassageReading, match: re.Match[str], places: frozenset[str], found: dict[int, Mention]
) -> None:
    text, start = reading.text, match.start()
    word = match["honorific"]
    words = _cut(match["run"].split(), text[match.end() : match.end() + 12])
    if not words or match.start("run") in found:
        return
    if is_no_person(words) and (len(words) > 1 or word.lower() not in ("ông", "bà")):
        return
    before = text[max(0, start - 16) : start]
    if PLACE_WORD.search(before) or re.search(r"\b(?:Hội đồng|ngoài|các) $", before):
        return
    if before.endswith("Hai ") and word in WOMEN | {"Bà"}:
        return
    honorific = word.lower()
    at_start = not before or re.search(r"[.?!:;”\"“'(,-] ?$|\n$|^$", before) is not None
    if word in ("Ông", "Bà", "Anh") and not at_start and word == "Ông":
        # In the midst of a sentence a capital is a surname: bà Ông Thị Liễu.
        return
    if word == "Ông" and len(words) > 1 and words[0] in ("Thị", "Ích"):
        _put(reading, found, start, ["Ông", *words], "", "sentence")
        return
    joined = " ".join(words)
    citizen = honorific in PRIVATE or honorific in ("đại biểu", "đb")
    if len(words) == 1:
        if honorific in PRIVATE and honorific not in ("em", "cháu", "cụ", "cử tri"):
            return
    elif joined in places or (
        not is_name(words, surely=citizen and len(words) == 2) and (len(words) > 2 or citizen)
    ):
        return
    _put(reading, found, match.start("run"), words, honorific, "honorific")


def _list(
    reading: PassageReading, place: int, posts: list[Titled], found: dict[int, Mention]
) -> None:
    """The names of an enumeration; what stands between an item and the next is passed over."""
    text = reading.text
    _, end = reading.sentence(place)
    titles = {post.start: post.end for post in posts}
    semicolons = ";" in text[place:end]
    first = True
    while place < end:
        while place in titles:
            place = titles[place]
            place += 1 if text[place : place + 1] in " :" else 0
        item = _ITEM.match(text, place)
        words = _cut(item["run"].split()) if item else []
        if item is not None and is_name(words, surely=True):
            if item.start("run") not in found:
                _put(reading, found, item.start("run"), words, "đồng chí" if first else "", "list")
            place = item.start("run") + len(" ".join(words))
            first = False
        elif first:
            return
        if semicolons:
            place = text.find("; ", place, end)
            if place < 0:
                return
            place += 2
            continue
        step = _NEXT.match(text, place)
        while step is not None and step.end() in titles:
            place = titles[step.end()]
            step = _NEXT.match(text, place)
        if step is None or not text[place:end].strip():
            return
        place = step.end()
        if item is None or not _ITEM.match(text, place):
            return


def _others(reading: PassageReading, place: int, found: dict[int, Mention]) -> None:
    """Further full names behind one that is sure: `ông Lê Văn Tám, Hứa Ngọc Bảy và bà …`."""
    while (match := _OTHER.match(reading.text, place)) is not None:
        group = "run" if match["run"] else "in_row"
        words = match[group].split()
        if match.start(group) in found or not is_name(words, surely=True):
            return
        _put(reading, found, match.start(group), words, "", "list")
        place = match.end(group)


def _cut(words: list[str], after: str = "") -> list[str]:
    """The run up to a word that begins a title or a body; `after` is what follows the run."""
    for number, word in enumerate(words):
        if number and word in _STOP and not (number < len(words) - 1 and is_surname(words[0])):
            named = number > 1 and number == len(words) - 1 and is_surname(words[0])
            if word in _GIVEN_TOO and named and not _OF_TITLE.match(after):
                continue
            return words[:number]
    return words[:5] if len(words) <= 5 else words[:0]


def _put(
    reading: PassageReading,
    found: dict[int, Mention],
    start: int,
    words: list[str],
    honorific: str,
    by: str,
) -> None:
    if words[:1] == ["Bà"] and len(words) > 2:
        start, words = start + 3, words[1:]
    end = start + len(" ".join(words))
    if not _VOWEL.search(fold(words[-1])) or _HYPHENED.match(reading.text, end):
        return
    name = reading.passage.text[start:end]
    found.setdefault(start, Mention(start, end, name, honorific.lower(), by=by))
