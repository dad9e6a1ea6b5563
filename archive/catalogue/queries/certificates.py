"""What servers proved themselves with, and whether a browser would have trusted it."""

from __future__ import annotations

from typing import NamedTuple

from archive.catalogue.database import Catalogue


class Proof(NamedTuple):
    """A certificate by its SHA-256, and why no browser would trust it; None if one would."""

    certificate: str
    trouble: str | None


def holds_chain(catalogue: Catalogue, digest: str) -> bool:
    """Whether the chain of a certificate, by its SHA-256, lies in the archive."""
    row = catalogue.connection.execute(
        "SELECT 1 FROM certificate WHERE digest = ?", (digest,)
    ).fetchone()
    return row is not None


def untrusted_sites(catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """The sites whose certificate last seen no browser would trust, each with why."""
    rows = catalogue.connection.execute(_UNTRUSTED)
    return tuple((row["site"], row["trouble"]) for row in rows)


def encryption_of(catalogue: Catalogue, seq: int) -> Proof | None:
    """What the server of capture `seq` proved itself with; None for one that came in the clear."""
    row = catalogue.connection.execute(
        "SELECT certificate, trouble FROM encryption WHERE seq = ?", (seq,)
    ).fetchone()
    return Proof(row["certificate"], row["trouble"]) if row else None


_UNTRUSTED = """
SELECT site, trouble FROM encryption JOIN capture USING (seq) WHERE seq IN (
    SELECT max(e.seq) FROM encryption e JOIN capture c USING (seq)
    WHERE c.seq NOT IN (SELECT seq FROM memento) GROUP BY c.site)
    AND trouble IS NOT NULL
ORDER BY site
"""
