"""Rows that extraction made against each other: what cannot be, whatever the captures say.

Cheap beside reading the segments; that the rows are what the captures say only a second derivation
tells (`archive.catalogue.second_catalogue`).
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.catalogue.compare import RowDifference, few
from archive.catalogue.database import Catalogue
from archive.catalogue.derivation_state import read_state
from archive.catalogue.derive_articles import CATEGORIES
from archive.catalogue.rows import plain
from archive.ground.message import Message
from archive.model import CUT_SHORT


def inconsistencies(catalogue: Catalogue) -> Iterator[RowDifference]:
    """Each row that another row contradicts."""
    state = read_state(catalogue.connection, "pages")
    given = {"upto": state.upto if state else 0}
    for table, fault, query in _QUESTIONS:
        rows = plain(catalogue.connection).execute(query, given)
        yield from few(
            (RowDifference(_of_row(table, row["id"], fault), _text(row["url"])) for row in rows),
            table,
        )


def _of_row(table: str, row: object, fault: str) -> Message:
    return Message("archive.row-contradicted", table=table, row=str(row), fault=Message(fault))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


_QUESTIONS = (
    (
        "capture",
        "archive.of-capture-no-page",
        "SELECT c.seq AS id, c.url FROM capture c LEFT JOIN page p USING (seq)"
        " WHERE p.seq IS NULL AND c.seq <= :upto",
    ),
    (
        "page",
        "archive.of-no-capture-of-its-site",
        "SELECT p.seq AS id, p.identity_url AS url FROM page p LEFT JOIN capture c USING (seq)"
        " WHERE c.site IS NOT p.site",
    ),
    (
        "page",
        "archive.shown-and-observed-differ",
        "SELECT p.seq AS id, p.identity_url AS url FROM page p LEFT JOIN observation o USING (seq)"
        " WHERE (CASE WHEN p.kind = 'article' THEN p.article END) IS NOT o.article",
    ),
    (
        "observation",
        "archive.not-of-its-capture",
        "SELECT o.seq AS id, o.url FROM observation o LEFT JOIN page p USING (seq)"
        " LEFT JOIN capture c USING (seq) WHERE o.url IS NOT p.identity_url"
        " OR o.captured_at IS NOT c.captured_at OR o.truncated IS NOT (c.truncated IS NOT NULL"
        f" OR coalesce(p.problem, '') LIKE '{CUT_SHORT}%')",
    ),
    (
        "observation",
        "archive.its-version-is-not-there",
        "SELECT o.seq AS id, o.url FROM observation o LEFT JOIN version v"
        " ON v.article = o.article AND v.digest = o.version WHERE v.digest IS NULL",
    ),
    (
        "version",
        "archive.no-capture-showed-it",
        "SELECT v.article AS id, NULL AS url FROM version v WHERE NOT EXISTS (SELECT 1"
        " FROM observation o WHERE o.article = v.article AND o.version = v.digest)",
    ),
    (
        "article",
        "archive.not-what-captures-add-up-to",
        f"""
WITH ranked AS (
    SELECT o.*, row_number() OVER (PARTITION BY article
        ORDER BY truncated, captured_at DESC, seq DESC) AS place,
        min(captured_at) OVER (PARTITION BY article) AS first_at,
        max(captured_at) OVER (PARTITION BY article) AS last_at,
        min(seq) OVER (PARTITION BY article) AS first_seq
    FROM observation o),
standing AS (
    SELECT r.article, f.url, {CATEGORIES.format(article="r.article")} AS categories,
        r.version, r.first_at, r.last_at, r.seq, c.site, v.content
    FROM ranked r JOIN observation f ON f.seq = r.first_seq JOIN capture c ON c.seq = r.seq
    JOIN version v ON v.article = r.article AND v.digest = r.version WHERE r.place = 1)
SELECT a.id, a.url FROM article a LEFT JOIN standing s ON s.article = a.id
WHERE a.site IS NOT s.site OR a.url IS NOT s.url
    OR a.categories IS NOT s.categories OR a.version IS NOT s.version OR a.last_seq IS NOT s.seq
    OR a.first_captured_at IS NOT s.first_at OR a.last_captured_at IS NOT s.last_at
    OR (json_valid(s.content) AND a.published_at IS NOT json_extract(s.content, '$.published_at'))
""",
    ),
    (
        "observation",
        "archive.its-article-is-not-there",
        "SELECT o.seq AS id, o.url FROM observation o LEFT JOIN article a ON a.id = o.article"
        " WHERE a.id IS NULL",
    ),
    (
        "article",
        "archive.no-change-of-it-known",
        "SELECT a.id, a.url FROM article a LEFT JOIN change c ON c.id = a.id WHERE c.id IS NULL",
    ),
)
