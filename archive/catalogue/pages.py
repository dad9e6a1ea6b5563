"""The derivation `pages`: what extraction reads out of captures, and the articles made of it.

It follows the records in their order and is made in the crawl.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Protocol

from archive.catalogue.captures import capture_at, read_stored
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


class Pages:
    """Pages, articles, versions and observations, by the extraction that is handed in."""

    name = "pages"
    when = Schedule.IN_THE_CRAWL
    reads = (CAPTURES, PAYLOADS)
    schema = PAGES

    def __init__(self, extract: Extract) -> None:
        self._extract = extract
        self._descriptions: dict[str, Mapping[str, Any]] = {}

    @property
    def rule(self) -> int:
        """The number of the extraction rule."""
        return self._extract.rule

    def derive(self, work: Work) -> Iterator[Step]:
        """Read what follows the watermark, a capture a step."""
        rows = work.connection.execute(_UNDERIVED, {"after": work.after}).fetchall()
        done = 0
        for are_captures, together in groupby(rows, key=lambda row: row["kind"] == "capture"):
            if are_captures:
                for row in together:
                    capture = capture_at(work.catalogue, row["seq"])
                    self.store(work.catalogue, [(capture, None)])
                    done += 1
                    yield Step(done, len(rows), capture.url, upto=capture.seq)
                continue
            for row in together:
                _STORE[row["kind"]](work.connection, row["seq"])
                done += 1
            yield Step(done, len(rows), upto=row["seq"])

    def store(
        self,
        catalogue: Catalogue,
        captures: Sequence[tuple[Capture, records.WarcRecord | None]],
    ) -> list[Page]:
        """Extract captures that follow each other and the watermark, and store their pages.

        Each comes with its record if that was read already. All are extracted before any is
        stored.
        """
        pages = [self._page_of(catalogue, *capture) for capture in captures]
        for (capture, _), page in zip(captures, pages, strict=True):
            store_page(catalogue.connection, capture, page)
        return pages

    def _page_of(
        self,
        catalogue: Catalogue,
        capture: Capture,
        record: records.WarcRecord | None,
    ) -> Page:
        try:
            stored = read_stored(catalogue, capture, record)
        except PayloadLost:
            return Page(PageKind.UNREADABLE, capture.url, problem="its payload is lost")
        return self._extract(self._description(catalogue, capture.run), stored)

    def _description(self, catalogue: Catalogue, run: str) -> Mapping[str, Any]:
        if run not in self._descriptions:
            row = catalogue.connection.execute(
                "SELECT description FROM run WHERE id = ?", (run,)
            ).fetchone()
            self._descriptions[run] = parsed(found(row)["description"], mapping)
        return self._descriptions[run]
