"""The positions of what was typed, each with all the ways to read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from indexer.language.analysis import (
    WORD,
    Figure,
    Token,
    figures,
    has_syllables,
    marker,
    meant_number,
    number,
    spelled,
    tokens,
)
from indexer.language.dates import WrittenDate
from indexer.language.numerals import SIGNS
from indexer.language.spelled_numbers import SpelledNumber, folded_cardinal
from indexer.language.times import WrittenTime
from indexer.language.vietnamese import OF_DECIMAL, analyse_word, fold, is_bare
from indexer.named_tuple import NamedTuple
from indexer.query.abbreviations import Table
from indexer.query.tree import Atom, is_in_capitals

if TYPE_CHECKING:
    from indexer.query.vocabulary import IndexWords

Option = tuple[Atom, ...]
_BEFORE_ORDINALS = frozenset({"hop", "hoi", "khoa", "ky", "lan", "phien"})
_JOINTS = frozenset("&+/-")


_BEGUN = r"(?<![\w.,])\d{1,3}(?:\.\d{3})*\.\d{1,3}\*"
"""A number in groups of which the beginning is typed: 8.33*"""

_STARRED = r"[^\W\d_]*(?:\*+[^\W\d_]+)+\**"
_MOST_SYLLABLES = 5
"""So many syllables a number up to 999 has at most: hai trăm ba mươi lăm."""

_LONGEST_OF_PARTS = 40
"""What has more letters is not looked for as two words: each place may be where they meet."""

MOST_PARTS = 3
"""Of so many words that are typed apart a word is made at most."""

_SHORTEST_PART = 3
"""Letters that each of two words has at least that are typed as one; the first may be a letter
(hmong: H. Mông)."""

_SHARES = (("phan", "tram"), ("phan", "nghin"), ("phan", "ngan"))
"""What % and ‰ stand for, folded."""

_PARTS_OF_DOCUMENT = 3
"""So many parts the number of a document has at least."""

_FEWEST_LETTERS = 2
"""How many letters a word with a star in front or within must have."""


class Starred(NamedTuple):
    """A word with a star in front or within."""

    atom: Atom


class QueryToken(NamedTuple):
    """One position of what was typed, from `start` to `end` in it.

    Each of the `options` may stand there. `whole` is the same for a word that takes up this token
    and others up to `width` (khóaXX typed as one, Wi-Fi). `joined` says that a joint (&, -, /)
    follows; `hyphenated` that the whole is these tokens with hyphens between, `number` that it is a
    number in words. `parts` is a word that an index has in two.
    """

    text: str
    start: int
    end: int
    options: tuple[Option, ...]
    joined: bool = False
    whole: tuple[Option, ...] = ()
    width: int = 1
    date: WrittenDate | WrittenTime | SpelledNumber | None = None
    hyphenated: bool = False
    number: bool = False
    parts: tuple[str, ...] = ()


def query_tokens(text: str, abbreviations: Table) -> list[QueryToken]:
    """The tokens of a run of typed words; a date or a time is one token."""
    found: list[QueryToken] = []
    place = 0
    for start, end, meant in _wholes(text):
        if isinstance(meant, SpelledNumber) and not (
            meant.ordinal and has_syllables(text[start:end])
        ):
            continue
        if isinstance(meant, WrittenDate | WrittenTime | SpelledNumber):
            found += _between(text, place, start, abbreviations)
            found.append(
                QueryToken(text[start:end], start, end, tuple(_options_of(text, meant)), date=meant)
            )
            place = end
        elif isinstance(meant, Starred):
            found += _between(text, place, start, abbreviations)
            found.append(QueryToken(text[start:end], start, end, ((meant.atom,),)))
            place = end
    found += _between(text, place, len(text), abbreviations)
    return _with_numbers(found)


def _with_numbers(row: list[QueryToken]) -> list[QueryToken]:
    """The same tokens; those that may be a number of several syllables may be it as a whole."""
    found = list(row)
    done = 0
    for place, token in enumerate(row):
        for last in range(min(place + _MOST_SYLLABLES, len(row)), max(place, done) + 1, -1):
            parts = row[place:last]
            words = " ".join(part.text for part in parts)
            value = folded_cardinal(fold(words)) if all(map(_is_plain, parts)) else None
            if value is not None and not token.whole:
                whole = ((Atom(*spelled(words)),), (Atom(*meant_number(value)),))
                found[place] = token._replace(whole=whole, width=len(parts), number=True)
                done = last
                break
    return found


def _may_be_exact(atom: Atom) -> bool:
    return atom.folded[:1] != "=" or "_" in atom.folded


def _wholes(text: str) -> Iterator[tuple[int, int, Figure | Starred | None]]:
    """What is read as a whole, words with a star in front or within among them."""
    if "*" not in text:
        yield from figures(text)
        return
    place = 0
    for match in re.finditer(rf"{_STARRED}|{_BEGUN}", text):
        letters = match.group().strip("*").split("*")
        if match.group()[0].isdecimal() or sum(map(len, letters)) >= _FEWEST_LETTERS:
            for start, end, meant in figures(text[place : match.start()]):
                yield (
                    place + start,
                    place + end,
                    meant and meant._replace(start=place + meant.start, end=place + meant.end),
                )
            yield *match.span(), Starred(_pattern(match.group()))
            place = match.end()
    for start, end, meant in figures(text[place:]):
        yield (
            place + start,
            place + end,
            meant and meant._replace(start=place + meant.start, end=place + meant.end),
        )


def _pattern(starred: str) -> Atom:
    """What is asked for by a word with stars: `*ông3` for *ổng; by a number that is begun."""
    if starred[0].isdecimal():
        digits = starred.replace(".", "").rstrip("*")
        return Atom(*number(digits), prefix=True)
    parts = [analyse_word(part) if part else ("", "0") for part in re.split(r"\*+", starred)]
    tones = [form[-1] for _, form in parts if form[-1] != "0"]
    letters = "*".join(form[:-1] for _, form in parts)
    return Atom("*".join(folded for folded, _ in parts), letters + (tones or ["0"])[0])


def _options_of(text: str, meant: WrittenDate | WrittenTime | SpelledNumber) -> Iterator[Option]:
    match meant:
        case WrittenDate():
            yield from _date(text, meant)
        case WrittenTime():
            yield tuple(Atom(*marker(part)) for part in meant.asked())
        case SpelledNumber():
            yield (Atom(*spelled(text[meant.start : meant.end])),)
            yield (Atom(*meant_number(meant.value)),)


def exactly(row: list[QueryToken]) -> list[QueryToken]:
    """The same tokens, each word of letters to be spelled as it was typed."""
    return [
        token
        if isinstance(token.date, WrittenDate | WrittenTime)
        else token._replace(
            options=tuple(
                tuple(atom._replace(exact=_may_be_exact(atom)) for atom in option)
                for option in token.options[:1]
            ),
            whole=tuple(
                (atom._replace(exact=True),)
                for (atom,) in token.whole[: token.number]
                if _may_be_exact(atom)
            ),
            width=token.width if token.number else 1,
            hyphenated=False,
        )
        for token in row
    ]


def with_joined(row: list[QueryToken], words: IndexWords) -> list[QueryToken]:
    """The same tokens; those that an index has as one word (sars cov) may be it.

    And those that it has in two words, which are no syllables, may be these (sarscov).
    """
    found = list(row)
    for place, token in enumerate(row):
        if _is_plain(token) and not token.whole and not _is_spelled(token.text):
            found[place] = token._replace(parts=_parts_of(token.text, words))
        for last in range(place + 2, min(place + MOST_PARTS, len(row)) + 1):
            parts = row[place:last]
            if token.whole or not all(_is_plain(part) for part in parts):
                break
            folded, form = analyse_word("".join(part.text for part in parts))
            if words.forms(folded) and not all(_is_spelled(part.text) for part in parts):
                whole = ((Atom(folded, form),),)
                found[place] = token._replace(whole=whole, width=len(parts), hyphenated=True)
    return found


def _parts_of(word: str, words: IndexWords) -> tuple[str, ...]:
    """The two words, not both syllables, as which an index has a word, side by side; or none."""
    if len(word) > _LONGEST_OF_PARTS:
        return ()
    for place in range(1, len(word) - _SHORTEST_PART + 1):
        parts = word[:place], word[place:]
        if 1 < place < _SHORTEST_PART or all(map(_is_spelled, parts)):
            continue
        folded = [*map(fold, parts)]
        if all(map(words.forms, folded)) and words.beside(*folded):
            return parts
    return ()


def _is_plain(token: QueryToken) -> bool:
    return token.text.isalpha() and token.date is None and not token.hyphenated


def _is_spelled(word: str) -> bool:
    from indexer.language.syllables import is_spelled

    return is_spelled(word)


def loose_query_tokens(date: QueryToken, abbreviations: Table) -> list[QueryToken]:
    """The words of a date, each in a token of its own."""
    return [
        query_token
        for match in WORD.finditer(date.text)
        for query_token in _between(date.text, match.start(), match.end(), abbreviations)
    ]


def things(row: list[QueryToken], text: str) -> Iterator[tuple[int, int]]:
    """Stretches of tokens that are one thing.

    A date, a document's number, a word in parts, an ordinal (thứ 12), a share (5 phần trăm).
    """
    yield from ((place, place + 2) for place in range(len(row) - 1) if _is_ordinal(row, place))
    yield from ((place, place + 3) for place in range(len(row) - 2) if _is_share(row, place))
    first = 0
    for last in range(1, len(row) + 1):
        if last < len(row) and _glued(row[last - 1], row[last], text):
            continue
        first -= first > 0 and is_number_sign(row[first - 1]) and is_document(row, first)
        stretch = row[first:last]
        numbered = len(stretch) > 1 and any(
            c.isdigit() for query_token in stretch for c in query_token.text
        )
        if (
            numbered
            or stretch[0].date is not None
            or any(token.whole and not (token.hyphenated or token.number) for token in stretch)
        ):
            yield first, last
        first = last


def _is_share(row: list[QueryToken], place: int) -> bool:
    number_of, *words = (token.options[0][0].folded for token in row[place : place + 3])
    return number_of.replace(",", "").isdecimal() and tuple(words) in _SHARES


def is_document(row: Sequence[QueryToken], place: int) -> bool:
    """Whether the number of a document begins there, as 15-NQ/TU or 97/2019/QH14."""
    parts = row[place : place + _PARTS_OF_DOCUMENT]
    return (
        len(parts) == _PARTS_OF_DOCUMENT
        and parts[0].text.isdecimal()
        and all(one.joined and one.end + 1 == two.start for one, two in pairwise(parts))
    )


def is_number_sign(token: QueryToken) -> bool:
    """Whether it is *số*, as before the number of a document."""
    return token.options[0][0].form in ("sô1", "so0")


def _is_ordinal(row: list[QueryToken], place: int) -> bool:
    """Whether a token and the next are thứ and a number; thu without marks may be another word."""
    word = row[place].options[0][0]
    numbered = any(atom.folded.isdecimal() for atom, *_ in row[place + 1].options)
    if word.folded != "thu" or not numbered or len(row[place].text) != len("thu"):
        return False
    before = row[place - 1].options[0][0].folded if place else ""
    return word.form == "thư1" or (is_bare(word.form) and before in _BEFORE_ORDINALS)


def _glued(left: QueryToken, right: QueryToken, text: str) -> bool:
    if left.date is not None or right.date is not None:
        return False
    signed = right.text in SIGNS
    return signed or not any(map(str.isspace, text[left.end : right.start]))


def _between(text: str, start: int, end: int, abbreviations: Table) -> Iterator[QueryToken]:
    part = text[start:end]
    typed = (
        token
        for token in tokens(part, numbers=False)
        if not (is_in_capitals(token.folded) or token.form.endswith(OF_DECIMAL))
    )
    groups = [list(group) for _, group in groupby(typed, key=lambda token: token.position)]
    done = 0
    for place, group in enumerate(groups):
        here = [token for token in group if token.start >= done] or group
        shortest = min(token.end for token in here)
        long = [token for token in here if token.end > shortest]
        width = 1
        if long:
            longest = max(token.end for token in long)
            width = sum(others[0].start < longest for others in groups[place:])
        first = min(token.start for token in here)
        if width == 1:
            # A name with capitals inside is one word, whatever it is made of.
            shortest = max(token.end for token in here)
            long = []
        short = [token for token in here if (token.start, token.end) == (first, shortest)]
        done = shortest
        starred = "*" * (part[shortest : shortest + 1] == "*")
        yield QueryToken(
            text=part[first:shortest] + starred,
            start=start + first,
            end=start + shortest,
            options=tuple(_options(part, short, abbreviations)),
            joined=part[shortest : shortest + 2].lstrip()[:1] in _JOINTS,
            whole=tuple((Atom(token.folded, token.form),) for token in long),
            width=width,
            hyphenated=bool(long) and "-" in part[first : long[0].end],
        )


def _options(text: str, group: list[Token], abbreviations: Table) -> Iterator[Option]:
    for token in group:
        starred = text[token.end : token.end + 1] == "*" and not token.folded.startswith("=")
        yield (Atom(token.folded, token.form, prefix=starred),)
    letter = group[0].folded
    if len(group) == 1 and len(letter) == 1 and not letter.isdecimal():
        folded, form = marker(f"={letter}.")
        if abbreviations.shorts(folded):
            yield (Atom(folded, form),)


def _date(text: str, date: WrittenDate) -> Iterator[Option]:
    """The ways to meet a date: any of its days in its month and year.

    What stands between the days of a span may be any of the months, or the word that it is.
    """
    year = tuple(Atom(*marker(f"=y{date.year}")) for _ in range(date.year is not None))
    if date.months:
        for month in date.months:
            yield (Atom(*marker(f"=m{month}")), *year)
        if not date.days:
            return
        yield from (
            (Atom(token.folded, token.form),) for token in tokens(text[date.start : date.end])
        )
        return
    month_of = tuple(Atom(*marker(f"=m{date.month}")) for _ in range(date.month is not None))
    for day in date.days:
        yield (Atom(*marker(f"=d{day}")), *month_of, *year)
    if not date.days:
        yield (*month_of, *year)
