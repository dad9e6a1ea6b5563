"""Records made elsewhere that the archive has taken in."""

from __future__ import annotations

from typing import NamedTuple

from archive.catalogue.captures import capture_at, record_of
from archive.catalogue.database import Catalogue
from archive.ground.times import rough
from archive.model import CUT_SHORT


class KeptUnread(NamedTuple):
    """A capture made elsewhere that is kept and can't be read as what it is, and where it stood."""

    file: str
    offset: str
    url: str
    problem: str


def is_imported(catalogue: Catalogue, record_id: str | None) -> bool:
    """Whether a record made elsewhere was taken in."""
    row = catalogue.connection.execute(
        "SELECT 1 FROM imported WHERE record_id = ?", (record_id,)
    ).fetchone()
    return row is not None


def kept_unread(catalogue: Catalogue, run: str) -> list[KeptUnread]:
    """The captures of an import that can't be read, or whose body breaks off unsaid."""
    rows = catalogue.connection.execute(
        "SELECT c.seq, i.file, i.offset AS place, c.url, p.problem"
        " FROM capture c JOIN page p USING (seq) JOIN imported i USING (record_id)"
        " WHERE c.run = :run AND p.problem IS NOT NULL"
        " AND (p.kind = 'unreadable' OR p.problem LIKE :cut || '%') ORDER BY c.seq",
        {"run": run, "cut": CUT_SHORT},
    ).fetchall()
    return [
        KeptUnread(row["file"], row["place"], row["url"], row["problem"])
        for row in rows
        if not _says_so(catalogue, row["seq"])
    ]


def _says_so(catalogue: Catalogue, seq: int) -> bool:
    """Whether a record says itself that it is truncated (ISO 28500:2017 § 5.13)."""
    return "WARC-Truncated" in record_of(catalogue.home, capture_at(catalogue, seq)).fields


def rough_dates(catalogue: Catalogue, article: str) -> dict[int, str]:
    """The dates of an article's captures that name no second, as they are stated, by number."""
    rows = catalogue.connection.execute(
        "SELECT o.seq, i.date FROM observation o JOIN capture c USING (seq)"
        " JOIN imported i USING (record_id) WHERE o.article = ?",
        (article,),
    )
    return {row["seq"]: row["date"] for row in rows if rough(row["date"])}


def rough_dates_of_file(catalogue: Catalogue, site: str, url: str) -> dict[int, str]:
    """The same of the captures of a file at an address of a site."""
    rows = catalogue.connection.execute(
        "SELECT p.seq, i.date FROM page p JOIN capture c USING (seq)"
        " JOIN imported i USING (record_id)"
        " WHERE p.site = ? AND p.identity_url = ? AND p.kind = 'file'",
        (site, url),
    )
    return {row["seq"]: row["date"] for row in rows if rough(row["date"])}
