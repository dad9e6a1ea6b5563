"""Questions to an archive: captures and their content, articles, problems, what is held."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Self

from archive.derived import catalogue, mementos
from archive.derived.derive import links_from_json
from archive.derived.versions import from_json
from archive.errors import ArchiveDamaged, PayloadLost
from archive.files import segments, warc
from archive.files.digests import digest
from archive.files.http_block import Headers
from archive.home import Home
from archive.records import (
    ArticleRecord,
    Capture,
    Exchange,
    Memento,
    MementoForm,
    Page,
    PageKind,
    Problem,
    Role,
    Run,
    Status,
    StoredResponse,
)
from archive.times import from_text
from archive.withholding import require_shown, withheld

_CAPTURE = (
    "SELECT c.*, s.name AS segment_name, m.source FROM capture c"
    " JOIN segment s ON s.number = c.segment LEFT JOIN memento m ON m.seq = c.seq"
)


class ArchiveReader:
    """An archive open for reading; never waits for a writer, never writes a byte."""

    def __init__(self, home: Home, connection: sqlite3.Connection) -> None:
        self.home = home
        self.connection = connection

    @classmethod
    def open(cls, home: Home) -> Self:
        """Open the archive of a home, or raise an error that says what is missing."""
        return cls(home, catalogue.open_for_reading(home.catalogue))

    def close(self) -> None:
        """Close the catalogue."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def hold_still(self) -> None:
        """From now on see the archive as it is at this moment, whatever a writer adds."""
        self.connection.execute("BEGIN")
        self.last_change()

    def article(self, article_id: str) -> ArticleRecord | None:
        """The article of this id, also under an id it had before; None if there is none.

        Raises `Withheld` for one that must not be shown.
        """
        current = self.current_id(article_id)
        require_shown(self.connection, current)
        return _article(self.connection, current)

    def current_id(self, article_id: str) -> str:
        """The id that an article has now, by any id it had before."""
        alias = self.connection.execute(
            "SELECT article FROM alias WHERE id = ?", (article_id,)
        ).fetchone()
        return alias["article"] if alias else article_id

    def changes(self, after: int) -> Iterator[tuple[str, int, ArticleRecord | None]]:
        """Ids whose article changed after a change's number, oldest first.

        None stands for one that was merged into another or is withheld.
        """
        hidden = withheld(self.connection)
        rows = self.connection.execute(
            "SELECT id, seq FROM change WHERE seq > ? ORDER BY seq, id", (after,)
        ).fetchall()
        for row in rows:
            shown = row["id"] not in hidden
            yield row["id"], row["seq"], _article(self.connection, row["id"]) if shown else None

    def article_count(self) -> int:
        """How many articles there are to be shown."""
        return _count(self.connection, "shown_article")

    def change_count(self, after: int) -> int:
        """How many articles changed after a change's number."""
        row = self.connection.execute("SELECT count(*) FROM change WHERE seq > ?", (after,))
        return int(row.fetchone()[0])

    def merged_away(self, after: int) -> list[str]:
        """Ids that ceased to be an article's own, or are withheld, after a change's number."""
        rows = self.connection.execute(
            "SELECT id FROM change WHERE seq > ? AND id NOT IN (SELECT id FROM shown_article)",
            (after,),
        )
        return [row["id"] for row in rows]

    def last_change(self) -> int:
        """The number of the last change to any article; 0 in an empty archive."""
        return int(
            self.connection.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()[0]
        )

    def rule(self) -> int:
        """The extraction rule that all of the catalogue follows."""
        row = self.connection.execute("SELECT value FROM meta WHERE name = 'rule'").fetchone()
        return int(row["value"]) if row else 0

    def capture(self, seq: int) -> Capture:
        """The capture of this number."""
        return capture_at(self.connection, seq)

    def stored(self, capture: Capture) -> StoredResponse:
        """A capture's content, read back from its segment."""
        return read_stored(self.home, self.connection, capture)

    def runs(self) -> list[Run]:
        """All runs that fetched, oldest first."""
        rows = self.connection.execute(
            "SELECT * FROM run WHERE id NOT IN (SELECT run FROM withholding)"
            " ORDER BY started_at, id"
        )
        return [_run(row) for row in rows]

    def problems(self) -> list[Problem]:
        """What could not be read or fetched and has not come right since, by site and URL."""
        rows = self.connection.execute(_PROBLEMS).fetchall()
        return [
            Problem(row["site"], row["url"], from_text(row["at"]), row["what"], row["detail"] or "")
            for row in rows
        ]

    def status(self) -> Status:
        """What is held."""
        one = self.connection.execute
        span = one(
            "SELECT min(published_at), max(published_at), count(*) - count(published_at)"
            " FROM article"
        ).fetchone()
        runs = self.runs()
        return Status(
            articles=_count(self.connection, "article"),
            captures=_count(self.connection, "capture"),
            versions=_count(self.connection, "version"),
            problems=_count(self.connection, f"({_PROBLEMS})"),
            sites=tuple(r["site"] for r in one("SELECT DISTINCT site FROM run ORDER BY site")),
            first_published=_published(span[0]),
            last_published=_published(span[1]),
            undated=span[2],
            change_seq=self.last_change(),
            last_run=runs[-1] if runs else None,
            warc_bytes=_size(self.home.warc),
            catalogue_bytes=sum(
                path.stat().st_size for path in self.home.path.glob("catalogue.sqlite*")
            ),
            gone=_count(self.connection, "gone"),
            withheld=_count(self.connection, "withheld"),
        )


