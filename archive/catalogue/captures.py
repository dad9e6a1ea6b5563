"""Captures as the catalogue has them, and their content as it lies in the segments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from archive.catalogue import mementos
from archive.catalogue.database import Catalogue
from archive.catalogue.derive_articles import links_from_json
from archive.catalogue.rows import broken, found
from archive.ground.errors import ArchiveDamaged, PayloadLost
from archive.ground.home import Home
from archive.ground.message import Message
from archive.ground.times import from_text
from archive.model import (
    Capture,
    Exchange,
    Memento,
    MementoForm,
    Page,
    PageKind,
    Role,
    StoredResponse,
)
from archive.warc import records, segments
from archive.warc.digests import digest
from archive.warc.http_response import Headers
from archive.warc.segment_files import segment_path

_KINDS = frozenset(PageKind)
_CAPTURE = (
    "SELECT c.*, s.name AS segment_name, m.source FROM capture c"
    " JOIN segment s ON s.number = c.segment LEFT JOIN memento m ON m.seq = c.seq"
)


def capture_at(catalogue: Catalogue, seq: int) -> Capture:
    """The capture of a number. Raises `ArchiveDamaged` if the catalogue has none."""
    row = found(catalogue.connection.execute(f"{_CAPTURE} WHERE c.seq = ?", (seq,)).fetchone())
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


def original_of(
    catalogue: Catalogue, exchange: Exchange, *, site: str | None = None
) -> records.Original | None:
    """The whole response in the archive, or of one site, that has the very same payload.

    What a web archive handed out is no such response: its record is another's word.
    """
    if exchange.truncated or exchange.memento or not exchange.body:
        return None
    row = catalogue.connection.execute(
        "SELECT record_id, url, captured_at FROM capture c"
        " WHERE payload_digest = :digest AND refers_to IS NULL AND truncated IS NULL"
        " AND (:site IS NULL OR site = :site)"
        " AND NOT EXISTS (SELECT 1 FROM memento m WHERE m.seq = c.seq) ORDER BY seq LIMIT 1",
        {"digest": digest(exchange.body), "site": site},
    ).fetchone()
    return row and records.Original(row["record_id"], row["url"], from_text(row["captured_at"]))


def confirmed_by(catalogue: Catalogue, capture: Capture) -> records.Original:
    """The response that a 304 refers to when it confirms a capture, which may be a revisit."""
    row = catalogue.connection.execute(
        "SELECT record_id, url, captured_at FROM capture WHERE record_id = ?",
        (capture.refers_to or capture.record_id,),
    ).fetchone()
    captured_at = from_text(found(row)["captured_at"])
    return records.Original(row["record_id"], row["url"], captured_at, capture.payload_digest)


@dataclass(frozen=True, slots=True)
class LocatedCapture:
    """A capture with all that it takes to read its content without a catalogue.

    `original` is the capture that has a revisit's payload, None if it refers to nothing that is
    there; `form` is how a web archive handed the capture out, None for one that was made here.
    """

    capture: Capture
    form: MementoForm | None = None
    original: LocatedCapture | None = None

    @property
    def segments(self) -> tuple[str, ...]:
        """The names of the segments that have its records."""
        return (self.capture.segment, *(self.original.segments if self.original else ()))

    def unnumbered(self) -> LocatedCapture:
        """The same without the numbers that a catalogue gave: they may be others in the next."""
        original = self.original and self.original.unnumbered()
        return replace(self, capture=replace(self.capture, seq=0), original=original)


RecordOf = Callable[[Capture], records.WarcRecord]
"""A capture's record, read from where its segment is; raises `ArchiveDamaged`."""


def placed(catalogue: Catalogue, capture: Capture) -> LocatedCapture:
    """A capture and where its content lies."""
    original = None
    if capture.refers_to:
        row = catalogue.connection.execute(
            "SELECT seq FROM capture WHERE record_id = ?", (capture.refers_to,)
        ).fetchone()
        original = row and _without_original(catalogue, capture_at(catalogue, row["seq"]))
    return replace(_without_original(catalogue, capture), original=original)


def read_stored(
    catalogue: Catalogue,
    capture: Capture,
    record: records.WarcRecord | None = None,
) -> StoredResponse:
    """A capture's content from its segment; a revisit's payload from the response it refers to.

    `record` is the capture's own, if it was read already.

    Raises `PayloadLost` if the record that has the payload is gone.
    """
    return read_placed(placed(catalogue, capture), partial(record_of, catalogue.home), record)


