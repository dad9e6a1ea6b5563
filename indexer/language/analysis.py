"""From a text to tokens, as plain data: what every index of ours is fed, and every query asks for.

A token stands at a position. Several tokens may share one: a roman numeral and its number, all that
makes up one date. A term is a token's folded letters, a space and its form (`hoi hôi5`), so that
all spellings of a word lie next to each other in a sorted dictionary. A token that begins with `=`
is no word of the text but what it means: `=d17` the day of a date, `=q.` one letter that stands for
a word, `=ca.` a syllable in capitals that may be an abbreviation, `=h8` the hour of a time,
`=muoi_hai` a number of several syllables, which have no position beside other words. The
signs %, ‰, ° and $ are words behind a number, and nothing elsewhere. A word with hyphens or an
apostrophe (Wi-Fi, H'Mông) is also the word without them, at each of its positions. What money has
its sign in front (US$5) is told as if it stood behind; ½ is 1/2.
"""

from __future__ import annotations

import re
import typing
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, pairwise

from indexer.language.dates import WrittenDate, dates
from indexer.language.numerals import (
    DECIMAL,
    DEGREES,
    FRACTIONS,
    GROUPED,
    PRICED,
    RAISED,
    SIGNS,
    SPACED,
    is_roman,
    roman,
)
from indexer.language.spelled_numbers import SpelledNumber, cardinals, ordinals
from indexer.language.times import WrittenTime, times
from indexer.language.vietnamese import OF_DECIMAL, OF_MEANT, analyse_word
from indexer.named_tuple import NamedTuple

ANALYSIS_VERSION = 14
"""Counted up whenever the same text gives other tokens; an index of another version is rebuilt."""

APOSTROPHES = "'’ʼ‘`´ʻ′"
"""What stands for an apostrophe; some of them are letters to a computer."""

_LETTER = rf"[^\W\d_{RAISED}º{APOSTROPHES}]"
_SIGN = f"[{''.join(SIGNS)}]"
WORD = re.compile(
    rf"{_LETTER}+(?:[\u0300-\u036f]+{_LETTER}*)*|\d+|[{RAISED}]+|₫|(?:(?<=\d)|(?<=\d\s)){_SIGN}"
)
_DIGIT = re.compile(r"\d")
_HYPHENATED = rf"(?<![\w\-]){_LETTER}+(?:-{_LETTER}+){{1,3}}(?![^\W\d_])"
_APOSTROPHE = (
    rf"(?<![\w\-{APOSTROPHES}]){_LETTER}{{1,2}}[{APOSTROPHES}]{_LETTER}+(?![\w{APOSTROPHES}\-])"
)
_ODD = *APOSTROPHES, *"$€£", *FRACTIONS
_LONGEST_JOINED = 15
_GROUP = 3
_LONGEST_IN_CAPITALS = 4
_ONE_LETTER = r"[BCDGHKLMNPQRSTVX](?:\.|\s?\d|\s[^\W\d_])"


class Token(typing.NamedTuple):
    """A word at a position, and where it is written in the text (characters, end excluded)."""

    folded: str
    form: str
    position: int
    start: int
    end: int


def term(folded: str, form: str) -> str:
    """The dictionary key of a spelling: `hoi hôi5`."""
    return f"{folded} {form}"


def marker(meaning: str) -> tuple[str, str]:
    """Folded letters and form of a token that stands for a meaning, such as `=d17`."""
    return meaning, meaning + "0"


def number(digits: str) -> tuple[str, str]:
    """Folded letters and form of a number; 02 is 2."""
    if not digits.isascii():
        digits = "".join(str(unicodedata.digit(digit)) for digit in digits)
    plain = digits.lstrip("0") or "0"
    return plain, plain + "0"


