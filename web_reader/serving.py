"""A reader on a socket: waitress, a few threads, an end when it is asked to."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, Self

from waitress.server import create_server
from waitress.wasyncore import close_all

from archive.ground.causes import cause_of
from archive.ground.errors import UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from web_reader.application import Reader
from web_reader.options import LOOPBACK, ReaderOptions

_THREADS = 8
_FIRST_PASSED = 3
"""The first descriptor that systemd hands over (sd_listen_fds(3))."""


class ReaderServer:
    """A reader that is listening; `address` is where, for a person."""

    def __init__(self, home: Home, options: ReaderOptions, listening: socket.socket) -> None:
        self._reader = Reader(home, options, waiting=self._waiting)
        self._server: Any = create_server(
            self._reader,
            sockets=[listening],
            threads=_THREADS,
            ident="",
            # Whose word of a proxy counts is for `web_reader.access` to say.
            clear_untrusted_proxy_headers=False,
            channel_timeout=30,
            connection_limit=500,
            max_request_header_size=32_768,
            max_request_body_size=65_536,
        )
        # That a request waits a moment is no news: how many wait is looked at with each.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self.address = _address(listening, options)

    def _waiting(self) -> int:
        return len(self._server.task_dispatcher.queue)

    def serve_forever(self) -> None:
        """Answer until Ctrl-C or a signal."""
        try:
            self._server.run()
        finally:
            self._server.close()

    def __enter__(self) -> Self:
        """Answer in a thread of its own."""
        self._thread = Thread(target=self._server.run, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # The loop ends once it has nothing left to look at; only its own thread may see to that.
        with suppress(OSError):  # it was awake, and has seen to that before it was woken
            self._server.trigger.pull_trigger(lambda: close_all(self._server._map))
        self._thread.join(timeout=5)
        self._server.task_dispatcher.shutdown()


def listen(host: str, port: int, *, public: bool) -> socket.socket:
    """Listen at an address; `UsageError` for one that others reach unless that is meant."""
    bare = f"[{host}]" if ":" in host else host
    if not (public or bare in LOOPBACK):
        raise UsageError(
            "web_reader.others-could-read", host=host, hint=Message("web_reader.say-public")
        )
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=256
        )
    except OSError as error:
        raise UsageError(
            "web_reader.nothing-served-here",
            place=f"{bare}:{port}",
            reason=cause_of(error),
            hint=Message("web_reader.choose-another-port"),
        ) from error


def listen_at(path: Path) -> socket.socket:
    """Listen at a Unix socket that this user and group may use; what is left of an old one goes."""
    listening = socket.socket(socket.AF_UNIX)
    try:
        if path.is_socket():
            path.unlink()
        listening.bind(str(path))
        path.chmod(0o660)
        listening.listen(256)
    except OSError as error:
        listening.close()
        raise UsageError(
            "web_reader.nothing-served-here", place=path, reason=cause_of(error)
        ) from error
    return listening


def passed_socket(getenv: Callable[[str], str | None] = os.environ.get) -> socket.socket | None:
    """The socket that systemd opened for this service, if it did (sd_listen_fds(3))."""
    if getenv("LISTEN_PID") != str(os.getpid()) or getenv("LISTEN_FDS") != "1":
        return None
    return socket.socket(fileno=_FIRST_PASSED)


def read_users(path: Path) -> dict[str, str]:
    """Names and the hashes of their passwords, a line each: `name:hash`; raises `UsageError`."""
    users = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            "web_reader.users-unreadable", path=path, reason=cause_of(error)
        ) from error
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, hashed = line.strip().partition(":")
        if not (name and colon and hashed.startswith(("scrypt:", "pbkdf2:"))):
            raise UsageError(
                "web_reader.no-name-with-a-hash",
                path=path,
                line=number,
                hint=Message("web_reader.print-such-a-line"),
            )
        users[name] = hashed
    return users


def user_line(name: str, password: str) -> str:
    """A line of a file of users."""
    from werkzeug.security import generate_password_hash

    return f"{name}:{generate_password_hash(password)}"


def _address(listening: socket.socket, options: ReaderOptions) -> str:
    if listening.family == socket.AF_UNIX:
        return f"unix:{listening.getsockname()}"
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}{options.prefix}/"
