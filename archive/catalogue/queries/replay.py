"""The captures of an address, for replay: what there is of it, by time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from archive.catalogue.database import Catalogue
from archive.catalogue.queries.export import WITHHELD_CAPTURES
from archive.catalogue.queries.withholding import withheld
from archive.ground.times import from_text, rough


class ReplayableCapture(NamedTuple):
    """A capture that can be replayed; `length` is that of its record, `role` as in `Capture`,
    `captured_in` its date as its record states it, where that names no second.
    """

    seq: int
    url: str
    captured_at: datetime
    status: int
    media_type: str | None
    payload_digest: str
    is_revisit: bool
    segment: str
    offset: int
    length: int
    role: str
    captured_in: str | None = None


def captures_at(catalogue: Catalogue, urls: Sequence[str]) -> list[ReplayableCapture]:
    """The captures of an address in any of some forms, by time; withheld ones too."""
    if not urls:
        return []
    marks = ", ".join("?" * len(urls))
    rows = catalogue.connection.execute(
        f"SELECT {_COLUMNS} WHERE {_REPLAYS} AND c.seq IN ("
        f"SELECT seq FROM capture WHERE url IN ({marks})"
        f" UNION SELECT p.seq FROM (SELECT DISTINCT site FROM run) s JOIN page p"
        f" ON p.site = s.site AND p.identity_url IN ({marks})) ORDER BY c.captured_at, c.seq",
        (*urls, *urls),
    )
    return [_capture(row) for row in rows]


def captures_below(
    catalogue: Catalogue, starts: Sequence[str], after: int, most: int
) -> list[ReplayableCapture]:
    """Captures whose address begins as one of some does, by their numbers from `after` on."""
    found: list[ReplayableCapture] = []
    for start in starts:
        rows = catalogue.connection.execute(
            f"SELECT {_COLUMNS} WHERE {_REPLAYS} AND c.url >= ? AND c.url < ? AND c.seq > ?"
            " ORDER BY c.seq LIMIT ?",
            (start, start + "\U0010ffff", after, most),
        )
        found += [_capture(row) for row in rows]
    return sorted(found)[:most]


def hosts_of(catalogue: Catalogue) -> list[str]:
    """Scheme and host of every address that was captured, such as `https://example.org`."""
    found: list[str] = []
    last = ""
    while True:
        row = catalogue.connection.execute(
            "SELECT url FROM capture WHERE url > ? ORDER BY url LIMIT 1", (last,)
        ).fetchone()
        if row is None:
            return found
        origin = "/".join(str(row["url"]).split("/")[:3])
        found.append(origin)
        last = f"{origin}/\U0010ffff"


def held_of(catalogue: Catalogue, urls: Sequence[str]) -> set[str]:
    """Those of some addresses that a capture has, or that lead to one under another address."""
    found: set[str] = set()
    for part in _parts(urls):
        marks = ", ".join("?" * len(part))
        rows = catalogue.connection.execute(
            f"SELECT DISTINCT url FROM capture WHERE url IN ({marks})"
            " UNION SELECT DISTINCT p.identity_url FROM (SELECT DISTINCT site FROM run) s"
            f" JOIN page p ON p.site = s.site AND p.identity_url IN ({marks})",
            (*part, *part),
        )
        found.update(row["url"] for row in rows)
    return found


def withheld_captures(catalogue: Catalogue) -> frozenset[int]:
    """The captures that must not be shown: of withheld articles, their files, and of lists that
    show their titles.
    """
    if not withheld(catalogue):
        return frozenset()
    return frozenset(
        row["seq"]
        for statement in WITHHELD_CAPTURES
        for row in catalogue.connection.execute(f"SELECT seq FROM ({statement})")
    )


def withheld_addresses(catalogue: Catalogue) -> list[str]:
    """The addresses of withheld articles, in the form in which links lead to them."""
    rows = catalogue.connection.execute(
        "SELECT u.url FROM withheld w JOIN article_url u ON u.article = w.article"
    )
    return [row["url"] for row in rows]


def _parts(urls: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(urls), 200):
        yield urls[at : at + 200]


def _capture(row: sqlite3.Row) -> ReplayableCapture:
    return ReplayableCapture(
        row["seq"],
        row["url"],
        from_text(row["captured_at"]),
        row["status"],
        row["media_type"],
        row["payload_digest"],
        row["refers_to"] is not None,
        row["name"],
        row["offset"],
        row["length"],
        row["role"],
        row["date"] if row["date"] and rough(row["date"]) else None,
    )


_COLUMNS = (
    "c.seq, c.url, c.captured_at, c.status, c.media_type, c.payload_digest, c.refers_to, c.role,"
    " s.name, c.offset, c.length,"
    " (SELECT i.date FROM imported i WHERE i.record_id = c.record_id) AS date"
    " FROM capture c JOIN segment s ON s.number = c.segment"
)

_REPLAYS = (
    "c.role NOT IN ('index', 'memento') AND NOT EXISTS"
    " (SELECT 1 FROM memento m WHERE m.seq = c.seq AND m.form = 'index')"
)
"""What a web archive answered about its own holdings is no page."""
