"""What a site's articles and files were when they were last looked at, and when that was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from archive.catalogue.captures import capture_at, number_of
from archive.catalogue.database import Catalogue
from archive.catalogue.derive_articles import links_from_json
from archive.ground.times import from_text
from archive.model import Capture, Link, Role


class Look(NamedTuple):
    """When an address was last looked at."""

    url: str
    at: datetime


class KnownUrl(NamedTuple):
    """An address under which an article is known."""

    article: str
    url: str


class KnownArticle(NamedTuple):
    """An article as it was last found: by capture `seq`, at `url`."""

    id: str
    first_captured_at: datetime
    last_captured_at: datetime
    published_at: datetime | None
    is_gone: bool
    seq: int
    url: str


class KnownFile(NamedTuple):
    """A file of an article; `whole` is the number of its last capture, None if it has none."""

    url: str
    role: Role
    whole: int | None


def last_sweep(catalogue: Catalogue, site: str) -> datetime | None:
    """When a run began that last walked a site's listings to their ends."""
    row = catalogue.connection.execute(
        "SELECT max(started_at) AS last FROM run"
        " WHERE site = ? AND kind IN ('crawl', 'sweep') AND reason = 'finished'",
        (site,),
    ).fetchone()
    return row["last"] and from_text(row["last"])


def urls_of_standing(catalogue: Catalogue, site: str) -> Iterator[KnownUrl]:
    """The addresses of every article of a site that is not gone."""
    rows = catalogue.connection.execute(
        "SELECT u.article, u.url FROM article_url u JOIN article a ON a.id = u.article"
        " WHERE u.site = ? AND a.id NOT IN (SELECT article FROM gone)",
        (site,),
    )
    return (KnownUrl(row["article"], row["url"]) for row in rows)


def urls_of_all(catalogue: Catalogue, site: str) -> Iterator[KnownUrl]:
    """The addresses of every article that a page of a site told of."""
    rows = catalogue.connection.execute(
        "SELECT article, url FROM article_url WHERE site = ?", (site,)
    )
    return (KnownUrl(row["article"], row["url"]) for row in rows)


def urls_of_captured_files(catalogue: Catalogue, site: str) -> Iterator[str]:
    """The addresses of the files of a site that were asked for."""
    rows = catalogue.connection.execute(
        "SELECT DISTINCT p.identity_url FROM capture c JOIN page p USING (seq)"
        " WHERE c.site = ? AND c.role IN ('image', 'attachment')",
        (site,),
    )
    return (row["identity_url"] for row in rows)


def articles(catalogue: Catalogue, site: str) -> list[KnownArticle]:
    """The articles of a site by id."""
    return [
        KnownArticle(
            row["id"],
            from_text(row["first_captured_at"]),
            from_text(row["last_captured_at"]),
            datetime.fromisoformat(row["published_at"]) if row["published_at"] else None,
            bool(row["gone"]),
            row["seq"],
            row["url"],
        )
        for row in catalogue.connection.execute(_ARTICLES, (site,))
    ]


def files(catalogue: Catalogue, site: str) -> list[KnownFile]:
    """The files of a site's articles, by address."""
    rows = catalogue.connection.execute(_FILES, (site,))
    return [KnownFile(row["url"], Role(row["role"]), row["whole"]) for row in rows]


def whole_file(catalogue: Catalogue, site: str, url: str) -> int | None:
    """The number of the last capture that holds a file, by its identity."""
    row = catalogue.connection.execute(
        "SELECT max(c.seq) AS seq FROM capture c JOIN page p USING (seq)"
        " WHERE p.site = ? AND p.identity_url = ? AND p.kind = 'file'",
        (site, url),
    ).fetchone()
    return None if row["seq"] is None else int(row["seq"])


def walk_before(catalogue: Catalogue, site: str, crawl: str) -> str | None:
    """The crawl that last walked a site's listings to their ends, but for the one named."""
    row = catalogue.connection.execute(
        "SELECT crawl FROM run WHERE site = ? AND crawl != ? AND kind IN ('crawl', 'sweep')"
        " AND reason = 'finished' ORDER BY started_at DESC LIMIT 1",
        (site, crawl),
    ).fetchone()
    return row and str(row["crawl"])


def listed_in(catalogue: Catalogue, crawl: str) -> set[str] | None:
    """The identities of the articles that a crawl's listings led to; None if one went wrong."""
    identities: set[str] = set()
    for row in catalogue.connection.execute(_LISTINGS, (crawl,)):
        if row["kind"] not in ("listing", "redirect"):
            return None
        links = links_from_json(row["links"])
        identities |= {link.identity_url for link in links if link.role is Role.ARTICLE}
    return identities


def last_captures(catalogue: Catalogue, site: str) -> list[Look]:
    """When each page and file of a site was captured last, by its identity."""
    rows = catalogue.connection.execute(
        "SELECT p.identity_url AS url, max(c.captured_at) AS at"
        " FROM capture c JOIN page p USING (seq)"
        " WHERE c.site = ? AND c.role IN ('article', 'image', 'attachment')"
        " GROUP BY p.identity_url",
        (site,),
    )
    return [Look(row["url"], from_text(row["at"])) for row in rows]


def last_outcomes(catalogue: Catalogue, site: str) -> list[Look]:
    """When each address of a site last gave no response, as it was asked for."""
    rows = catalogue.connection.execute(
        "SELECT url, max(at) AS at FROM outcome WHERE site = ? GROUP BY url", (site,)
    )
    return [Look(row["url"], from_text(row["at"])) for row in rows]


def shown_by(catalogue: Catalogue, seq: int) -> Capture:
    """The capture whose page capture `seq` shows: itself, or the one that a 304 confirmed."""
    capture = capture_at(catalogue, seq)
    if capture.status == 304 and (shown := number_of(catalogue, capture.refers_to)):
        return capture_at(catalogue, shown)
    return capture


def links_of_pages(catalogue: Catalogue, site: str) -> Iterator[Link]:
    """Every link of every listing and article of a site."""
    rows = catalogue.connection.execute(
        "SELECT links FROM page WHERE site = ? AND kind IN ('listing', 'article')", (site,)
    )
    for row in rows:
        yield from links_from_json(row["links"])


_ARTICLES = """
SELECT a.id, a.first_captured_at, a.last_captured_at, a.published_at,
    g.article IS NOT NULL AS gone, o.seq, o.url
FROM article a LEFT JOIN gone g ON g.article = a.id JOIN observation o ON o.seq = a.last_seq
WHERE a.site = ?
ORDER BY a.id
"""

_LISTINGS = """
SELECT p.kind, p.links FROM run JOIN capture c ON c.run = run.id JOIN page p USING (seq)
WHERE run.crawl = ? AND c.role = 'listing'
    AND c.seq = (SELECT max(o.seq) FROM capture o WHERE o.url = c.url AND o.run = c.run)
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
