"""What a frontier holds: entries, what they are for, and what makes two of them one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archive.model import Link, Role


class EntryKind(StrEnum):
    """What a crawl is for.

    `CRAWL` takes everything; `REFRESH` walks listings until they show nothing new, `SWEEP` to their
    end, and both take what is new and what is due; `SINGLE` takes the addresses that were named.
    """

    CRAWL = "crawl"
    REFRESH = "refresh"
    SWEEP = "sweep"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Validator:
    """What lets a server say that nothing changed (RFC 9110 § 8.8) since capture `confirms`."""

    etag: str | None
    last_modified: str | None
    confirms: int


@dataclass(frozen=True, slots=True)
class UnfinishedCrawl:
    """A crawl that was cut short; `started` in seconds since the epoch."""

    id: str
    kind: EntryKind
    started: float


@dataclass(frozen=True, slots=True)
class FrontierEntry:
    """One URL to fetch; `hops` counts the redirects that led to it."""

    id: int
    url: str
    role: Role
    via: str | None
    category: str
    hops: int
    attempts: int
    validator: Validator | None = None


def key_of(link: Link) -> str:
    """What makes two links one request: the asset if the URL tells it, else the address."""
    if link.role is Role.ARTICLE and link.asset_id:
        return f"asset {link.asset_id}"
    return f"{link.role.value} {link.identity_url}"


def known_key(identity_url: str) -> str:
    """The key of an address that the archive holds something of, whatever it is."""
    return f"known {identity_url}"
