"""What a catalogue says of itself that cannot be true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from archive.catalogue.database import Catalogue
from archive.catalogue.rows import plain
from archive.catalogue.version_identity import stored_digest


class Revisit(NamedTuple):
    """A revisit record and its address."""

    record_id: str
    url: str


class NamedVersion(NamedTuple):
    """A version of an article, by the digest that it is kept under."""

    article: str
    digest: str


def sqlite_faults(catalogue: Catalogue, most: int) -> list[str]:
    """What SQLite finds wrong with its file."""
    rows = plain(catalogue.connection).execute(f"PRAGMA integrity_check({most})")
    return [row["integrity_check"] for row in rows if row["integrity_check"] != "ok"]


def misnamed_versions(catalogue: Catalogue) -> Iterator[NamedVersion]:
    """Versions whose content has another digest than they are kept under."""
    for row in plain(catalogue.connection).execute("SELECT article, digest, content FROM version"):
        try:
            sound = stored_digest(row["content"]) == row["digest"]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            sound = False
        if not sound:
            yield NamedVersion(str(row["article"]), str(row["digest"]))


def revisits_of_nothing(catalogue: Catalogue) -> list[Revisit]:
    """Revisits whose response is not there, or has another payload."""
    rows = plain(catalogue.connection).execute(
        "SELECT r.record_id, r.url FROM capture r LEFT JOIN capture o"
        " ON o.record_id = r.refers_to AND o.refers_to IS NULL"
        " AND o.payload_digest = r.payload_digest AND o.seq < r.seq"
        " WHERE r.refers_to IS NOT NULL AND o.seq IS NULL"
    )
    return [Revisit(str(row["record_id"]), str(row["url"])) for row in rows]
