"""The folded letters of a text, a byte for each character, so that offsets stay what they are."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import combining, normalize

from indexer.language.charset import CHARACTERS, Coded
from indexer.language.vietnamese import fold


def letters_of(text: Coded) -> bytes:
    """For each character its letter (a to z), `_` for another, 0 for a digit.

    A line break stays what it is; anything else is a space.
    """
    letters = text.codes.translate(_letters())
    if text.others:
        others = iter(text.others)
        letters = re.sub(b"\0", lambda _: bytes([_code(next(others))]), letters)
    return letters


@cache
def _letters() -> bytes:
    """The letter of each code; 0 for those that have none."""
    return bytes([0, *map(_code, CHARACTERS[1:])])


@cache
def _code(character: str) -> int:
    if character == "\n":
        return 10
    if character.isascii() and character.isalpha():
        return ord(character.lower())
    if not character.isalpha():
        return 48 if character.isdecimal() else 32
    parts = normalize("NFKD", character.lower())
    plain = parts[0].isascii() and all(map(combining, parts[1:]))
    folded = parts[0] if plain else fold(character)
    return ord(folded) if len(folded) == 1 and folded.isascii() and folded.isalpha() else 95
