"""The name that a server gives a file (RFC 6266), for addresses that do not name it."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, unquote_to_bytes

_EXTENDED = re.compile(r"filename\*\s*=\s*([\w-]*)'[^']*'([^;\s]+)", re.IGNORECASE)
_PLAIN = re.compile(r'filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))', re.IGNORECASE)
_LONGEST = 200


def sent_name(disposition: str | None) -> str:
    """The file's name by a Content-Disposition header; empty if it has none.

    The header's bytes are given as ISO 8859-1. Servers write UTF-8 or windows-1258 there as it is,
    or percent-encoded.
    """
    if not disposition:
        return ""
    if found := _EXTENDED.search(disposition):
        raw = unquote_to_bytes(found[2])
        return _cleaned(_decoded(raw, found[1]))
    if found := _PLAIN.search(disposition):
        name = re.sub(r"\\(.)", r"\1", found[1] if found[1] is not None else found[2])
        return _cleaned(unquote(_decoded(name.encode("latin-1", "replace"), "utf-8")))
    return ""


def _decoded(raw: bytes, charset: str) -> str:
    for named in (charset, "utf-8", "cp1258"):
        try:
            return unicodedata.normalize("NFC", raw.decode(named))
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("latin-1")


def _cleaned(name: str) -> str:
    name = re.split(r"[/\\]", name.strip())[-1]
    return "".join(letter for letter in name if letter.isprintable())[:_LONGEST].strip()
