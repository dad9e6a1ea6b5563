"""How a reader is set up; all of it is the operator's word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True, slots=True)
class ReaderOptions:
    """What a reader is served as.

    `names` are the host names by which it may be called, those of loopback aside. `prefix` is the
    path below which it lies, without a slash at its end. `trusted_proxies` are the addresses whose
    `X-Forwarded-*` count, `unix` for whoever comes by a socket. `users` has a hash of each
    password (werkzeug.security); with none everybody may read. `user_header` names a header by
    which a trusted proxy says who reads: without it nobody may. What takes longer
    than `page_seconds` is broken off.
    """

    names: frozenset[str] = frozenset()
    prefix: str = ""
    trusted_proxies: frozenset[str] = frozenset()
    users: Mapping[str, str] = field(default_factory=dict)
    user_header: str = ""
    page_seconds: float = 5.0
    searches_at_once: int = 2

    @property
    def is_for_everyone(self) -> bool:
        """Whether it has a name of its own and asks nobody who reads: others may build on it."""
        return bool(self.names) and not self.users and not self.user_header

    def may_be_called(self, host: str) -> bool:
        """Whether a `Host` names this reader, whatever its port."""
        name, colon, port = host.rpartition(":")
        bare = name if colon and port.isdecimal() else host
        return bare.lower() in self.names | LOOPBACK
