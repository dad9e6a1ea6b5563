"""What a payload is by its first bytes, whatever its server says (WHATWG MIME Sniffing § 6, 7).

The value of `WARC-Identified-Payload-Type` (ISO 28500:2017 § 5.18).
"""

from __future__ import annotations

import re
import zlib

_LOOKED_AT = 4096
_GZIP = b"\x1f\x8b"
_SIGNATURES = (
    (re.compile(rb"%PDF-"), "application/pdf"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"BM.{4}\0{4}", re.DOTALL), "image/bmp"),
    (re.compile(rb"Rar!\x1a\x07"), "application/vnd.rar"),
    (re.compile(rb"\{\\rtf"), "application/rtf"),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "application/x-ole-storage"),
    (
        re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd.oasis.opendocument.text", re.DOTALL),
        "application/vnd.oasis.opendocument.text",
    ),
    (
        re.compile(rb"PK\x03\x04.*word/", re.DOTALL),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        re.compile(rb"PK\x03\x04.*xl/", re.DOTALL),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        re.compile(rb"PK\x03\x04.*ppt/", re.DOTALL),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    (re.compile(rb"PK\x03\x04"), "application/zip"),
    (
        re.compile(
            rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,1000}?-->\s*)*<(?:!doctype html|html|head|body)\b",
            re.DOTALL | re.IGNORECASE,
        ),
        "text/html",
    ),
    (re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\b"), "application/xml"),
)


def identified_type(payload: bytes) -> str | None:
    """The media type that a payload's first bytes tell, None if they tell none.

    One in gzip, as it came over the wire, is what is in it.
    """
    beginning = payload[:_LOOKED_AT]
    if beginning.startswith(_GZIP):
        try:
            beginning = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(beginning, _LOOKED_AT)
        except zlib.error:
            return None
    return next((name for signature, name in _SIGNATURES if signature.match(beginning)), None)
