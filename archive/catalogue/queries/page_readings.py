"""What was read of the captures of a site, to be held against another reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from archive.catalogue.database import Catalogue
from archive.catalogue.derive_articles import links_from_json
from archive.catalogue.rows import mapping, parsed
from archive.model import Link, PageKind


class PageReading(NamedTuple):
    """Capture `seq` as it was read: what kind of page, which version, where it leads.

    `description` is the site's, as the run of the capture had it.
    """

    seq: int
    description: Mapping[str, Any]
    kind: PageKind
    version: str | None
    links: tuple[Link, ...]


def page_readings(catalogue: Catalogue, site: str) -> list[PageReading]:
    """The whole captures of articles and listings of a site, in order; not those in quarantine."""
    rows = catalogue.connection.execute(
        "SELECT c.seq, p.kind, o.version, p.links, r.description"
        " FROM capture c JOIN page p USING (seq) JOIN run r ON r.id = c.run"
        " LEFT JOIN observation o USING (seq)"
        " WHERE c.site = ? AND c.role IN ('article', 'listing') AND c.status = 200"
        " AND seq NOT IN (SELECT seq FROM quarantined) ORDER BY seq",
        (site,),
    )
    return [
        PageReading(
            row["seq"],
            parsed(row["description"], mapping),
            PageKind(row["kind"]),
            row["version"],
            links_from_json(row["links"]),
        )
        for row in rows
    ]


def newest_page_at(catalogue: Catalogue, site: str, url: str) -> int | None:
    """The last capture of an address of a site with status 200, None if there is none."""
    row = catalogue.connection.execute(
        "SELECT max(seq) AS seq FROM capture WHERE site = ? AND url = ? AND status = 200",
        (site, url),
    ).fetchone()
    return None if row["seq"] is None else int(row["seq"])


def newest_pages(catalogue: Catalogue, site: str, most: int) -> list[int]:
    """The last captures of a site's pages, each address once, newest first."""
    rows = catalogue.connection.execute(
        "SELECT max(seq) AS seq FROM capture WHERE site = ? AND status = 200"
        " AND role IN ('article', 'listing', 'other') AND media_type LIKE '%html%'"
        " GROUP BY url ORDER BY seq DESC LIMIT ?",
        (site, most),
    )
    return [int(row["seq"]) for row in rows]
