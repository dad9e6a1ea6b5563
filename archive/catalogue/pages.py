"""The derivation `pages`: what extraction reads out of captures, and the articles made of it.

It follows the records in their order and is made in the crawl.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, Protocol

from archive.catalogue.captures import (
    LocatedCapture,
    RecordOf,
    capture_at,
    placed,
    read_placed,
    record_of,
)
from archive.catalogue.database import Catalogue
from archive.catalogue.derivation import CAPTURES, PAYLOADS, Schedule, Step, Work
from archive.catalogue.derive_articles import store_act, store_outcome, store_page
from archive.catalogue.quarantine import store_quarantine
from archive.catalogue.rows import found, mapping, parsed
from archive.catalogue.schema import PAGES
from archive.ground.errors import PayloadLost
from archive.model import Capture, Page, PageKind, StoredResponse
from archive.warc import records

_UNDERIVED = """
SELECT seq, 'capture' AS kind FROM capture WHERE seq > :after
UNION ALL SELECT seq, 'outcome' FROM outcome WHERE seq > :after
UNION ALL SELECT seq, 'withholding' FROM withholding WHERE seq > :after
UNION ALL SELECT seq, 'quarantine' FROM quarantine WHERE seq > :after
ORDER BY seq
"""

_STORE = {"outcome": store_outcome, "withholding": store_act, "quarantine": store_quarantine}


class Extract(Protocol):
    """Extraction, as the archive is handed it: pure, and numbered by the rule it follows."""

    rule: int

    def __call__(self, description: Mapping[str, Any], stored: StoredResponse) -> Page:
        """What the stored response says, read by the site description of its own run."""


@dataclass(frozen=True, slots=True)
class CaptureUnit:
    """A capture to be extracted, and the description of its run's site, as JSON."""

    place: LocatedCapture
    description: str

    @property
    def segment(self) -> str:
        """The segment that has its record."""
        return self.place.capture.segment

    @property
    def segments(self) -> tuple[str, ...]:
        """Its own, and that of the response it refers to."""
        return self.place.segments


class Pages:
    """Pages, articles, versions and observations, by the extraction that is handed in."""

    name = "pages"
    when = Schedule.IN_THE_CRAWL
    reads = (CAPTURES, PAYLOADS)
    schema = PAGES
    result = Page

    def __init__(self, extract: Extract) -> None:
        self._extract = extract
        self._descriptions: dict[str, str] = {}
        self._values: dict[str, Mapping[str, Any]] = {}

    @property
    def rule(self) -> int:
        """The number of the extraction rule."""
        return self._extract.rule

    def derive(self, work: Work) -> Iterator[Step]:
        """Read what follows the watermark, a capture a step."""
        rows = work.connection.execute(_UNDERIVED, {"after": work.after}).fetchall()
        captures = (row["seq"] for row in rows if row["kind"] == "capture")
        pages = work.read(self, (self._unit(work.catalogue, seq) for seq in captures))
        done = 0
        for are_captures, together in groupby(rows, key=lambda row: row["kind"] == "capture"):
            if are_captures:
                for row in together:
                    capture = capture_at(work.catalogue, row["seq"])
                    store_page(work.connection, capture, next(pages))
                    done += 1
                    yield Step(done, len(rows), capture.url, upto=capture.seq)
                continue
            for row in together:
                _STORE[row["kind"]](work.connection, row["seq"])
                done += 1
            yield Step(done, len(rows), upto=row["seq"])

    def read(self, units: Iterable[CaptureUnit], record_of: RecordOf) -> Iterator[Page]:
        """Extract each capture."""
        return (self._page_of(unit, record_of) for unit in units)

    def store(
        self,
        catalogue: Catalogue,
        captures: Sequence[tuple[Capture, records.WarcRecord | None]],
    ) -> list[Page]:
        """Extract captures that follow each other and the watermark, and store their pages.

        Each comes with its record if that was read already. All are extracted before any is
        stored.
        """
        read_record = partial(record_of, catalogue.home)
        pages = [
            self._page_of(self._unit_of(catalogue, capture), read_record, record)
            for capture, record in captures
        ]
        for (capture, _), page in zip(captures, pages, strict=True):
            store_page(catalogue.connection, capture, page)
        return pages

    def _page_of(
        self, unit: CaptureUnit, record_of: RecordOf, record: records.WarcRecord | None = None
    ) -> Page:
        try:
            stored = read_placed(unit.place, record_of, record)
        except PayloadLost:
            url = unit.place.capture.url
            return Page(PageKind.UNREADABLE, url, problem="its payload is lost")
        text = unit.description
        if text not in self._values:
            self._values[text] = parsed(text, mapping)
        return self._extract(self._values[text], stored)

    def _unit(self, catalogue: Catalogue, seq: int) -> CaptureUnit:
        return self._unit_of(catalogue, capture_at(catalogue, seq))

    def _unit_of(self, catalogue: Catalogue, capture: Capture) -> CaptureUnit:
        if capture.run not in self._descriptions:
            row = catalogue.connection.execute(
                "SELECT description FROM run WHERE id = ?", (capture.run,)
            ).fetchone()
            self._descriptions[capture.run] = found(row)["description"]
        place = placed(catalogue, capture).unnumbered()
        return CaptureUnit(place, self._descriptions[capture.run])