_PROBLEMS = """
WITH event AS (
    SELECT c.seq, c.site, p.identity_url AS url, c.captured_at AS at, m.seq IS NULL AS own,
        CASE WHEN p.problem IS NOT NULL AND (m.seq IS NULL OR p.kind != 'error')
            THEN p.kind END AS what, p.problem AS detail
    FROM capture c JOIN page p USING (seq) LEFT JOIN memento m USING (seq)
    UNION ALL
    SELECT m.seq, c.site, m.fetched_url, m.fetched_at, 1, NULL, NULL
    FROM memento m JOIN capture c USING (seq)
    UNION ALL
    SELECT seq, site,
        coalesce((SELECT p.identity_url FROM capture c JOIN page p ON p.seq = c.seq
            WHERE c.url = o.url ORDER BY c.seq DESC LIMIT 1), url),
        at, 1, CASE WHEN outcome = 'failed' THEN outcome END, detail
    FROM outcome o)
SELECT site, url, at, what, detail FROM (
    SELECT *, row_number() OVER (PARTITION BY site, url
        ORDER BY own DESC, CASE WHEN own THEN seq END DESC, at DESC) AS age
    FROM event)
WHERE age = 1 AND what IS NOT NULL
ORDER BY site, url
"""


def capture_at(connection: sqlite3.Connection, seq: int) -> Capture:
    """The capture of a number."""
    row = connection.execute(f"{_CAPTURE} WHERE c.seq = ?", (seq,)).fetchone()
    return Capture(
        seq=row["seq"],
        record_id=row["record_id"],
        run=row["run"],
        site=row["site"],
        url=row["url"],
        role=Role(row["role"]),
        captured_at=from_text(row["captured_at"]),
        status=row["status"],
        media_type=row["media_type"],
        payload_digest=row["payload_digest"],
        payload_length=row["payload_length"],
        refers_to=row["refers_to"],
        truncated=row["truncated"],
        segment=row["segment_name"],
        offset=row["offset"],
        length=row["length"],
        source=row["source"],
    )


def original_of(connection: sqlite3.Connection, exchange: Exchange) -> warc.Original | None:
    """The whole response in the archive that has the very same payload, if there is one.

    What a web archive handed out is no such response: its record is another's word.
    """
    if exchange.truncated or exchange.memento or not exchange.body:
        return None
    row = connection.execute(
        "SELECT record_id, url, captured_at FROM capture c"
        " WHERE payload_digest = ? AND refers_to IS NULL AND truncated IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM memento m WHERE m.seq = c.seq) ORDER BY seq LIMIT 1",
        (digest(exchange.body),),
    ).fetchone()
    return row and warc.Original(row["record_id"], row["url"], from_text(row["captured_at"]))


def confirmed_by(connection: sqlite3.Connection, capture: Capture) -> warc.Original:
    """The response that a 304 refers to when it confirms a capture, which may be a revisit."""
    row = connection.execute(
        "SELECT record_id, url, captured_at FROM capture WHERE record_id = ?",
        (capture.refers_to or capture.record_id,),
    ).fetchone()
    captured_at = from_text(row["captured_at"])
    return warc.Original(row["record_id"], row["url"], captured_at, capture.payload_digest)


def read_stored(
    home: Home,
    connection: sqlite3.Connection,
    capture: Capture,
    record: warc.Record | None = None,
) -> StoredResponse:
    """A capture's content from its segment; a revisit's payload from the response it refers to.

    `record` is the capture's own, if it was read already.
    """
    record = record or record_of(home, capture)
    status, headers, payload = _content(connection, capture, record)
    if capture.refers_to:
        row = connection.execute(
            "SELECT seq FROM capture WHERE record_id = ?", (capture.refers_to,)
        ).fetchone()
        if row is None:
            raise PayloadLost(
                f"capture {capture.seq} of {capture.url} refers to {capture.refers_to},"
                " which this archive does not hold",
                hint="Restore the missing segment, then `hdnd rebuild`.",
            )
        original = capture_at(connection, row["seq"])
        original_status, original_headers, payload = _content(
            connection, original, record_of(home, original)
        )
        if status in (0, 304):
            status, headers = original_status, original_headers
    return StoredResponse(
        url=capture.url,
        role=capture.role,
        captured_at=capture.captured_at,
        status=status,
        headers=headers,
        body=payload,
        truncated=capture.truncated,
    )


