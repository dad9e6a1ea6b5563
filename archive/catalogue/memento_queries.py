"""What the catalogue knows of captures that web archives made."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from archive.ground.times import to_text


def held(
    connection: sqlite3.Connection, source: str, url: str, captured_at: datetime
) -> int | None:
    """The number of the capture held of a web archive's capture, None if there is none.

    One that was cut on its way here is not held.
    """
    row = connection.execute(
        "SELECT seq FROM capture JOIN memento USING (seq) WHERE source = ? AND capture.url = ?"
        " AND captured_at >= ? AND captured_at < ?"
        " AND coalesce(truncated, '') NOT IN ('disconnect', 'time') LIMIT 1",
        (source, url, to_text(captured_at), to_text(captured_at + timedelta(seconds=1))),
    ).fetchone()
    return None if row is None else int(row["seq"])


def twin(
    connection: sqlite3.Connection,
    source: str,
    digest: str,
    *,
    identity_url: str | None,
    status: int | None,
) -> sqlite3.Row | None:
    """A whole capture held from a web archive that has, by its index, this digest.

    Of the page `identity_url` and with this status, where they are given. A redirect is nobody's
    twin: where it leads to is no part of the digest.
    """
    row: sqlite3.Row | None = connection.execute(
        "SELECT capture.* FROM memento JOIN capture USING (seq) JOIN page USING (seq)"
        " WHERE source = :source AND memento.digest = :digest AND form != 'index'"
        " AND truncated IS NULL AND status NOT BETWEEN 300 AND 399"
        " AND (:url IS NULL OR identity_url = :url) AND (:status IS NULL OR status = :status)"
        " ORDER BY seq LIMIT 1",
        {"source": source, "digest": digest, "url": identity_url, "status": status},
    ).fetchone()
    return row
