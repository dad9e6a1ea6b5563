"""Articles as they stand: one by its id, those that changed, how many there are."""

from __future__ import annotations

from typing import NamedTuple

from archive.catalogue.database import Catalogue
from archive.catalogue.queries.imports import rough_dates
from archive.catalogue.rows import found, parsed, texts
from archive.catalogue.version_identity import from_json
from archive.ground.times import from_text
from archive.model import Article, ArticleRecord


class Standing(NamedTuple):
    """An article's id, site, address and the digest of its standing version."""

    id: str
    site: str
    url: str
    version: str


class ChangedArticle(NamedTuple):
    """An article's id, and the number of the record that changed it last."""

    id: str
    seq: int


def current_id(catalogue: Catalogue, article: str) -> str:
    """The id that an article has now, by any id it had before."""
    alias = catalogue.connection.execute(
        "SELECT article FROM alias WHERE id = ?", (article,)
    ).fetchone()
    return str(alias["article"]) if alias else article


def standing(catalogue: Catalogue, article: str) -> Standing | None:
    """What stands of an article, by any id it has had; None if there is none."""
    row = catalogue.connection.execute(
        "SELECT id, site, url, version FROM article WHERE id = ?", (current_id(catalogue, article),)
    ).fetchone()
    return row and Standing(row["id"], row["site"], row["url"], row["version"])


def urls_of(catalogue: Catalogue, article: str, first: str) -> tuple[str, ...]:
    """Every address of an article, the one named `first` before the others."""
    rows = catalogue.connection.execute(
        "SELECT url FROM article_url WHERE article = ? ORDER BY url != ?, url", (article, first)
    )
    return tuple(row["url"] for row in rows)


def articles_at(catalogue: Catalogue, site: str, url: str) -> list[str]:
    """The ids of the articles that an address has shown."""
    rows = catalogue.connection.execute(
        "SELECT article FROM article_url WHERE site = ? AND url = ? ORDER BY article", (site, url)
    )
    return [row["article"] for row in rows]


def content(catalogue: Catalogue, article: str, digest: str) -> Article:
    """What a version of an article says."""
    row = catalogue.connection.execute(
        "SELECT content FROM version WHERE article = ? AND digest = ?", (article, digest)
    ).fetchone()
    return from_json(found(row)["content"])


def record(catalogue: Catalogue, article: str) -> ArticleRecord | None:
    """The article whose id this is now; None if there is none."""
    one = catalogue.connection.execute
    row = one(
        "SELECT site, url, categories, version, first_captured_at, last_captured_at, last_seq"
        " FROM article WHERE id = ?",
        (article,),
    ).fetchone()
    if row is None:
        return None
    latest = found(
        one(
            "SELECT views, poster, stamp FROM observation WHERE seq = ?", (row["last_seq"],)
        ).fetchone()
    )
    counts = one(
        "SELECT count(*) AS captures, count(DISTINCT version) AS versions FROM observation"
        " WHERE article = ?",
        (article,),
    ).fetchone()
    changed = found(one("SELECT seq FROM change WHERE id = ?", (article,)).fetchone())
    gone = one("SELECT since FROM gone WHERE article = ?", (article,)).fetchone()
    shown = found(
        one(
            "SELECT c.truncated, p.problem FROM capture c JOIN page p USING (seq) WHERE seq = ?",
            (row["last_seq"],),
        ).fetchone()
    )
    stated = rough_dates(catalogue, article)
    ends = one(_ENDS, {"article": article}).fetchone() if stated else None
    return ArticleRecord(
        id=article,
        site=row["site"],
        url=row["url"],
        urls=urls_of(catalogue, article, row["url"]),
        categories=tuple(parsed(row["categories"], texts)),
        article=content(catalogue, article, row["version"]),
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
        truncated=shown["truncated"],
        problem=shown["problem"],
        first_captured_in=stated.get(ends["first"]) if ends else None,
        last_captured_in=stated.get(ends["last"]) if ends else None,
    )


def shown_ids(catalogue: Catalogue) -> set[str]:
    """The ids of all articles that may be shown."""
    rows = catalogue.connection.execute("SELECT id FROM shown_article")
    return {row["id"] for row in rows}


def shown_count(catalogue: Catalogue) -> int:
    """How many articles may be shown."""
    row = catalogue.connection.execute("SELECT count(*) AS articles FROM shown_article").fetchone()
    return int(row["articles"])


def article_count(catalogue: Catalogue) -> int:
    """How many articles there are."""
    row = catalogue.connection.execute("SELECT count(*) AS articles FROM article").fetchone()
    return int(row["articles"])


def version_count(catalogue: Catalogue) -> int:
    """How many versions there are of all articles."""
    row = catalogue.connection.execute("SELECT count(*) AS versions FROM version").fetchone()
    return int(row["versions"])


def changes(catalogue: Catalogue, after: int) -> list[ChangedArticle]:
    """The changes after a number, oldest first."""
    rows = catalogue.connection.execute(
        "SELECT id, seq FROM change WHERE seq > ? ORDER BY seq, id", (after,)
    )
    return [ChangedArticle(row["id"], row["seq"]) for row in rows]


def change_count(catalogue: Catalogue, after: int) -> int:
    """How many articles changed after a number."""
    row = catalogue.connection.execute(
        "SELECT count(*) AS changes FROM change WHERE seq > ?", (after,)
    ).fetchone()
    return int(row["changes"])


def last_change(catalogue: Catalogue) -> int:
    """The number of the last change to any article; 0 in an empty archive."""
    row = catalogue.connection.execute("SELECT max(seq) AS seq FROM change").fetchone()
    return int(row["seq"] or 0)


def no_longer_shown(catalogue: Catalogue, after: int) -> list[str]:
    """Ids that ceased to be an article's own, or are withheld, after a change's number."""
    rows = catalogue.connection.execute(
        "SELECT id FROM change WHERE seq > ? AND id NOT IN (SELECT id FROM shown_article)",
        (after,),
    )
    return [row["id"] for row in rows]


_ENDS = """
SELECT
    (SELECT seq FROM observation WHERE article = :article
        ORDER BY captured_at, seq LIMIT 1) AS first,
    (SELECT seq FROM observation WHERE article = :article
        ORDER BY captured_at DESC, seq DESC LIMIT 1) AS last
"""