def _content(
    connection: sqlite3.Connection, capture: Capture, record: warc.Record
) -> tuple[int, Headers, bytes]:
    """Status, headers and payload of a capture's own record; 0 and nothing if it only refers."""
    if record.type == "metadata":
        return 0, (), b""
    status, headers, payload = record.message
    if capture.source is None:
        return status, headers, payload
    form = connection.execute("SELECT form FROM memento WHERE seq = ?", (capture.seq,)).fetchone()
    memento = Memento(
        capture.source,
        capture.url,
        capture.captured_at,
        capture.role,
        MementoForm(form["form"]),
    )
    found = mementos.find(memento, status, headers, payload)
    assert found is not None, "the catalogue took it in as a memento"
    return found.status, found.headers, found.payload


def settled_in(connection: sqlite3.Connection, crawl: str, url: str) -> int | None:
    """The number of the last capture or outcome that a crawl recorded of a URL, if any."""
    row = connection.execute(
        "SELECT max(seq) AS seq FROM ("
        "SELECT seq, run FROM capture WHERE url = :url UNION ALL"
        " SELECT seq, run FROM outcome WHERE url = :url)"
        " JOIN run ON run.id = run WHERE crawl = :crawl",
        {"url": url, "crawl": crawl},
    ).fetchone()
    return None if row["seq"] is None else int(row["seq"])


def page_of(connection: sqlite3.Connection, seq: int) -> Page | None:
    """The page of capture `seq` without its article; None for an outcome."""
    row = connection.execute("SELECT * FROM page WHERE seq = ?", (seq,)).fetchone()
    return row and Page(
        PageKind(row["kind"]),
        row["identity_url"],
        links=links_from_json(row["links"]),
        total=row["total"],
        problem=row["problem"],
    )


def record_of(home: Home, capture: Capture) -> warc.Record:
    """A capture's record, read from its segment."""
    path = final = home.warc / capture.segment
    if not final.exists():
        path = final.with_name(final.name + segments.OPEN_SUFFIX)
    try:
        member = segments.read_member(path, capture.offset, capture.length)
    except ArchiveDamaged:
        if path.exists() or not final.exists():
            raise
        # A writer closed the segment just now.
        path = final
        member = segments.read_member(path, capture.offset, capture.length)
    try:
        return warc.parse_member(member)
    except ArchiveDamaged as error:
        raise ArchiveDamaged(
            f"{path}, offset {capture.offset}: {error.message}", hint=segments.RESTORE
        ) from error


def _article(connection: sqlite3.Connection, article_id: str) -> ArticleRecord | None:
    row = connection.execute("SELECT * FROM article WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        return None
    content = connection.execute(
        "SELECT content FROM version WHERE article = ? AND digest = ?", (article_id, row["version"])
    ).fetchone()
    latest = connection.execute(
        "SELECT * FROM observation WHERE seq = ?", (row["last_seq"],)
    ).fetchone()
    urls = connection.execute(
        "SELECT url FROM article_url WHERE article = ? ORDER BY url != ?, url",
        (article_id, row["url"]),
    )
    counts = connection.execute(
        "SELECT count(*) AS captures, count(DISTINCT version) AS versions FROM observation"
        " WHERE article = ?",
        (article_id,),
    ).fetchone()
    changed = connection.execute("SELECT seq FROM change WHERE id = ?", (article_id,)).fetchone()
    gone = connection.execute("SELECT since FROM gone WHERE article = ?", (article_id,)).fetchone()
    return ArticleRecord(
        id=article_id,
        site=row["site"],
        url=row["url"],
        urls=tuple(u["url"] for u in urls),
        category=row["category"],
        article=from_json(content["content"]),
        views=latest["views"],
        poster=latest["poster"],
        stamp=latest["stamp"],
        version=row["version"],
        versions=counts["versions"],
        captures=counts["captures"],
        first_captured_at=from_text(row["first_captured_at"]),
        last_captured_at=from_text(row["last_captured_at"]),
        capture_seq=row["last_seq"],
        change_seq=changed["seq"],
        gone_since=from_text(gone["since"]) if gone else None,
    )


def _run(row: sqlite3.Row) -> Run:
    return Run(
        id=row["id"],
        crawl=row["crawl"],
        site=row["site"],
        kind=row["kind"],
        started_at=from_text(row["started_at"]),
        ended_at=from_text(row["ended_at"]) if row["ended_at"] else None,
        reason=row["reason"],
        counts=json.loads(row["counts"]),
    )


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _published(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*")) if folder.exists() else 0
