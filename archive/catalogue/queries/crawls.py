"""What a crawl met so far, and what was news of it."""

from __future__ import annotations

from typing import NamedTuple

from archive.catalogue.database import Catalogue
from archive.catalogue.version_identity import from_json
from archive.model import Article, Capture, Page


class Held(NamedTuple):
    """How much an archive holds."""

    articles: int
    versions: int


def held(catalogue: Catalogue) -> Held:
    """How much the archive holds now."""
    row = catalogue.connection.execute(
        "SELECT (SELECT count(*) FROM article) AS articles,"
        " (SELECT count(*) FROM version) AS versions"
    ).fetchone()
    return Held(row["articles"], row["versions"])


def is_known(catalogue: Catalogue, crawl: str) -> bool:
    """Whether a crawl left anything here."""
    row = catalogue.connection.execute("SELECT 1 FROM run WHERE crawl = ?", (crawl,)).fetchone()
    return row is not None


def articles_of(catalogue: Catalogue, site: str) -> int:
    """How many articles of one site the archive holds."""
    row = catalogue.connection.execute(
        "SELECT count(*) AS articles FROM article WHERE site = ?", (site,)
    ).fetchone()
    return int(row["articles"])


def pages_met(catalogue: Catalogue, crawl: str) -> int:
    """The listings and articles of a whole crawl, of its earlier runs too."""
    row = catalogue.connection.execute(
        "SELECT count(*) AS pages FROM run JOIN capture ON capture.run = run.id"
        " JOIN page USING (seq) WHERE crawl = ? AND page.kind IN ('listing', 'article')",
        (crawl,),
    ).fetchone()
    return int(row["pages"])


def articles_met(catalogue: Catalogue, crawl: str) -> int:
    """The articles of a whole crawl, one as often as it came."""
    row = catalogue.connection.execute(
        "SELECT count(*) AS pages FROM run JOIN capture ON capture.run = run.id"
        " JOIN page USING (seq) WHERE crawl = ? AND page.kind = 'article'",
        (crawl,),
    ).fetchone()
    return int(row["pages"])


def last_pages(catalogue: Catalogue, crawl: str, most: int) -> list[int]:
    """The captures of listings and articles that a crawl made last, by number, in order.

    Without those that it came to doubt.
    """
    rows = catalogue.connection.execute(
        "SELECT seq FROM run JOIN capture ON capture.run = run.id"
        " WHERE crawl = ? AND role IN ('listing', 'article')"
        " AND seq NOT IN (SELECT seq FROM quarantined) ORDER BY seq DESC LIMIT ?",
        (crawl, most),
    )
    return sorted(row["seq"] for row in rows)


def quarantined_captures(catalogue: Catalogue, site: str, reason: str, most: int) -> list[int]:
    """The numbers of the pages of a site last quarantined for a reason, newest first."""
    rows = catalogue.connection.execute(
        "SELECT d.seq FROM quarantined d JOIN capture c USING (seq)"
        " JOIN quarantine q ON q.seq = d.quarantine"
        " WHERE c.site = ? AND q.reason = ? AND c.role IN ('article', 'listing')"
        " ORDER BY d.seq DESC LIMIT ?",
        (site, reason, most),
    )
    return [row["seq"] for row in rows]


def payload_before(catalogue: Catalogue, site: str, identity: str, seq: int) -> str | None:
    """The digest of the payload that a file had before capture `seq`; None if it was not there."""
    row = catalogue.connection.execute(
        "SELECT c.payload_digest FROM page p JOIN capture c USING (seq)"
        " WHERE p.site = ? AND p.identity_url = ? AND p.seq < ? AND p.kind = 'file'"
        " AND c.truncated IS NULL ORDER BY p.seq DESC LIMIT 1",
        (site, identity, seq),
    ).fetchone()
    return row and str(row["payload_digest"])


