"""What a refresh looks at again, and what it knows already: drawn from the catalogue alone.

An article is looked at again when the time that its age allows has gone by since the last look
(`revisit_schedule`); every day after a look that did not find it, until it is known to be gone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.catalogue.captures import capture_at, read_stored
from archive.ground.home import Home
from archive.ground.times import from_text
from archive.model import Link, Role
from crawler.extraction.platforms import platform_for
from crawler.frontier.entries import Validator, known_key
from crawler.sites.canonical_urls import at_base, composed, on_site
from crawler.sites.description import Site
from crawler.sites.revisit_schedule import DAY

SLACK = timedelta(hours=12)
"""What falls due within this time is due now: nights are not exactly a day apart."""

_AFTER_GONE = 7 * DAY


@dataclass(frozen=True, slots=True)
class DueRevisit:
    """Something to look at again; `late` is how long it has waited, in parts of its interval."""

    link: Link
    validator: Validator | None
    late: float


class RevisitPlan:
    """The plan of one site at one moment."""

    def __init__(
        self, home: Home, connection: sqlite3.Connection, site: Site, now: datetime
    ) -> None:
        self._home = home
        self._connection = connection
        self._site = site
        self._now = now
        self._platform = platform_for(site.platform, now.date())

    def knows_crawl(self, crawl: str) -> bool:
        """Whether a crawl left anything here; a frontier may outlive its archive."""
        row = self._connection.execute("SELECT 1 FROM run WHERE crawl = ?", (crawl,)).fetchone()
        return row is not None

    def needs_sweep(self) -> bool:
        """Whether the listings were not walked to their ends for long enough."""
        row = self._connection.execute(
            "SELECT max(started_at) AS last FROM run"
            " WHERE site = ? AND kind IN ('crawl', 'sweep') AND reason = 'finished'",
            (self._site.id,),
        ).fetchone()
        if row["last"] is None:
            return True
        return from_text(row["last"]) + self._site.refresh.sweep_days * DAY <= self._now + SLACK

    def known(self) -> Iterator[str]:
        """The keys of all that the archive holds of the site and that is not gone."""
        for row in self._connection.execute(
            "SELECT u.url, u.article FROM article_url u JOIN article a ON a.id = u.article"
            " WHERE u.site = ? AND a.id NOT IN (SELECT article FROM gone)",
            (self._site.id,),
        ):
            yield known_key(row["url"])
            asset = row["article"].removeprefix(f"{self._site.id}-")
            if asset.isdecimal():
                yield f"asset {asset}"
        for row in self._connection.execute(
            "SELECT DISTINCT p.identity_url FROM capture c JOIN page p USING (seq)"
            " WHERE c.site = ? AND c.role IN ('image', 'attachment')",
            (self._site.id,),
        ):
            yield known_key(row["identity_url"])

    def due(self) -> list[DueRevisit]:
        """What to look at again now, what has waited longest first."""
        tries = self._last_tries()
        found = [*self._articles(tries), *self._files(tries)]
        return sorted(found, key=lambda due: (-due.late, due.link.url))

    def _articles(self, tries: dict[str, datetime]) -> Iterator[DueRevisit]:
        urls: dict[str, list[str]] = {}
        for row in self._connection.execute(
            "SELECT article, url FROM article_url WHERE site = ?", (self._site.id,)
        ):
            urls.setdefault(row["article"], []).append(row["url"])
        for row in self._connection.execute(_ARTICLES, (self._site.id,)).fetchall():
            found = from_text(row["last_captured_at"])
            tried = max([found, *(tries[u] for u in urls.get(row["id"], ()) if u in tries)])
            interval = self._interval(row, failed=tried > found)
            if tried + interval > self._now + SLACK:
                continue
            yield DueRevisit(
                Link(self._address(row["url"], row["seq"]), Role.ARTICLE, row["url"], _asset(row)),
                self._validator(row["seq"]),
                (self._now - tried) / interval,
            )

    def _interval(self, row: sqlite3.Row, *, failed: bool) -> timedelta:
        born = from_text(row["first_captured_at"])
        if row["published_at"]:
            born = min(born, datetime.fromisoformat(row["published_at"]))
        interval = self._site.refresh.interval(max(self._now - born, timedelta()))
        if row["gone"]:
            return max(interval, min(_AFTER_GONE, self._site.refresh.longest_days * DAY))
        return DAY if failed else interval

    def _files(self, tries: dict[str, datetime]) -> Iterator[DueRevisit]:
        rarely = min(self._site.refresh.files_days, self._site.refresh.longest_days) * DAY
        for row in self._connection.execute(_FILES, (self._site.id,)).fetchall():
            tried = tries.get(row["url"])
            if tried is None or tried + rarely > self._now + SLACK:
                continue
            yield DueRevisit(
                Link(self._address(row["url"], row["whole"]), Role(row["role"]), row["url"]),
                self._validator(row["whole"]) if row["whole"] else None,
                (self._now - tried) / rarely,
            )

    def _address(self, identity: str, seq: int | None) -> str:
        """Where to ask: the address by which it is known, in letters as capture `seq` had them."""
        if seq is not None and "%" in identity:
            asked = capture_at(self._connection, seq).url
            if composed(asked) != asked:
                return at_base(self._site, asked)
        return at_base(self._site, identity)

    def _last_tries(self) -> dict[str, datetime]:
        """When an address was last asked for, by its identity, whatever came."""
        tries = {
            row["url"]: from_text(row["at"])
            for row in self._connection.execute(
                "SELECT p.identity_url AS url, max(c.captured_at) AS at"
                " FROM capture c JOIN page p USING (seq)"
                " WHERE c.site = ? AND c.role IN ('article', 'image', 'attachment')"
                " GROUP BY p.identity_url",
                (self._site.id,),
            )
        }
        for row in self._connection.execute(
            "SELECT url, max(at) AS at FROM outcome WHERE site = ? GROUP BY url", (self._site.id,)
        ):
            url = self._platform.identity(on_site(self._site, row["url"]))
            at = from_text(row["at"])
            tries[url] = max(at, tries.get(url, at))
        return tries

    def _validator(self, seq: int) -> Validator | None:
        """What the response said that capture `seq` shows, if it is whole and not too old."""
        capture = capture_at(self._connection, seq)
        shown = capture
        if capture.status == 304:
            row = self._connection.execute(
                "SELECT seq FROM capture WHERE record_id = ?", (capture.refers_to,)
            ).fetchone()
            shown = capture_at(self._connection, row["seq"])
        if shown.source or shown.truncated:
            return None
        if self._now - shown.captured_at > self._site.refresh.full_days * DAY:
            return None
        stored = read_stored(self._home, self._connection, shown)
        etag, modified = stored.header("ETag"), stored.header("Last-Modified")
        return Validator(etag, modified, shown.seq) if etag or modified else None


_ARTICLES = """
SELECT a.id, a.site, a.first_captured_at, a.last_captured_at, a.published_at,
    g.article IS NOT NULL AS gone, o.seq, o.url
FROM article a LEFT JOIN gone g ON g.article = a.id JOIN observation o ON o.seq = a.last_seq
WHERE a.site = ?
ORDER BY a.id
"""

_FILES = """
SELECT DISTINCT f.url, (
    SELECT c.role FROM capture c JOIN page p USING (seq)
    WHERE p.site = a.site AND p.identity_url = f.url ORDER BY c.seq DESC LIMIT 1) AS role, (
    SELECT max(c.seq) FROM capture c JOIN page p USING (seq)
    WHERE p.site = a.site AND p.identity_url = f.url AND p.kind = 'file') AS whole
FROM article_file f JOIN article a ON a.id = f.article
WHERE a.site = ? AND role IN ('image', 'attachment')
ORDER BY f.url
"""


def _asset(row: sqlite3.Row) -> str | None:
    asset = str(row["id"]).removeprefix(f"{row['site']}-")
    return asset if asset.isdecimal() else None
