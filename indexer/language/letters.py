"""The folded letters of a text, a byte for each character, so that offsets stay what they are.

Made for whole texts at once: the two bytes of each character are taken apart, and each plane of 256
characters is looked up by itself.
"""

from __future__ import annotations

from functools import cache
from unicodedata import combining, normalize

from indexer.language.vietnamese import fold

LETTER = "[a-z_]"
"""A letter, in an expression; `_` stands for one that is none of a to z."""

GAP = "[^a-z_0-9\n]+"
"""What may stand between two words of a row."""

_PLANES = (0x00, 0x01, 0x1E)
_WITHOUT_LETTERS = b"\x20\x21\x22\x25\x26"
"""Planes of punctuation and signs; what letters they have are none of a word."""


def letters_of(text: str) -> bytes:
    """For each character its letter (a to z), `_` for another, 0 for a digit, or something else."""
    units = text.encode("utf-16-le", "surrogatepass")
    low, high = units[::2], units[1::2]
    if len(low) != len(text) or high.translate(None, bytes(_PLANES) + _WITHOUT_LETTERS):
        return bytes(map(_code, text))
    found = 0
    for plane in _PLANES:
        here, codes = _tables(plane)
        mask = int.from_bytes(high.translate(here), "little")
        found |= int.from_bytes(low.translate(codes), "little") & mask
    return found.to_bytes(len(text), "little")


@cache
def _tables(plane: int) -> tuple[bytes, bytes]:
    """Which characters are of a plane, and what is said of each of them."""
    here = bytes(255 * (code == plane) for code in range(256))
    return here, bytes(_code(chr(plane << 8 | low)) for low in range(256))


@cache
def _code(character: str) -> int:
    if character == "\n":
        return 10
    if not character.isalpha():
        return 48 if character.isdecimal() else 32
    parts = normalize("NFKD", character.lower())
    plain = parts[0].isascii() and all(map(combining, parts[1:]))
    folded = parts[0] if plain else fold(character)
    return ord(folded) if len(folded) == 1 and folded.isascii() and folded.isalpha() else 95