def read_placed(
    place: LocatedCapture, record_of: RecordOf, record: records.WarcRecord | None = None
) -> StoredResponse:
    """The same of a capture whose place is known."""
    capture = place.capture
    status, headers, payload = _content(place, record or record_of(capture))
    if capture.refers_to:
        if place.original is None:
            raise PayloadLost(
                "archive.capture-refers-to-nothing",
                capture=capture.seq,
                url=capture.url,
                record=capture.refers_to,
                hint=Message("archive.restore-the-segment-then-rebuild"),
            )
        original_status, original_headers, payload = _content(
            place.original, record_of(place.original.capture)
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


def _without_original(catalogue: Catalogue, capture: Capture) -> LocatedCapture:
    if capture.source is None:
        return LocatedCapture(capture)
    row = catalogue.connection.execute(
        "SELECT form FROM memento WHERE seq = ?", (capture.seq,)
    ).fetchone()
    return LocatedCapture(capture, MementoForm(found(row)["form"]))


def _content(place: LocatedCapture, record: records.WarcRecord) -> tuple[int, Headers, bytes]:
    """Status, headers and payload of a capture's own record; 0 and nothing if it only refers."""
    if record.type == "metadata":
        return 0, (), b""
    status, headers, payload = record.message
    capture = place.capture
    if capture.source is None or place.form is None:
        return status, headers, payload
    memento = Memento(capture.source, capture.url, capture.captured_at, capture.role, place.form)
    held = found(mementos.find(memento, status, headers, payload))
    return held.status, held.headers, held.payload


def settled_in(catalogue: Catalogue, crawl: str, url: str) -> int | None:
    """The number of the last record of a crawl about an address that was asked for, if any.

    What a web archive handed out there counts, whatever address it is a capture of.
    """
    row = catalogue.connection.execute(
        "SELECT max(seq) AS seq FROM ("
        "SELECT seq, run FROM capture WHERE url = :url"
        " UNION ALL SELECT seq, run FROM outcome WHERE url = :url"
        " UNION ALL SELECT seq, run FROM memento JOIN capture USING (seq) WHERE fetched_url = :url)"
        " JOIN run ON run.id = run WHERE crawl = :crawl",
        {"url": url, "crawl": crawl},
    ).fetchone()
    return None if row["seq"] is None else int(row["seq"])


def is_quarantined(catalogue: Catalogue, seq: int) -> bool:
    """Whether nothing may be concluded from capture `seq`."""
    row = catalogue.connection.execute("SELECT 1 FROM quarantined WHERE seq = ?", (seq,)).fetchone()
    return row is not None


def page_of(catalogue: Catalogue, seq: int) -> Page | None:
    """The page of capture `seq` without its article; None for an outcome."""
    row = catalogue.connection.execute("SELECT * FROM page WHERE seq = ?", (seq,)).fetchone()
    if row is None:
        return None
    if row["kind"] not in _KINDS:
        raise broken(Message("archive.page-of-unknown-kind", kind=row["kind"][:40]))
    return Page(
        PageKind(row["kind"]),
        row["identity_url"],
        links=links_from_json(row["links"]),
        total=row["total"],
        problem=row["problem"],
    )


def record_of(home: Home, capture: Capture) -> records.WarcRecord:
    """A capture's record, read from its segment.

    Raises `ArchiveDamaged` if it is not there.
    """
    path = segment_path(home.warc, capture.segment)
    member = segments.read_member(path, capture.offset, capture.length)
    try:
        return records.parse_member(member)
    except ArchiveDamaged as error:
        raise segments.unreadable(path, capture.offset, error.said) from error


def number_of(catalogue: Catalogue, record_id: str | None) -> int | None:
    """The number of the capture whose record has this id; None if there is none."""
    row = catalogue.connection.execute(
        "SELECT seq FROM capture WHERE record_id = ?", (record_id,)
    ).fetchone()
    return row and int(row["seq"])


def last_capture(catalogue: Catalogue) -> int:
    """The number of the last capture; 0 in an empty archive."""
    row = catalogue.connection.execute("SELECT max(seq) AS seq FROM capture").fetchone()
    return int(row["seq"] or 0)
