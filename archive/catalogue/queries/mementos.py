"""What the catalogue knows of captures that web archives made."""

from __future__ import annotations

from datetime import datetime, timedelta

from archive.catalogue.database import Catalogue
from archive.ground.times import to_text


def held(catalogue: Catalogue, source: str, url: str, captured_at: datetime) -> int | None:
    """The number of the capture held of a web archive's capture, None if there is none.

    One that was cut on its way here is not held.
    """
    row = catalogue.connection.execute(
        "SELECT seq FROM capture JOIN memento USING (seq) WHERE source = ? AND capture.url = ?"
        " AND captured_at >= ? AND captured_at < ?"
        " AND coalesce(truncated, '') NOT IN ('disconnect', 'time') LIMIT 1",
        (source, url, to_text(captured_at), to_text(captured_at + timedelta(seconds=1))),
    ).fetchone()
    return None if row is None else int(row["seq"])


def twin(
    catalogue: Catalogue,
    source: str,
    digest: str,
    *,
    identity_url: str | None,
    status: int | None,
) -> str | None:
    """The record of a whole capture from a web archive that has, by its index, this digest.

    Of the page `identity_url` and with this status, where they are given. A redirect is nobody's
    twin: where it leads to is no part of the digest.
    """
    row = catalogue.connection.execute(
        "SELECT capture.record_id FROM memento JOIN capture USING (seq) JOIN page USING (seq)"
        " WHERE source = :source AND memento.digest = :digest AND form != 'index'"
        " AND truncated IS NULL AND status NOT BETWEEN 300 AND 399"
        " AND (:url IS NULL OR identity_url = :url) AND (:status IS NULL OR status = :status)"
        " ORDER BY seq LIMIT 1",
        {"source": source, "digest": digest, "url": identity_url, "status": status},
    ).fetchone()
    return row and str(row["record_id"])
