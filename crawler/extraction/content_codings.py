"""Content codings of HTTP (RFC 9110 § 8.4) undone, as far as they can be read.

gzip and deflate are what a crawl asks for; browsers, whose captures are imported, ask for Brotli
(RFC 7932) and Zstandard (RFC 8878) as well.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from archive.warc.zstd_frames import decompress_as_far

MAX_DECODED = 64 << 20
"""Bytes that a body may grow to; what is larger is taken for a bomb."""

_CODINGS = frozenset(("gzip", "x-gzip", "deflate", "br", "zstd", "identity"))
_GZIP = b"\x1f\x8b"
_LAYERS = 2
"""How often a text is uncompressed because it looks like gzip, when no header says so."""
_LOOKED_AT = 64
_PIECE = 1 << 18
_SEARCHED = 4 << 20
"""Bytes of a Brotli body that are searched for the end of its data."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body without its codings. `whole` is False if a coding breaks off before its end."""

    body: bytes
    whole: bool


def is_known(content_encoding: str) -> bool:
    """Whether all codings that a header names can be undone."""
    named = {coding.strip().lower() for coding in content_encoding.split(",")}
    return named - {""} <= _CODINGS


def undo_codings(
    body: bytes, content_encoding: str | None, limit: int = MAX_DECODED, *, text: bool = False
) -> Decoded:
    """Undo the codings that a header names; a body that is plain already stays as it is.

    A `text` that begins as gzip or markup does is that, whatever the header says. Raises ValueError
    for a body that grows past `limit` bytes and for a coding that was never asked for, `zlib.error`
    for one that is no such coding at all.
    """
    whole = True
    named = [c.strip().lower() for c in (content_encoding or "").split(",")]
    for coding in reversed([c for c in named if c and c != "identity"]):
        try:
            body, ended = _undo(coding, body, limit)
        except (ValueError, zlib.error):
            if not (text and body[:_LOOKED_AT].lstrip().startswith((b"<", _GZIP))):
                raise
            continue
        whole = whole and ended
    for _ in range(_LAYERS if text else 0):
        body, ended = _undo("gzip", body, limit)
        whole = whole and ended
    return Decoded(body, whole)


def _undo(coding: str, body: bytes, limit: int) -> tuple[bytes, bool]:
    if coding in ("gzip", "x-gzip"):
        is_gzip = body.startswith(_GZIP)
        return _inflate(body, zlib.MAX_WBITS | 16, limit) if is_gzip else (body, True)
    if coding == "br":
        return _unbrotli(body, limit)
    if coding == "zstd":
        return decompress_as_far(body, limit)
    if coding != "deflate":
        raise ValueError(f"content coding {coding!r} is not known")
    try:
        return _inflate(body, zlib.MAX_WBITS, limit)
    except zlib.error:
        return _inflate(body, -zlib.MAX_WBITS, limit)


def _unbrotli(body: bytes, limit: int) -> tuple[bytes, bool]:
    """The data, and whether it came to its end. A body that is no Brotli is a ValueError.

    What follows the end of the data counts for nothing, as in browsers.
    """
    import brotli

    try:
        return _brotli_data(body, limit)
    except brotli.error as error:
        why = error
    short, long = 0, len(body) if len(body) <= _SEARCHED else 0
    while long - short > 1:
        end = (short + long) // 2
        try:
            data, ended = _brotli_data(body[:end], limit)
        except brotli.error:
            long = end
            continue
        if ended:
            return data, True
        short = end
    raise ValueError(f"the body is no Brotli ({why})")


def _brotli_data(body: bytes, limit: int) -> tuple[bytes, bool]:
    import brotli

    decompressor, parts, room = brotli.Decompressor(), [], limit
    while not decompressor.is_finished():
        piece = decompressor.process(body, output_buffer_limit=_PIECE)
        room -= len(piece)
        if room < 0:
            raise ValueError(f"the body grows past {limit >> 20} MiB")
        parts.append(piece)
        body = b""
        if not piece and decompressor.can_accept_more_data():
            break
    return b"".join(parts), decompressor.is_finished()


def _inflate(body: bytes, window: int, limit: int) -> tuple[bytes, bool]:
    """The data, and whether it came to its end; a gzip body may have several members."""
    parts: list[bytes] = []
    room = limit
    while True:
        inflater = zlib.decompressobj(window)
        try:
            data = inflater.decompress(body, room + 1)
        except zlib.error:
            if not parts:
                raise
            return b"".join(parts), True
        room -= len(data)
        if room < 0:
            raise ValueError(f"the body grows past {limit >> 20} MiB")
        parts.append(data)
        body = inflater.unused_data
        if not inflater.eof or not body.startswith(_GZIP):
            return b"".join(parts), inflater.eof
