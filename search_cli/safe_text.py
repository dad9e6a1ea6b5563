"""Text from a page on its way to a terminal: no control, escape or bidirectional characters.

A page could otherwise move the cursor, hide text or turn it around ("Trojan Source",
CVE-2021-42574). The characters are those of the Unicode categories Cc, Cf, Cs, Zl and Zp.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.language.invisible import FORMAT

_SPACES = "[\t\n\v\f\r\x85\u2028\u2029]+"
_UNSAFE = f"[\x00-\x1f\x7f-\x9f{FORMAT}\ud800-\udfff\u2028\u2029]"


def clean(text: str) -> str:
    """The text on one line, without what could change how a terminal shows it."""
    if text.isprintable():
        return text
    return re.sub(_UNSAFE, "", re.sub(_SPACES, " ", text))


def clean_marked(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """`clean`, with spans (start, end) moved to where their characters now stand."""
    pieces: list[str] = []
    moved: list[tuple[int, int]] = []
    done = length = 0
    for start, end in spans:
        before, within = clean(text[done:start]), clean(text[start:end])
        pieces += before, within
        moved.append((length + len(before), length + len(before) + len(within)))
        done, length = end, moved[-1][1]
    pieces.append(clean(text[done:]))
    return "".join(pieces), moved


def escape_in_json(text: str) -> str:
    r"""JSON text with the same characters written as `\uXXXX`: nothing lost, nothing live."""
    return re.sub(_UNSAFE, _escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code > 0xFFFF:
        high, low = divmod(code - 0x10000, 0x400)
        return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
    return f"\\u{code:04x}"