def is_quarantined_payload(catalogue: Catalogue, digest: str) -> bool:
    """Whether a capture of this payload is quarantined."""
    row = catalogue.connection.execute(
        "SELECT 1 FROM capture c JOIN quarantined d USING (seq) WHERE c.payload_digest = ? LIMIT 1",
        (digest,),
    ).fetchone()
    return row is not None


def article_before(catalogue: Catalogue, seq: int) -> Article | None:
    """What stood of the article that capture `seq` shows before it came; None if nothing did."""
    row = catalogue.connection.execute(_BEFORE, {"seq": seq}).fetchone()
    return from_json(row["content"]) if row else None


def title_at(catalogue: Catalogue, site: str, url: str) -> str | None:
    """The title that stands of the article at an address; None if none is known there."""
    row = catalogue.connection.execute(
        "SELECT v.content FROM article_url u JOIN article a ON a.id = u.article"
        " JOIN version v ON v.article = a.id AND v.digest = a.version"
        " WHERE u.site = ? AND u.url = ? ORDER BY a.id LIMIT 1",
        (site, url),
    ).fetchone()
    return from_json(row["content"]).title if row else None


def lists_something(catalogue: Catalogue, crawl: str, listing: str = "") -> bool:
    """Whether a listing of a crawl leads to an article; the one of an identity URL, if named."""
    row = catalogue.connection.execute(
        "SELECT EXISTS (SELECT 1 FROM run JOIN capture ON capture.run = run.id"
        " JOIN page USING (seq) WHERE crawl = :crawl AND page.kind = 'listing'"
        " AND page.links LIKE '%\"article\"%' AND :listing IN ('', page.identity_url)) AS lists",
        {"crawl": crawl, "listing": listing},
    ).fetchone()
    return bool(row["lists"])


def problems_met(catalogue: Catalogue, crawl: str) -> int:
    """The addresses of a whole crawl whose last answer was a problem, or that got none.

    Pages of articles that are gone are left out.
    """
    row = catalogue.connection.execute(_PROBLEMS_MET, {"crawl": crawl}).fetchone()
    return int(row["problems"])


def is_change(catalogue: Catalogue, capture: Capture) -> bool:
    """Whether this capture is what changed an article last."""
    row = catalogue.connection.execute(
        "SELECT 1 FROM page p JOIN change c ON c.id = p.article AND c.seq = p.seq WHERE p.seq = ?",
        (capture.seq,),
    ).fetchone()
    return row is not None


def is_news(catalogue: Catalogue, capture: Capture, page: Page) -> tuple[bool, bool]:
    """Whether a capture brought a new article, and whether it changed one that was known."""
    if not page.article or not is_change(catalogue, capture):
        return False, False
    row = catalogue.connection.execute(
        "SELECT count(*) AS seen FROM observation WHERE seq <= :seq AND article ="
        " (SELECT article FROM page WHERE seq = :seq)",
        {"seq": capture.seq},
    ).fetchone()
    return row["seen"] == 1, row["seen"] > 1


_BEFORE = """
SELECT v.content FROM page p JOIN observation o ON o.article = p.article
JOIN version v ON v.article = o.article AND v.digest = o.version
WHERE p.seq = :seq AND o.seq < :seq
ORDER BY o.truncated, o.captured_at DESC, o.seq DESC LIMIT 1
"""

_PROBLEMS_MET = """
WITH of_crawl AS (SELECT id FROM run WHERE crawl = :crawl),
event AS (
    SELECT seq, coalesce(m.fetched_url, c.url) AS url, p.problem IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM article_url u JOIN gone g USING (article)
        WHERE u.site = p.site AND u.url = p.identity_url) AS failed
    FROM capture c JOIN page p USING (seq) LEFT JOIN memento m USING (seq)
    WHERE c.run IN (SELECT id FROM of_crawl)
    UNION ALL
    SELECT seq, url, outcome = 'failed' FROM outcome WHERE run IN (SELECT id FROM of_crawl))
SELECT count(*) AS problems
FROM event e JOIN (SELECT max(seq) AS seq FROM event GROUP BY url) USING (seq)
WHERE e.failed
"""
