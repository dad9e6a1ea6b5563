"""Questions to the facts of an archive; what is withheld leaves nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.catalogue.database import Catalogue
from archive.catalogue.fact_tables import TABLE_OF
from archive.catalogue.rows import plain
from archive.catalogue.version_identity import from_json
from archive.model import Article

_FACTS = """
SELECT f.id, f.article, f.version, f.kind AS fact_kind, f.field, f.number AS passage, f.source,
    f.start, f.stop, f.quote, f.rule, f.stated, a.site, a.url, a.published_at, k.*
FROM fact f JOIN shown_article a ON a.id = f.article AND a.version = f.version
JOIN {table} k ON k.fact = f.id
{where}
ORDER BY coalesce(a.published_at, ''), f.article, f.source, f.number, f.start, f.id
"""


_ARTICLES = """
SELECT a.id, a.site, a.published_at, v.content ->> 'title' AS title,
    (SELECT min(o.captured_at) FROM observation o
        WHERE o.article = a.id AND o.version = a.version) AS captured_at
FROM shown_article a JOIN version v ON v.article = a.id AND v.digest = a.version
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
    where: str = "",
    values: Sequence[object] = (),
) -> Iterator[StoredFact]:
    """The facts of these kinds in the standing versions of what may be shown, oldest first.

    `where` is a condition on the columns of the kind (`k`), for one kind alone.
    """
    conditions = [part for part in (where, "f.article = ?" if article else "") if part]
    clause = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    bound = [*values, *([article] if article else [])]
    for kind in kinds:
        query = _FACTS.format(table=TABLE_OF[kind], where=clause)
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


def _columns(row: sqlite3.Row) -> dict[str, Any]:
    """The columns of the kind: those that stand behind the evidence."""
    names = row.keys()
    begin = names.index("fact") + 1
    return {name: row[begin + place] for place, name in enumerate(names[begin:])}


@dataclass(frozen=True, slots=True)
class ToldBy:
    """An article that may tell facts: when it was published, when its version was captured."""

    site: str
    title: str
    published_at: str | None
    captured_at: str


def articles(catalogue: Catalogue) -> dict[str, ToldBy]:
    """Every article that may be shown, by its id."""
    rows = catalogue.connection.execute(_ARTICLES)
    return {
        row["id"]: ToldBy(row["site"], row["title"], row["published_at"], row["captured_at"])
        for row in rows
    }


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