def decimal(written: str) -> Iterator[tuple[str, str]]:
    """Folded letters and forms of a number with decimals: its own, and those of its parts.

    A part has a form that says so. What may be groups of three as in English is that number, too.
    """
    whole, fraction = re.split(r"[.,]", written.replace(".", "") if "," in written else written)
    value = f"{number(whole)[0]},{fraction}"
    yield value, f"{value}0"
    if len(fraction) == _GROUP and "." not in written and not whole.startswith("0"):
        yield number(whole + fraction)
    for digits in re.findall(r"\d+", written):
        folded, _ = number(digits)
        yield folded, f"{folded}{OF_DECIMAL}"


def meant_number(value: int) -> tuple[str, str]:
    """The same of a number that is written otherwise (mười hai, XII): it has a form of its own."""
    return str(value), f"{value}{OF_MEANT}"


def spelled(words: str) -> tuple[str, str]:
    """The same of a number of several syllables in words, all of them: `=muoi_hai`."""
    syllables = [analyse_word(word) for word in words.split()]
    return (
        "=" + "_".join(folded for folded, _ in syllables),
        "_".join(form for _, form in syllables),
    )


def in_capitals(word: str, form: str) -> tuple[str, str] | None:
    """The marker of a syllable in capitals, as which abbreviations are written (CA, TƯ); or None.

    One with a tone, or of more than four letters, is no abbreviation.
    """
    if not (1 < len(word) <= _LONGEST_IN_CAPITALS and word.isupper() and form[-1] == "0"):
        return None
    from indexer.language.syllables import is_spelled

    return marker(f"={form[:-1]}.") if is_spelled(word) else None


class Hyphenated(NamedTuple):
    """A word with hyphens or an apostrophe, such as Wi-Fi, ki-ốt or H'Mông: each part takes a
    position.
    """

    start: int
    end: int


class Rewritten(NamedTuple):
    """What is another text that says the same, read from left to right: 5 USD for US$5."""

    start: int
    end: int
    text: str


Figure = WrittenDate | WrittenTime | SpelledNumber | Hyphenated | Rewritten
"""What is read as a whole, besides a number in groups (None)."""


def tokens(text: str, first: int = 0, *, numbers: bool = True) -> list[Token]:
    """The tokens of one paragraph (normalised text), positions counted from `first`.

    Without `numbers` one of several syllables is its words, each at its position.
    """
    found: list[Token] = []
    position = first
    place = 0
    spans = [one for one in figures(text) if numbers or not _of_syllables(text, one[2])]
    for start, end, meant in spans:
        position, _ = words(found, text, place, start, position)
        position = figure(found, text, start, end, meant, position)
        place = end
    position, _ = words(found, text, place, len(text), position)
    for start, end, meant in spans:
        if _of_syllables(text, meant):
            position = syllables_apart(found, text, start, end, position)
    return found


def figures(text: str) -> Iterator[tuple[int, int, Figure | None]]:
    """What a paragraph has that is read as a whole, from left to right, none overlapping."""
    meant: list[Figure] = [*ordinals(text), *dates(text), *cardinals(text)]
    spans: list[tuple[int, int, Figure | None]] = []
    if _DIGIT.search(text):
        written = chain(*(re.finditer(one, text) for one in (GROUPED, DECIMAL, SPACED)))
        spans += [(match.start(), match.end(), None) for match in written]
        meant += times(text)
    if "-" in text:
        meant += _hyphenated(text)
    if any(map(text.__contains__, _ODD)):
        meant += _odd(text)
    if not (spans or meant):
        return
    spans += [(one.start, one.end, one) for one in meant]
    place = 0
    for span in sorted(spans, key=lambda span: (span[0], -span[1], span[2] is None)):
        if span[0] >= place:
            yield span
            place = span[1]


def _hyphenated(text: str) -> Iterator[Hyphenated]:
    """The hyphenated words: not two names (Hà Nội-Hải Phòng), and no numerals (XX-XXI)."""
    for match in re.finditer(_HYPHENATED, text):
        parts = match.group().split("-")
        names = all(part.istitle() and len(part) > 1 for part in parts[1:])
        short = len(match.group()) < _LONGEST_JOINED + len(parts)
        if (
            short
            and not (names and not all(map(str.isascii, parts)))
            and not any(is_roman(part) and part.isupper() for part in parts)
            and not all(map(is_roman, parts))
        ):
            yield Hyphenated(*match.span())


