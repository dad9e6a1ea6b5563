"""From a page to articles, versions and observations: the fold that a rebuild repeats.

Pages come in the order of their records. What an article is now depends only on the set of its
observations, ordered by capture time, so that an older capture may arrive later.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable

from archive.records import Article, Link, Page, Role
from archive.versions import content_digest, to_json


def store_page(connection: sqlite3.Connection, seq: int, site: str, page: Page) -> None:
    """Record what extraction made of capture `seq`, and bring its article up to date."""
    article_id = None
    if page.article:
        article_id = _identify(connection, seq, site, page.identity_url, page.article)
    connection.execute(
        "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            seq,
            site,
            page.kind.value,
            page.identity_url,
            article_id,
            page.total,
            links_to_json(page.links),
            page.problem,
        ),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO article_url VALUES (?, ?, ?)",
        [(site, k.identity_url, f"{site}-{k.asset_id}") for k in page.links if k.asset_id],
    )
    if page.article and article_id:
        _observe(connection, seq, article_id, page.article, page.identity_url)
        _refresh(connection, seq, article_id)


def links_to_json(links: Iterable[Link]) -> str:
    """Links as one line of JSON, for the catalogue."""
    return json.dumps(
        [[k.url, k.role.value, k.identity_url, k.asset_id] for k in links], ensure_ascii=False
    )


def links_from_json(text: str) -> tuple[Link, ...]:
    """The links that `links_to_json` wrote."""
    return tuple(
        Link(url, Role(role), identity_url, asset_id)
        for url, role, identity_url, asset_id in json.loads(text)
    )


def _identify(
    connection: sqlite3.Connection, seq: int, site: str, url: str, article: Article
) -> str:
    """The article's id: by its asset id, else by what its URL is known as, else by the URL.

    When the asset id of a URL turns up that had none so far, the two become one article.
    """
    known = [
        row["article"]
        for row in connection.execute(
            "SELECT article FROM article_url WHERE site = ? AND url = ? ORDER BY article",
            (site, url),
        )
    ]
    by_url = f"{site}-u{hashlib.sha256(url.encode()).hexdigest()[:12]}"
    if not article.asset_id:
        named = [k for k in known if k != by_url]
        article_id = named[0] if len(named) == 1 else by_url
    else:
        article_id = f"{site}-{article.asset_id}"
        if by_url in known:
            _merge(connection, seq, by_url, article_id)
    connection.execute(
        "INSERT OR IGNORE INTO article_url VALUES (?, ?, ?)", (site, url, article_id)
    )
    return article_id


def _merge(connection: sqlite3.Connection, seq: int, old: str, new: str) -> None:
    connection.execute("UPDATE OR REPLACE version SET article = ? WHERE article = ?", (new, old))
    for table in ("observation", "page"):
        connection.execute(f"UPDATE {table} SET article = ? WHERE article = ?", (new, old))
    connection.execute("UPDATE OR IGNORE article_url SET article = ? WHERE article = ?", (new, old))
    connection.execute("DELETE FROM article_url WHERE article = ?", (old,))
    connection.execute("DELETE FROM article WHERE id = ?", (old,))
    connection.execute("INSERT OR REPLACE INTO alias VALUES (?, ?)", (old, new))
    connection.execute("INSERT OR REPLACE INTO change VALUES (?, ?)", (old, seq))


def _observe(
    connection: sqlite3.Connection, seq: int, article_id: str, article: Article, url: str
) -> None:
    digest = content_digest(article)
    connection.execute(
        "INSERT OR IGNORE INTO version VALUES (?, ?, ?)", (article_id, digest, to_json(article))
    )
    capture = connection.execute(
        "SELECT captured_at, truncated FROM capture WHERE seq = ?", (seq,)
    ).fetchone()
    connection.execute(
        "INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            seq,
            article_id,
            digest,
            capture["captured_at"],
            url,
            capture["truncated"] is not None,
            article.views,
            article.category,
            article.poster,
            article.stamp,
        ),
    )


def _refresh(connection: sqlite3.Connection, seq: int, article_id: str) -> None:
    """The standing version is the newest whole capture's; a truncated one stands only if alone."""
    standing = connection.execute(
        "SELECT seq, version FROM observation WHERE article = ?"
        " ORDER BY truncated, captured_at DESC, seq DESC LIMIT 1",
        (article_id,),
    ).fetchone()
    span = connection.execute(
        "SELECT min(captured_at), max(captured_at) FROM observation WHERE article = ?",
        (article_id,),
    ).fetchone()
    first = connection.execute(
        "SELECT url, category FROM observation WHERE article = ? ORDER BY seq LIMIT 1",
        (article_id,),
    ).fetchone()
    content = json.loads(
        connection.execute(
            "SELECT content FROM version WHERE article = ? AND digest = ?",
            (article_id, standing["version"]),
        ).fetchone()["content"]
    )
    site = connection.execute("SELECT site FROM capture WHERE seq = ?", (seq,)).fetchone()["site"]
    before = connection.execute(
        "SELECT url, category, version FROM article WHERE id = ?", (article_id,)
    ).fetchone()
    now = (first["url"], first["category"], standing["version"])
    connection.execute(
        "INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (article_id, site, *now, content["published_at"], span[0], span[1], standing["seq"]),
    )
    if before is None or tuple(before) != now:
        connection.execute("INSERT OR REPLACE INTO change VALUES (?, ?)", (article_id, seq))
