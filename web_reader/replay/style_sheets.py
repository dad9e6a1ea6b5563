"""Style sheets of captured pages: what they load is led to the archive.

A sheet is read as tokens (CSS Syntax 3 § 4.3), escapes of letters undone first, so that none hides
an address. An address is what stands in `url()`, behind `@import`, and as a plain string within the
functions of images (CSS Images 4: `image-set()`, `image()`, `cross-fade()`; CSS Values 5: `src()`).
What is missed all the same loads nothing: the policy of a replayed page allows this server alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_TOKEN = re.compile(
    r"""/\*.*?(?:\*/|\Z)
    |(?P<url>\burl\(\s*)(?P<quote>["']?)(?P<bare>(?:\\.|[^"'()\\\n])*)(?P=quote)
    |(?P<imports>@import\s+)?(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    |(?P<images>(?:image-set|\bimage|\bsrc|cross-fade)\()
    |(?P<open>\()|(?P<close>\))""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_CHARSET = re.compile(r"""@charset\s+["'][^"']*["'];?""", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})[ \t\n]?|([^0-9A-Fa-f\n]))")


def rewritten_css(css: str, led: Callable[[str], str]) -> str:
    """A style sheet whose addresses are what `led` makes of them."""
    functions: list[bool] = []

    def address(text: str, quote: str) -> str:
        url = _ESCAPE.sub(_character, text).strip()
        if not url or url.startswith(("#", "data:")):
            return f"{quote}{text}{quote}"
        mark = quote or '"'
        whole = led(url).replace("\\", "%5C").replace('"', "%22").replace("'", "%27")
        return f"{mark}{whole}{mark}"

    def made_over(token: re.Match[str]) -> str:
        if token["url"]:
            functions.append(False)
            return token["url"] + address(token["bare"], token["quote"])
        if token["string"]:
            imports, string = token["imports"] or "", token["string"]
            is_address = bool(imports) or (bool(functions) and functions[-1])
            return imports + address(string[1:-1], string[0]) if is_address else string
        if token["images"] or token["open"]:
            functions.append(bool(token["images"]))
        elif token["close"] and functions:
            functions.pop()
        return token[0]

    return _TOKEN.sub(made_over, _ESCAPE.sub(_letter, _CHARSET.sub("", css)))


def _letter(match: re.Match[str]) -> str:
    """A letter of ASCII that is escaped, as it is; any other escape stays."""
    char = _character(match)
    return char if char.isascii() and char.isalpha() else match[0]


def _character(match: re.Match[str]) -> str:
    if match[2]:
        return match[2]
    code = int(match[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
