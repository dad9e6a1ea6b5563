"""An HTTP response as a WARC block holds it (RFC 9112): status, header lines and payload."""

from __future__ import annotations

import re
from itertools import starmap
from typing import NamedTuple

from archive.warc.record_head import split_lines

_END = re.compile(rb"\n\r?\n")
_STATUS = re.compile(r"\S+\s+([1-9]\d\d)(?!\d)", re.ASCII)
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n")

Headers = tuple[tuple[str, str], ...]


class ResponseHead(NamedTuple):
    """Status and header lines of a response block, where its body begins, whether it is chunked.

    The status is 0 where the block begins with none of three digits (RFC 9110 § 15).
    """

    status: int
    headers: Headers
    start: int
    chunked: bool


def head_of(block: bytes) -> ResponseHead:
    """The head of a response block."""
    end = _END.search(block)
    head = block[: end.start()] if end else block
    status_line, _, lines = head.decode("latin-1").partition("\n")
    status = _STATUS.match(status_line)
    headers = tuple(split_lines(lines))
    chunked = "chunked" in lines.lower() and any(starmap(_says_chunked, headers))
    return ResponseHead(
        int(status[1]) if status else 0, headers, end.end() if end else len(block), chunked
    )


def payload_in(block: bytes, head: ResponseHead) -> tuple[bytes | memoryview, bool]:
    """The payload of a response block, not copied if it need not be, and whether it is all of it.

    That of a body which is still chunked, as other programs store it, is without its chunks; it is
    not all if its last chunk is missing. A head that only says so of a body that is not chunked
    gives the body as it is.
    """
    if head.chunked:
        return _without_chunks(block[head.start :])
    return memoryview(block)[head.start :], True


def split_http(block: bytes) -> tuple[int, Headers, bytes]:
    """Status, header lines in order and payload of a response block (`payload_in`)."""
    head = head_of(block)
    return head.status, head.headers, bytes(payload_in(block, head)[0])


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
