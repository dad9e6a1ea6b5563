"""Questions to the facts of an archive; what is withheld leaves nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.catalogue.database import Catalogue
from archive.catalogue.fact_tables import TABLE_OF
from archive.catalogue.rows import found, plain
from archive.catalogue.version_identity import from_json
from archive.model import Article

_FACTS = """
SELECT f.id, f.article, f.version, f.kind AS fact_kind, f.field, f.number AS passage, f.source,
    f.start, f.stop, f.quote, f.rule, f.stated, a.site, a.url, a.published_at, k.*
FROM {first} CROSS JOIN {second}
CROSS JOIN shown_article a ON a.id = f.article AND a.version = f.version
{where}
ORDER BY coalesce(a.published_at, ''), f.article, f.source, f.number, f.start, f.id
"""


_TOLD_BY = """
SELECT v.content ->> 'title' AS title,
    (SELECT min(o.captured_at) FROM observation o
        WHERE o.article = a.id AND o.version = a.version) AS captured_at
FROM article a JOIN version v ON v.article = a.id AND v.digest = a.version
WHERE a.id = ?
"""
_BEARERS = """
SELECT a.site, b.article, a.published_at, b.folded, b.spellings, b.mentions, b.posts
FROM bearer b JOIN shown_article a ON a.id = b.article AND a.version = b.version
ORDER BY coalesce(a.published_at, ''), b.article
"""
_PAIRS = """
SELECT a.id AS article, a.published_at AS published, p.pairs
FROM shown_article a JOIN word_pairs p ON p.article = a.id AND p.version = a.version
WHERE a.site = ? AND substr(a.published_at, 1, 10) BETWEEN ? AND ?
"""


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A fact of a standing version: the evidence, and the columns of its kind."""

    id: str
    article: str
    version: str
    kind: str
    field: str
    number: int
    source: str
    start: int
    stop: int
    quote: str
    rule: str
    stated: bool
    site: str
    url: str
    published_at: str | None
    columns: Mapping[str, Any]


def facts(
    catalogue: Catalogue,
    kinds: Sequence[str],
    *,
    article: str | None = None,
    ids: Collection[str] | None = None,
    where: str = "",
    values: Sequence[object] = (),
) -> Iterator[StoredFact]:
    """The facts of these kinds in the standing versions of what may be shown, oldest first.

    Those of one article or of some ids, if that is said. `where` is a condition on the columns of
    the kind (`k`), for one kind alone.
    """
    conditions, bound = [where] if where else [], [*values]
    if article is not None:
        conditions.append("f.article = ?")
        bound.append(article)
    if ids is not None:
        conditions.append("f.id IN (SELECT value FROM json_each(?))")
        bound.append(json.dumps([*ids]))
    clause = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    for kind in kinds:
        query = _FACTS.format(**_joined(TABLE_OF[kind], bool(article or ids)), where=clause)
        for row in plain(catalogue.connection).execute(query, bound):
            yield StoredFact(
                id=row["id"],
                article=row["article"],
                version=row["version"],
                kind=row["fact_kind"],
                field=row["field"],
                number=row["passage"],
                source=row["source"],
                start=row["start"],
                stop=row["stop"],
                quote=row["quote"],
                rule=row["rule"],
                stated=bool(row["stated"]),
                site=row["site"],
                url=row["url"],
                published_at=row["published_at"],
                columns=_columns(row),
            )


def _joined(table: str, named: bool) -> dict[str, str]:
    """The order of the tables: from the few rows that are named or of a kind to the rest."""
    if named:
        return {"first": "fact f", "second": f"{table} k ON k.fact = f.id"}
    return {"first": f"{table} k", "second": "fact f ON f.id = k.fact"}


def how_many(catalogue: Catalogue, kinds: Sequence[str]) -> int:
    """How many facts of these kinds there are in what may be shown."""
    counted = "SELECT count(*) AS n FROM ({})"
    return sum(
        int(catalogue.connection.execute(counted.format(query)).fetchone()["n"])
        for kind in kinds
        for query in (
            f"SELECT 1 FROM {TABLE_OF[kind]} k CROSS JOIN fact f ON f.id = k.fact"
            " CROSS JOIN shown_article a ON a.id = f.article AND a.version = f.version",
        )
    )


def _columns(row: sqlite3.Row) -> dict[str, Any]:
    """The columns of the kind: those that stand behind the evidence."""
    names = row.keys()
    begin = names.index("fact") + 1
    return {name: row[begin + place] for place, name in enumerate(names[begin:])}


@dataclass(frozen=True, slots=True)
class ToldBy:
    """The version that tells a fact: its title, and when it was first captured."""

    title: str
    captured_at: str


def told_by(catalogue: Catalogue, article: str) -> ToldBy:
    """The standing version of an article that may be shown, as its facts name it."""
    row = found(catalogue.connection.execute(_TOLD_BY, (article,)).fetchone())
    return ToldBy(row["title"], row["captured_at"])


@dataclass(frozen=True, slots=True)
class HeldArticle:
    """An article that may be shown: its id, its site, when it was published."""

    id: str
    site: str
    published_at: str | None


def articles(catalogue: Catalogue) -> Iterator[HeldArticle]:
    """Every article that may be shown."""
    rows = plain(catalogue.connection).execute("SELECT id, site, published_at FROM shown_article")
    for row in rows:
        yield HeldArticle(row["id"], row["site"], row["published_at"])


@dataclass(frozen=True, slots=True)
class StoredBearer:
    """A name in an office in a standing version; what the texts hold is said in `fact_tables`."""

    site: str
    article: str
    published_at: str | None
    folded: str
    spellings: str
    mentions: str
    posts: str


def bearers(catalogue: Catalogue) -> Iterator[StoredBearer]:
    """The names in an office in what may be shown, the oldest article first."""
    for row in plain(catalogue.connection).execute(_BEARERS):
        yield StoredBearer(*row)


def word_pairs(
    catalogue: Catalogue, site: str, first: date, last: date
) -> Iterator[tuple[str, str, bytes]]:
    """Id, time of publication and pairs of words of a site's articles of some days."""
    bound = (site, first.isoformat(), last.isoformat())
    for row in plain(catalogue.connection).execute(_PAIRS, bound):
        yield row["article"], row["published"], row["pairs"]


def page_text(catalogue: Catalogue, digest: str, place: int) -> str:
    """The text of a page of an attachment."""
    row = catalogue.connection.execute(
        "SELECT content ->> 'text' AS text FROM attachment_page"
        " WHERE payload_digest = ? AND place = ?",
        (digest, place),
    ).fetchone()
    return str(row["text"]) if row else ""


def standing_article(catalogue: Catalogue, article: str) -> Article:
    """The standing version of an article that may be shown."""
    row = catalogue.connection.execute(
        "SELECT v.content FROM shown_article a JOIN version v"
        " ON v.article = a.id AND v.digest = a.version WHERE a.id = ?",
        (article,),
    ).fetchone()
    return from_json(row["content"])
