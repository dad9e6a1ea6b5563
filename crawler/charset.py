"""From the bytes of a page to its text."""

from __future__ import annotations

import codecs
import re

_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_IN_PAGE = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_LOOKED_AT = 4096


def decode_html(body: bytes, content_type: str | None) -> str:
    """The text of a page.

    Bytes that are valid UTF-8 are UTF-8 whatever the labels say, since no other charset in use
    yields valid UTF-8 by chance; then the HTTP header counts, then the page's own label, and last
    windows-1258, the Vietnamese code page. Bytes without meaning become U+FFFD.
    """
    for mark, charset in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if body.startswith(mark):
            return body.decode(charset, errors="replace").removeprefix("\ufeff")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(body) - 4:
            return body.decode("utf-8", errors="replace")
    labels = [m[1] for m in [_IN_HEADER.search(content_type or "")] if m]
    labels += [m[1].decode("ascii") for m in [_IN_PAGE.search(body[:_LOOKED_AT])] if m]
    for label in labels:
        try:
            if codecs.lookup(label).name != "utf-8":
                return body.decode(label, errors="replace")
        except LookupError:
            continue
    if labels:
        return body.decode("utf-8", errors="replace")
    return body.decode("cp1258", errors="replace")
