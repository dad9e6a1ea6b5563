"""A proxy that flips one bit of what passes through it, as a failing cable or memory would."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


class AlteringProxy:
    """Hands on bytes of the requests to `endpoint`, or of the `answers`; where `flip` first stands
    in them, a bit of it is another."""

    def __init__(self, endpoint: str, *, flip: bytes, answers: bool = False) -> None:
        there = urlsplit(endpoint)
        self._there = (there.hostname or "", there.port or 80)
        self._flip, self._answers = flip, answers
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.endpoint = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.flipped = 0

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(self._there)
                for source, sink, alters in (
                    (near, far, not self._answers),
                    (far, near, self._answers),
                ):
                    arguments = (source, sink, alters)
                    threading.Thread(target=self._pump, args=arguments, daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, alters: bool) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 16):
                at = data.find(self._flip) if alters else -1
                if at >= 0:
                    data = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
                    self.flipped += 1
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
