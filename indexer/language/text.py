"""One form for the bytes of a text: what looks the same is written the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from indexer.language.invisible import DROPPED, PRINTABLE

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_CONTROLS = "\u0000-\u0008\u000b-\u001f\u007f-\u009f\ud800-\udfff"

_DASHES = "‐‑‒–—―−⁃﹣－"
_SLASHES = "⁄∕／"
_SIGNS = str.maketrans(dict.fromkeys(_DASHES, "-") | dict.fromkeys(_SLASHES, "/"))

# What few texts need is compiled when one does (`re` keeps it).
_DROPPED = f"[{DROPPED}]+"
_BLANKED = f"[{_SPACES}{_CONTROLS}\u2028\u2029]"
_CLUSTER = f"[\\s\\S](?:[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff{DROPPED}])*"


def normalise(text: str) -> str:
    """The text in NFC, without invisible characters, every space and control a plain space.

    Line breaks and tabs stay; lone surrogates become spaces. The result is what the index stores,
    so that offsets into a stored text are offsets into what is shown.
    """
    if not text.isprintable() or _has_any(PRINTABLE, text):
        text = re.sub(_BLANKED, " ", re.sub(_DROPPED, "", text))
    return unicodedata.normalize("NFC", text)


def plain_signs(text: str) -> str:
    """The text with every kind of dash and slash as the one of a keyboard; no offset changes."""
    return text.translate(_SIGNS) if _has_any(_DASHES + _SLASHES, text) else text


def normalise_with_offsets(text: str) -> tuple[str, list[int]]:
    """`normalise(text)`, and for each of its characters and its end the offset in `text`."""
    pieces: list[str] = []
    offsets: list[int] = []
    for start, cluster in _clusters(text):
        piece = normalise(cluster)
        pieces.append(piece)
        offsets.extend([start] * len(piece))
    offsets.append(len(text))
    return "".join(pieces), offsets


def _has_any(characters: str, text: str) -> bool:
    return not text.isascii() and any(map(text.__contains__, characters))


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    for match in re.finditer(_CLUSTER, text):
        yield match.start(), match.group()
