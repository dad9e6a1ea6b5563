"""From the bytes of a page to its text."""

from __future__ import annotations

import codecs
import re

from crawler.extraction.page_limits import to_nfc

_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_IN_PAGE = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_LOOKED_AT = 4096
_WESTERN = {"cp1252", "iso8859-1", "iso8859-15", "ascii"}
_TONED_VOWEL = re.compile(
    rb"[aeiouyAEIOUY\xc2\xc3\xca\xd4\xd5\xdd\xe2\xe3\xea\xf4\xf5\xfd][\xcc\xde\xec\xf2]"
)
_HIGH = re.compile(rb"[\x80-\xff]")
_ENOUGH, _SHARE = 3, 12


def decode_html(body: bytes, content_type: str | None) -> str:
    """The text of a page.

    Bytes that are valid UTF-8 are UTF-8 whatever the labels say, since no other charset in use
    yields valid UTF-8 by chance; so are those that are mostly so. Then the HTTP header counts, then
    the page's own label, unless they say UTF-8, or name a Western charset of which no Vietnamese
    text can be while the bytes put tones on vowels as windows-1258 does. That one, the Vietnamese
    code page, is also the last resort. It has tones as signs of their own, so what is read by it
    is composed: its links lead where the same page in UTF-8 leads. Bytes without meaning become
    U+FFFD.
    """
    for mark, charset in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if body.startswith(mark):
            return body.decode(charset, errors="replace").removeprefix("\ufeff")
    text = body.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    if not bad or sum(not c.isascii() for c in text) >= 2 * bad:
        return text
    charset = _named(body, content_type)
    if charset == "utf-8" or (charset in _WESTERN and _puts_tones_as_1258(body)):
        charset = "cp1258"
    text = body.decode(charset, errors="replace")
    return to_nfc(text) if charset == "cp1258" else text


def _named(body: bytes, content_type: str | None) -> str:
    """The charset that the labels name by Python's name for it."""
    labels = [m[1] for m in [_IN_HEADER.search(content_type or "")] if m]
    labels += [m[1].decode("ascii") for m in [_IN_PAGE.search(body[:_LOOKED_AT])] if m]
    known = []
    for label in labels:
        try:
            known.append(codecs.lookup(label).name)
        except LookupError:
            continue
    return next((name for name in known if name != "utf-8"), known[0] if known else "cp1258")


def _puts_tones_as_1258(body: bytes) -> bool:
    """Grave, tilde, acute and dot behind vowels, as other old encodings hardly ever have them."""
    toned = len(_TONED_VOWEL.findall(body))
    return toned >= _ENOUGH and toned * _SHARE >= len(_HIGH.findall(body))
