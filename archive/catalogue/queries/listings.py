"""What a site's listings announced and lead to, and what of it is held."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from archive.catalogue.database import Catalogue
from archive.catalogue.derive_articles import links_from_json
from archive.ground.times import from_text
from archive.model import Link


class ListingPage(NamedTuple):
    """A page of a listing: the number it announced, where it leads, when it was captured last."""

    url: str
    total: int | None
    links: tuple[Link, ...]
    captured_at: datetime


class HeldUrl(NamedTuple):
    """An address under which an article of a site is known."""

    url: str
    article: str


def listing_pages(catalogue: Catalogue, site: str) -> list[ListingPage]:
    """Every page of a site's listings, by its newest capture."""
    rows = catalogue.connection.execute(
        "SELECT p.identity_url AS url, p.total, p.links, max(c.captured_at) AS at"
        " FROM page p JOIN capture c USING (seq)"
        " WHERE p.site = ? AND p.kind = 'listing' AND c.role = 'listing'"
        " GROUP BY p.identity_url",
        (site,),
    )
    return [
        ListingPage(row["url"], row["total"], links_from_json(row["links"]), from_text(row["at"]))
        for row in rows
    ]


def first_pages(catalogue: Catalogue, site: str) -> list[int]:
    """The newest capture of the first page of each of a site's listings, by number."""
    rows = catalogue.connection.execute(
        "SELECT max(seq) AS newest FROM page p JOIN capture c USING (seq)"
        " WHERE p.site = ? AND p.kind = 'listing' AND c.role = 'listing'"
        " AND instr(p.identity_url, '?') = 0 GROUP BY p.identity_url ORDER BY newest",
        (site,),
    )
    return [row["newest"] for row in rows]


def held_urls(catalogue: Catalogue, site: str) -> list[HeldUrl]:
    """Every address of every article of a site."""
    rows = catalogue.connection.execute(
        "SELECT u.url, u.article FROM article_url u JOIN article a ON a.id = u.article"
        " WHERE u.site = ?",
        (site,),
    )
    return [HeldUrl(row["url"], row["article"]) for row in rows]


def published(catalogue: Catalogue, site: str) -> list[str | None]:
    """When each article of a site was published (ISO 8601), None where it does not say."""
    rows = catalogue.connection.execute("SELECT published_at FROM article WHERE site = ?", (site,))
    return [row["published_at"] for row in rows]
