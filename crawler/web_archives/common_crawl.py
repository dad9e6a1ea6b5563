"""Common Crawl: an index for each of its crawls, and ranged reads of its WARC files."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from archive.model import MementoForm
from crawler.politeness.retry import REFUSALS
from crawler.sites.description import Site
from crawler.web_archives.web_archive import (
    IndexAnswer,
    IndexLine,
    TimeSpan,
    address_of,
    answer_of,
    from_timestamp14,
    status_of,
    text_of,
)

INDEX = "https://index.commoncrawl.org"
DATA = "https://data.commoncrawl.org"
CRAWLS = "collinfo.json"

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/=-]*")
_LONGEST = 64 << 20
_FARTHEST = 1 << 50
_HOW_MANY = "&showNumPages=true"
_PAGE = "&page="
_MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class CommonCrawl:
    """Common Crawl, or what answers as it does: where the indexes are, and where the files are.

    One query at a time: more are answered with an error, as often 403 as 503.
    """

    index: str = INDEX
    data: str = DATA
    query_seconds: float = 2.0
    capture_seconds: float = 1.0
    form: MementoForm = MementoForm.RECORD
    refusals: frozenset[int] = REFUSALS | {403}

    @property
    def name(self) -> str:
        """The host of the files, as captures name where they come from."""
        return urlsplit(self.data).netloc

    @property
    def address(self) -> str:
        """Where the indexes are."""
        return self.index

    @property
    def is_named_by_hand(self) -> bool:
        """Whether this is not the well-known one."""
        return (self.index, self.data) != (INDEX, DATA)

    def queries(self, site: Site, span: TimeSpan) -> list[str]:
        """The list of the crawls, to begin with."""
        return [f"{self.index}/{CRAWLS}"]

    def read(self, query: str, status: int, body: bytes, site: Site, span: TimeSpan) -> IndexAnswer:
        """The crawls of the years asked for; or one crawl's captures, none if it answers 404.

        An index answers with the first of its pages, of 15,000 lines or so. One that has anything
        is asked how many there are, and then for each of the others.

        Raises `ValueError` for an answer that is no index.
        """
        is_list = query.endswith(f"/{CRAWLS}")
        if status == 404 and not is_list:
            return IndexAnswer()
        if status != 200:
            raise ValueError(f"the index answered {status}")
        if is_list:
            return IndexAnswer(following=tuple(self._crawls(json.loads(body), site, span)))
        if query.endswith(_HOW_MANY) and (pages := _pages_in(body)) is not None:
            first = query.removesuffix(_HOW_MANY)
            return IndexAnswer(following=tuple(f"{first}{_PAGE}{n}" for n in range(1, pages)))
        rows, unread = _rows_of(body)
        lines = [self._line(row) for row in rows]
        is_first = _PAGE not in query and not query.endswith(_HOW_MANY)
        following = (query + _HOW_MANY,) if is_first and rows else ()
        fault = f"lines that are no JSON: {unread}" if unread else ""
        return answer_of(lines, following, fault=fault)

    def _crawls(self, listed: Any, site: Site, span: TimeSpan) -> list[str]:
        if not isinstance(listed, list):
            raise ValueError("the crawls came in no list")
        names = [str(one.get("id", "")) for one in listed if isinstance(one, dict)]
        hosts = dict.fromkeys((site.host, *site.asset_hosts))
        return [
            f"{self.index}/{name}-index?{urlencode({'url': f'{host}/*', 'output': 'json'})}"
            for name in sorted(names)
            if _ID.fullmatch(name) and _may_hold(name, span)
            for host in hosts
        ]

    def _line(self, row: Any) -> IndexLine | None:
        try:
            start, length = int(row["offset"]), int(row["length"])
            if not 0 <= start < _FARTHEST or not 0 < length <= _LONGEST:
                return None
            if not _FILE.fullmatch(row["filename"]):
                return None
            return IndexLine(
                url=address_of(str(row["url"])),
                captured_at=from_timestamp14(str(row["timestamp"])),
                status=status_of(str(row.get("status", ""))),
                media_type=str(row.get("mime", "")),
                digest=str(row.get("digest", "")),
                fetch_url=f"{self.data}/{row['filename']}",
                byte_range=(start, start + length - 1),
            )
        except (KeyError, TypeError, ValueError):
            return None

    def redirected(self, fetch_url: str, location: str) -> IndexLine | None:
        """Its files lie where the index says."""
        return None


def _pages_in(body: bytes) -> int | None:
    """The number of pages, stated alone or with more about them; None if the answer is none."""
    try:
        told = json.loads(body)
    except ValueError:
        return None
    pages = told.get("pages") if isinstance(told, dict) else told
    if not isinstance(pages, int):
        return None
    if pages > _MOST_PAGES:
        raise ValueError(f"the index announces {pages:,} pages")
    return pages


def _rows_of(body: bytes) -> tuple[list[Any], int]:
    """The lines of JSON, and how many are none."""
    rows, unread = [], 0
    for line in filter(str.strip, text_of(body).split("\n")):
        try:
            rows.append(json.loads(line, strict=False))
        except ValueError:
            unread += 1
    return rows, unread


def _may_hold(crawl: str, span: TimeSpan) -> bool:
    """Whether a crawl of this name may have captures of the span: names hold years."""
    years = [int(year) for year in _YEAR.findall(crawl)]
    if not years:
        return True
    too_early = span.since is not None and max(years) < span.since.year
    return not too_early and not (span.until is not None and min(years) > span.until.year)
