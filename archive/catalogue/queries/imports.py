"""Records made elsewhere that the archive has taken in."""

from __future__ import annotations

from archive.catalogue.database import Catalogue


def is_imported(catalogue: Catalogue, record_id: str | None) -> bool:
    """Whether a record made elsewhere was taken in."""
    row = catalogue.connection.execute(
        "SELECT 1 FROM imported WHERE record_id = ?", (record_id,)
    ).fetchone()
    return row is not None
