"""The Wayback Machine, and the many web archives that run the same interface.

An index is asked for JSON (CDX server), page by page with a resume key; a capture is replayed raw
at `/web/<time>id_/<address>`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode, urljoin, urlsplit

from archive.ground.times import to_timestamp14
from archive.model import MementoForm
from crawler.politeness.retry import REFUSALS
from crawler.sites.description import Site
from crawler.web_archives.web_archive import (
    IndexAnswer,
    IndexLine,
    TimeSpan,
    address_of,
    answer_of,
    as_asked_for,
    from_timestamp14,
    status_of,
    text_of,
)

HOME = "https://web.archive.org"

PAGE = 5000
"""Lines of the index that are asked for at a time."""

_FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
_CAPTURE = re.compile(r"/(\d{14})(?:[a-z]{2}_)?/(https?:.+)", re.IGNORECASE)
_RESUME = "&resumeKey="


@dataclass(frozen=True, slots=True)
class Wayback:
    """A web archive at an address, without a slash at its end.

    The index tolerates about 30 queries a minute and the replay 600 captures; one a second is
    gentler.
    """

    base: str = HOME
    query_seconds: float = 2.0
    capture_seconds: float = 1.0
    form: MementoForm = MementoForm.PLAYBACK
    refusals: frozenset[int] = REFUSALS

    @property
    def name(self) -> str:
        """The host, as captures name where they come from."""
        return urlsplit(self.base).netloc

    @property
    def address(self) -> str:
        """The archive's own."""
        return self.base

    @property
    def is_named_by_hand(self) -> bool:
        """Whether this is not the well-known one."""
        return self.base != HOME

    def queries(self, site: Site, span: TimeSpan) -> list[str]:
        """One list for each host that the site's description names."""
        return [self._query(host, span) for host in dict.fromkeys((site.host, *site.asset_hosts))]

    def _query(self, host: str, span: TimeSpan) -> str:
        asked: dict[str, str | int] = {"url": host, "matchType": "host", "output": "json"}
        # Without urlkey, a resume key leads to the wrong place.
        asked["fl"] = ",".join(_FIELDS)
        for name, moment in (("from", span.since), ("to", span.until)):
            if moment is not None:
                asked[name] = to_timestamp14(moment)
        asked |= {"limit": PAGE, "showResumeKey": "true"}
        return f"{self.base}/cdx/search/cdx?{urlencode(asked)}"

    def read(self, query: str, status: int, body: bytes, site: Site, span: TimeSpan) -> IndexAnswer:
        """Rows under a header; after an empty row, the key for the next page.

        Raises `ValueError` for an answer that is no index.
        """
        if status != 200:
            raise ValueError(f"the index answered {status}")
        rows = json.loads(text_of(body), strict=False) if body.strip() else []
        if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
            raise ValueError("the index did not answer with rows")
        following: tuple[str, ...] = ()
        if len(rows) >= 2 and not rows[-2] and len(rows[-1]) == 1:
            first_page = query.partition(_RESUME)[0]
            # The key comes encoded, and CDXServer.java decodes it once more than a parameter is
            # decoded anyway. So it is encoded like any value: one that is sent as it came goes in a
            # circle at addresses with `%` or `+` (issue 195 of github.com/internetarchive/wayback).
            # edgi-govdata-archiving/wayback has the answers of web.archive.org to such keys in the
            # cassette of its test_search_multipage.
            key = quote(str(rows[-1][0]), safe="", errors="surrogateescape")
            following = (f"{first_page}{_RESUME}{key}",)
            rows = rows[:-2]
        if not rows:
            return IndexAnswer(following=following)
        header, *rest = ([str(cell) for cell in row] for row in rows)
        if "timestamp" not in header or "original" not in header:
            raise ValueError("the index did not name its columns")
        lines = [self._line(dict(zip(header, row, strict=False))) for row in rest if row]
        return answer_of(lines, following)

    def _line(self, row: dict[str, str]) -> IndexLine | None:
        try:
            captured_at = from_timestamp14(row["timestamp"])
            return self._at(
                row["original"],
                captured_at,
                row.get("statuscode", "-"),
                row.get("mimetype", ""),
                row.get("digest", ""),
            )
        except (KeyError, ValueError):
            return None

    def _at(
        self, url: str, captured_at: datetime, status: str, media_type: str, digest: str
    ) -> IndexLine:
        timestamp, url = to_timestamp14(captured_at), address_of(url)
        return IndexLine(
            url=url,
            captured_at=captured_at,
            status=status_of(status),
            media_type=media_type,
            digest=digest,
            fetch_url=f"{self.base}/web/{timestamp}id_/{as_asked_for(url)}",
        )

    def redirected(self, fetch_url: str, location: str) -> IndexLine | None:
        """Another capture of this archive, often of another day."""
        try:
            parts = urlsplit(urljoin(fetch_url, location))
        except ValueError:
            return None
        replay = f"{urlsplit(self.base).path}/web"
        if parts.netloc != self.name or not parts.path.startswith(f"{replay}/"):
            return None
        rest = parts.path.removeprefix(replay) + (f"?{parts.query}" if parts.query else "")
        found = _CAPTURE.fullmatch(rest)
        if not found:
            return None
        try:
            captured_at = from_timestamp14(found[1])
        except ValueError:
            return None
        return self._at(found[2], captured_at, "-", "", "")
