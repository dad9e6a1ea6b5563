"""An HTTP response as a WARC block holds it (RFC 9112): status, header lines and payload."""

from __future__ import annotations

import re
from itertools import starmap

from archive.warc.record_head import split_lines

_END = re.compile(rb"\n\r?\n")
_STATUS = re.compile(r"\S+\s+([1-9]\d\d)(?!\d)", re.ASCII)
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n")

Headers = tuple[tuple[str, str], ...]


def split_http(block: bytes) -> tuple[int, Headers, bytes]:
    """Status, header lines in order and payload of a response block.

    The status is 0 where the block begins with none of three digits (RFC 9110 § 15). A body that is
    still chunked, as other programs store it, gives the payload without its chunks; a head that
    only says so of a body that is not gives the body as it is.
    """
    end = _END.search(block)
    head, payload = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    status_line, _, lines = head.decode("latin-1").partition("\n")
    status = _STATUS.match(status_line)
    headers = tuple(split_lines(lines))
    if "chunked" in lines.lower() and any(starmap(_says_chunked, headers)):
        payload, _ = _without_chunks(payload)
    return int(status[1]) if status else 0, headers, payload


def breaks_off(block: bytes) -> bool:
    """Whether the chunked body of a response block ends before its last chunk."""
    end = _END.search(block)
    if end is None or b"chunked" not in block[: end.start()].lower():
        return False
    lines = block[: end.start()].decode("latin-1").partition("\n")[2]
    return (
        any(starmap(_says_chunked, split_lines(lines)))
        and not _without_chunks(block[end.end() :])[1]
    )


def media_type_of(headers: Headers) -> str | None:
    """The media type that a response names, without parameters."""
    value = next((v for k, v in headers if k.lower() == "content-type"), "")
    return value.partition(";")[0].strip().lower() or None


def _says_chunked(name: str, value: str) -> bool:
    return name.lower() == "transfer-encoding" and "chunked" in value.lower()


def _without_chunks(body: bytes) -> tuple[bytes, bool]:
    """The content of a chunked body (RFC 9112 § 7.1), and whether it is all of it.

    Of a body that breaks off it is what came; one that is not chunked at all is its own content.
    """
    parts: list[bytes] = []
    position = 0
    while size := _CHUNK_SIZE.match(body, position):
        length = int(size[1], 16)
        if not length:
            return b"".join(parts), True
        parts.append(body[size.end() : size.end() + length])
        position = size.end() + length
        if position >= len(body):
            return b"".join(parts), False
        position += 2 if body.startswith(b"\r\n", position) else body.startswith(b"\n", position)
    return (b"".join(parts), False) if position else (body, True)
