"""What answers as a cluster does, or as none should, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Mapping

from support.raw_server import RawServer, Reply


def reply(value: object, status: str = "200 OK", kind: str = "application/json") -> bytes:
    """An answer with its head: text and bytes as they are, all else as JSON."""
    body = value if isinstance(value, bytes) else str(value).encode()
    if not isinstance(value, str | bytes):
        body = json.dumps(value).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + body


def error(status: str, kind: str, reason: str = "as it is") -> bytes:
    """An error as OpenSearch tells it."""
    return reply({"error": {"type": kind, "reason": reason}, "status": int(status[:3])}, status)


def greeting(number: str = "3.9.0", distribution: str = "opensearch") -> bytes:
    """What a node says of itself."""
    return reply({"version": {"distribution": distribution, "number": number}})


def answering(replies: Mapping[str, Reply]) -> RawServer:
    """A server that greets as OpenSearch 3.9.0 and has these replies."""
    return RawServer({"/": greeting(), **replies})