def _odd(text: str) -> Iterator[Hyphenated | Rewritten]:
    """What has signs that few texts have: apostrophes, money in front of an amount, fractions."""
    for match in re.finditer(_APOSTROPHE, text):
        yield Hyphenated(*match.span())
    for match in re.finditer(PRICED, text):
        yield Rewritten(*match.span(), priced(match))
    for match in re.finditer(f"[{''.join(FRACTIONS)}]", text):
        yield Rewritten(*match.span(), FRACTIONS[match.group()])


def without_joints(word: str) -> str:
    """A word without its hyphens and apostrophes."""
    return re.sub(rf"[{APOSTROPHES}\-]", "", word)


def joined_words(text: str) -> Iterator[Hyphenated]:
    """The words with hyphens or an apostrophe of a text."""
    if "-" in text:
        yield from _hyphenated(text)
    if any(map(text.__contains__, _ODD)):
        yield from (one for one in _odd(text) if isinstance(one, Hyphenated))


def priced(match: re.Match[str]) -> str:
    """An amount that `PRICED` has found, with its money behind it."""
    return f"{match['amount']} {SIGNS[match['sign']].upper()}"


def figure(
    found: list[Token], text: str, start: int, end: int, meant: Figure | None, position: int
) -> int:
    """Add what one of the `figures` stands for; the position that follows."""
    if isinstance(meant, Hyphenated):
        written = text[start:end]
        parts: list[Token] = []
        after, _ = words(parts, written, 0, len(written), position)
        joined = analyse_word(without_joints(written))
        parts += [Token(*joined, place, 0, len(written)) for place in range(position, after)]
        found += [
            part._replace(start=start + part.start, end=start + part.end)
            for part in sorted(parts, key=lambda token: token.position)
        ]
        return after
    if isinstance(meant, Rewritten):
        read_so = tokens(meant.text, position)
        found += [token._replace(start=start, end=end) for token in read_so]
        return max(token.position for token in read_so) + 1
    if meant is None:
        written = text[start:end]
        if re.fullmatch(rf"{GROUPED}|{SPACED}", written):
            found.append(Token(*number(re.sub(r"[., ]", "", written)), position, start, end))
        else:
            found += [Token(*one, position, start, end) for one in decimal(written)]
        return position + 1
    if isinstance(meant, SpelledNumber) and has_syllables(text[start:end]):
        found.append(Token(*spelled(text[start:end]), position, start, end))
    else:
        _words_at(found, text, start, end, position)
    if isinstance(meant, SpelledNumber):
        found.append(Token(*meant_number(meant.value), position, start, end))
    else:
        for part in meant.parts():
            found.append(Token(*marker(part), position, start, end))
    return position + 1


def _of_syllables(text: str, meant: Figure | None) -> bool:
    return isinstance(meant, SpelledNumber) and has_syllables(text[meant.start : meant.end])


def has_syllables(number: str) -> bool:
    """Whether a number in words has several."""
    return any(map(str.isspace, number))


def syllables_apart(found: list[Token], text: str, start: int, end: int, position: int) -> int:
    """Add the syllables of a number behind a line, none beside another; the position after them.

    So each is found as a word, and none of them is taken for a number in a sequence.
    """
    for match in WORD.finditer(text, start, end):
        position += 1
        folded, form, _ = read(match.group())
        found.append(Token(folded, form, position, *match.span()))
        position += 1
    return position


@lru_cache(maxsize=1 << 16)
def read(word: str) -> tuple[str, str, bool]:
    """Folded letters, form, and whether the word may be more than itself."""
    if word[0].isdigit():
        return *number(word), False
    if word in SIGNS:
        return SIGNS[word], f"{SIGNS[word]}0", word in DEGREES
    folded, form = analyse_word(word)
    cased = word.islower() or word.isupper() or word.istitle()
    odd = not cased or is_roman(word) or (len(word) == 1 and word.isupper()) or form == "đ0"
    return folded, form, odd or in_capitals(word, form) is not None


