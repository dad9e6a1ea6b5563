"""Content codings of HTTP (RFC 9110 § 8.4) undone: gzip and deflate, what can be read of them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

MAX_DECODED = 64 << 20
"""Bytes that a body may grow to; what is larger is taken for a bomb."""

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body without its codings. `whole` is False if a coding breaks off before its end."""

    body: bytes
    whole: bool


def undo_codings(body: bytes, content_encoding: str | None, limit: int = MAX_DECODED) -> Decoded:
    """Undo the codings that a header names; a body that is plain already stays as it is.

    Raises ValueError for a body that grows past `limit` bytes and for a coding that was never
    asked for, `zlib.error` for one that is no such coding at all.
    """
    whole = True
    codings = [c.strip().lower() for c in (content_encoding or "").split(",")]
    for coding in reversed([c for c in codings if c and c != "identity"]):
        if coding in ("gzip", "x-gzip"):
            if body[:2] != _GZIP:
                continue
            body, ended = _inflate(body, zlib.MAX_WBITS | 16, limit)
        elif coding == "deflate":
            try:
                body, ended = _inflate(body, zlib.MAX_WBITS, limit)
            except zlib.error:
                body, ended = _inflate(body, -zlib.MAX_WBITS, limit)
        else:
            raise ValueError(f"content coding {coding!r} is not known")
        whole = whole and ended
    return Decoded(body, whole)


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
