"""Segments as the catalogue knows them, and what it says of records that they have lost."""

from __future__ import annotations

from typing import NamedTuple

from archive.catalogue.database import Catalogue


class RecordFacts(NamedTuple):
    """Why a response was fetched."""

    run: str
    role: str
    via: str | None


class RunFacts(NamedTuple):
    """What the `warcinfo` record of a run says of it."""

    id: str
    crawl: str
    site: str
    kind: str
    description: str
    started_at: str


def ends(catalogue: Catalogue) -> dict[str, int]:
    """Up to which byte the catalogue knows each segment, by name."""
    rows = catalogue.connection.execute("SELECT name, committed FROM segment ORDER BY name")
    return {row["name"]: row["committed"] for row in rows}


def url_after(catalogue: Catalogue, segment: str, offset: int) -> str | None:
    """The address of the first capture of a segment that ends beyond an offset."""
    row = catalogue.connection.execute(
        "SELECT url FROM capture WHERE offset + length > ? AND segment ="
        " (SELECT number FROM segment WHERE name = ?) ORDER BY offset LIMIT 1",
        (offset, segment),
    ).fetchone()
    return row and str(row["url"])


def facts_of(catalogue: Catalogue, record_id: str) -> RecordFacts | None:
    """Why the response of this record was fetched."""
    row = catalogue.connection.execute(
        "SELECT run, role, via FROM capture WHERE record_id = ?", (record_id,)
    ).fetchone()
    return row and RecordFacts(row["run"], row["role"], row["via"])


def run_facts(catalogue: Catalogue, run: str) -> RunFacts | None:
    """What is known of a run."""
    row = catalogue.connection.execute(
        "SELECT id, crawl, site, kind, description, started_at FROM run WHERE id = ?", (run,)
    ).fetchone()
    return row and RunFacts(
        row["id"],
        row["crawl"],
        row["site"],
        row["kind"],
        row["description"],
        row["started_at"],
    )
