"""Style sheets of captured pages: what they load is led to the archive.

Escapes of letters are undone first (CSS Syntax 3 § 4.3.7), so that none hides an address. What is
missed all the same loads nothing: the policy of a replayed page allows this server alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_URL = re.compile(
    r"""(?P<before>\burl\(\s*|@import\s+(?!url\())(?P<quote>["']?)"""
    r"""(?P<url>(?:\\.|[^"'()\\\n])*)(?P=quote)""",
    re.IGNORECASE,
)
_CHARSET = re.compile(r"""@charset\s+["'][^"']*["'];?""", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})[ \t\n]?|([^0-9A-Fa-f\n]))")


def rewritten_css(css: str, led: Callable[[str], str]) -> str:
    """A style sheet whose addresses are what `led` makes of them."""

    def lead(match: re.Match[str]) -> str:
        url = _ESCAPE.sub(_character, match["url"]).strip()
        if not url or url.startswith(("#", "data:")):
            return match[0]
        quote = match["quote"] or '"'
        whole = led(url).replace("\\", "%5C").replace('"', "%22").replace("'", "%27")
        return f"{match['before']}{quote}{whole}{quote}"

    return _URL.sub(lead, _ESCAPE.sub(_letter, _CHARSET.sub("", css)))


def _letter(match: re.Match[str]) -> str:
    """A letter of ASCII that is escaped, as it is; any other escape stays."""
    char = _character(match)
    return char if char.isascii() and char.isalpha() else match[0]


def _character(match: re.Match[str]) -> str:
    if match[2]:
        return match[2]
    code = int(match[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
