"""Where a cluster is, and which index of it is meant: `opensearch://host:9200,host2/articles`."""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.ground.errors import UsageError
from archive.ground.message import Message

SCHEMES = {"opensearch": False, "opensearchs": True}
"""The schemes of an address, and whether TLS is spoken."""

_PORT = 9200
_HOST = re.compile(
    r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?::(\d{1,5}))?"
)
_INDEX = re.compile(r"[a-z0-9][a-z0-9._-]{0,199}")
_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|\[::1\]")


class ClusterAddress(NamedTuple):
    """Nodes as (host, port), any of which answers for all, and the name of the index."""

    hosts: tuple[tuple[str, int], ...]
    tls: bool
    name: str

    def __str__(self) -> str:
        scheme = next(name for name, tls in SCHEMES.items() if tls == self.tls)
        return f"{scheme}://{','.join(f'{name}:{port}' for name, port in self.hosts)}/{self.name}"

    @property
    def on_loopback(self) -> bool:
        """Whether nothing that is sent leaves this machine."""
        return all(_LOOPBACK.fullmatch(name) for name, _ in self.hosts)


def parse_address(url: str) -> ClusterAddress:
    """The address that a text is.

    Raises `UsageError` for one that is none, and for one with a password in it, which logs and
    lists of processes would show.
    """
    if "@" in url:
        hint = Message("indexer.set-credentials")
        raise UsageError("indexer.credentials-in-address", hint=hint)
    scheme, found, rest = url.partition("://")
    hosts, _, index = rest.removesuffix("/").partition("/")
    matched = [_HOST.fullmatch(host) for host in hosts.split(",")]
    ports = [int(one[2] or _PORT) for one in matched if one]
    known = scheme in SCHEMES and found and all(matched) and _INDEX.fullmatch(index)
    if not known or not all(0 < port < 65536 for port in ports):
        hint = Message("indexer.cluster-address-form")
        raise UsageError("indexer.no-cluster-address", text=url, hint=hint)
    names = [one[1] for one in matched if one]
    return ClusterAddress(tuple(zip(names, ports, strict=True)), SCHEMES[scheme], index)
