"""A server that says exactly what it is told, byte for byte, and remembers what it was sent."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping

from support.byte_server import ByteServer

Reply = bytes | Callable[[socket.socket], None]
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class RawServer(ByteServer):
    """`replies` maps a path to what is sent before the connection ends.

    A path whose reply is a callable is given the socket instead. `received` holds the bytes of
    every request by its path.
    """

    def __init__(self, replies: Mapping[str, Reply]) -> None:
        super().__init__()
        self.replies = replies
        self.received: dict[str, list[bytes]] = {}

    def answer(self, connection: socket.socket, request: bytes) -> None:
        path = request.split(b" ")[1].decode()
        self.received.setdefault(path, []).append(request)
        reply = self.replies.get(path, NOT_FOUND)
        if callable(reply):
            reply(connection)
        else:
            connection.sendall(reply)
