"""Whether a response is all of what the server meant to send."""

from __future__ import annotations

import re
import zlib

from crawler.extraction.content_codings import undo_codings

_END = re.compile(rb"</html\s*>", re.IGNORECASE)
_BEGINNING = re.compile(rb"<html|<!doctype|<head", re.IGNORECASE)
_LOOKED_AT = 2048
_PAGE_LIMIT = 8 << 20


class Completeness:
    """Knows a body that breaks off though nothing on the wire says so.

    A content coding without its end is one; so is a page without `</html>` on a site whose pages
    end with it, unless it is a piece of a page from its beginning. The length that a server states
    may be wrong, and a connection that is closed at the end of every response hides where one was
    cut.
    """

    def __init__(self) -> None:
        self._pages_end = False

    def why_cut(self, media_type: str, content_encoding: str | None, body: bytes) -> str | None:
        """A reason for `WARC-Truncated` (ISO 28500:2017 § 5.13), None for a whole body."""
        is_page = media_type in ("text/html", "application/xhtml+xml")
        if not body or not (is_page or content_encoding):
            return None
        try:
            decoded = undo_codings(body, content_encoding, _PAGE_LIMIT, text=is_page)
        except (ValueError, zlib.error):
            return None
        if not decoded.whole:
            return "unspecified"
        if not is_page:
            return None
        # UTF-16 puts a NUL beside every letter of ASCII.
        ends = _END.search(decoded.body[-_LOOKED_AT:].replace(b"\0", b"")) is not None
        self._pages_end = self._pages_end or ends
        if not _BEGINNING.search(decoded.body[:_LOOKED_AT].replace(b"\0", b"")):
            return None
        return "unspecified" if self._pages_end and not ends else None