def words(
    found: list[Token], text: str, start: int, end: int, position: int, before: str = ""
) -> tuple[int, str]:
    """Add the words of a stretch without `figures`, after the word `before` (folded).

    Returns the position that follows, and the last word.
    """
    add = found.append
    for match in WORD.finditer(text, start, end):
        folded, form, odd = read(match.group())
        if folded:
            first, last = match.span()
            add(Token(folded, form, position, first, last))
            if odd:
                position = _more(found, text, match, before, position)
            before = folded
            position += 1
    return position, before


def _more(found: list[Token], text: str, match: re.Match[str], before: str, position: int) -> int:
    """Add what a word is besides itself; the position of the last token."""
    word = match.group()
    value = roman(word, before)
    if word in DEGREES:
        return _degrees(found, text, match, position)
    if value is not None:
        found.append(Token(*meant_number(value), position, *match.span()))
    elif len(word) == 1 and re.match(_ONE_LETTER, text[match.start() : match.end() + 2]):
        found.append(Token(*marker(f"={word.lower()}."), position, *match.span()))
    elif (meant := in_capitals(word, analyse_word(word)[1])) is not None:
        found.append(Token(*meant, position, *match.span()))
    elif word.lower() in ("đ", "₫") and re.search(
        r"\d\s?$", text[max(0, match.start() - 2) : match.start()]
    ):
        found.append(Token(*analyse_word("đồng"), position, *match.span()))
    elif not (word.islower() or word.isupper() or word.istitle()):
        return _humps(found, word, match.start(), position)
    return position


def _degrees(found: list[Token], text: str, match: re.Match[str], position: int) -> int:
    """Add degrees of Celsius behind a number, as they are in 38 °C; the last position."""
    start, end = match.span()
    if not _DIGIT.search(text[max(0, start - 2) : start]):
        return position
    middle = start + len(match.group()) // 2
    found.append(Token("°", "°0", position, start, middle or end))
    found.append(Token("c", "c0", position + 1, middle, end))
    return position + 1


def _humps(found: list[Token], word: str, start: int, position: int) -> int:
    """Add the parts of a word with capitals inside; the last one's position.

    Words that were typed together (khóaXX) have a position each. A name (VNeID, eOffice) has one.
    """
    from indexer.language.syllables import is_spelled

    humps = [
        place
        for place in range(1, len(word))
        if word[place].isupper() and word[place - 1].islower()
    ]
    parts: list[tuple[int, int, int | None]] = []
    before = ""
    for first, last in pairwise([0, *humps, len(word)] if humps else []):
        parts.append((first, last, roman(word[first:last], before)))
        before = analyse_word(word[first:last])[0]
    apart = all(
        value is not None or is_spelled(word[first:last]) for first, last, value in parts
    ) and not (word.isascii() and all(value is None for *_, value in parts))
    for number_of_part, (first, last, value) in enumerate(parts):
        here = position + number_of_part * apart
        if apart or last - first > 1:
            found.append(Token(*analyse_word(word[first:last]), here, start + first, start + last))
        if apart and value is not None:
            found.append(Token(*meant_number(value), here, start + first, start + last))
    return position + max(len(parts) - 1, 0) * apart


def _words_at(found: list[Token], text: str, start: int, end: int, position: int) -> None:
    """Add the words of a stretch, all at one position."""
    for match in WORD.finditer(text, start, end):
        folded, form, _ = read(match.group())
        if folded:
            found.append(Token(folded, form, position, *match.span()))


ZONES = 3
"""Title, lead and body of a document."""


def pack_counts(title: int, lead: int, body: int) -> int:
    """Counts of a word in the zones of a document, in a byte: 2 bits, 2 bits, 4 bits."""
    return min(title, 3) << 6 | min(lead, 3) << 4 | min(body, 15)
