"""From a page to articles, versions and observations: the fold that a rebuild repeats.

Pages come in the order of their records. What an article is now depends only on the set of its
observations, ordered by capture time, so that an older capture may arrive later.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from archive.catalogue import absence
from archive.catalogue.rows import mapping, parsed
from archive.catalogue.version_identity import content_digest, id_by_url, to_json
from archive.ground.times import to_text
from archive.model import CUT_SHORT, Article, Capture, Link, Outcome, Page, PageKind, Role

CATEGORIES = """(SELECT json_group_array(category) FROM (
    SELECT category FROM observation WHERE article = {article} AND category IS NOT NULL
    UNION SELECT a.category FROM article_url u JOIN address_category a USING (site, url)
    WHERE u.article = {article} ORDER BY category))"""
"""The categories of an article, all that are told of it, as a list in JSON."""

_STANDING = f"""
SELECT c.site, f.url, {CATEGORIES.format(article=":id")} AS categories,
    s.version, v.content, first_at, last_at, s.seq
FROM (SELECT seq, version FROM observation WHERE article = :id
    ORDER BY truncated, captured_at DESC, seq DESC LIMIT 1) s
JOIN (SELECT min(seq) AS first_seq, min(captured_at) AS first_at, max(captured_at) AS last_at
    FROM observation WHERE article = :id)
JOIN observation f ON f.seq = first_seq
JOIN capture c ON c.seq = s.seq
JOIN version v ON v.article = :id AND v.digest = s.version
"""


def store_page(connection: sqlite3.Connection, capture: Capture, page: Page) -> None:
    """Record what extraction made of a capture, and bring its article up to date."""
    seq, site = capture.seq, capture.site
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
    _name_addresses(connection, seq, site, page)
    _remember_files(connection, page, article_id)
    there = None
    if page.article and article_id:
        cut = capture.truncated is not None or (page.problem or "").startswith(CUT_SHORT)
        _observe(connection, capture, article_id, page.article, page.identity_url, truncated=cut)
        is_new = refresh_article(connection, seq, article_id)
        there = None if is_new else article_id
    for article in _articles_at(connection, site, page.identity_url):
        # What was not gone before does not get so by being seen.
        if article != there or absence.is_gone(connection, article):
            absence.refresh(connection, article, seq)


def store_outcome(connection: sqlite3.Connection, seq: int) -> None:
    """Draw what outcome `seq`, a request without a response, says of an article."""
    row = connection.execute("SELECT * FROM outcome WHERE seq = ?", (seq,)).fetchone()
    if row["outcome"] != Outcome.FAILED or row["role"] != Role.ARTICLE:
        return
    urls = connection.execute(
        "SELECT :url UNION SELECT p.identity_url FROM capture c JOIN page p USING (seq)"
        " WHERE c.url = :url",
        {"url": row["url"]},
    ).fetchall()
    articles = {a for (url,) in urls for a in _articles_at(connection, row["site"], url)}
    for article in sorted(articles):
        absence.refresh(connection, article, seq)


def store_act(connection: sqlite3.Connection, seq: int) -> None:
    """Mark the article that act `seq` withholds or releases as changed."""
    connection.execute(
        "INSERT OR REPLACE INTO change"
        " SELECT coalesce((SELECT article FROM alias WHERE id = w.article), w.article), seq"
        " FROM withholding w WHERE seq = ?",
        (seq,),
    )


def links_to_json(links: Iterable[Link]) -> str:
    """Links as one line of JSON, for the catalogue."""
    return json.dumps(
        [[k.url, k.role.value, k.identity_url, k.asset_id, k.categories] for k in links],
        ensure_ascii=False,
    )


def links_from_json(text: str) -> tuple[Link, ...]:
    """The links that `links_to_json` wrote."""
    return parsed(
        text,
        lambda links: tuple(
            Link(url, Role(role), identity_url, asset_id, tuple(categories))
            for url, role, identity_url, asset_id, categories in links
        ),
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
    by_url = id_by_url(site, url)
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


def _articles_at(connection: sqlite3.Connection, site: str, url: str) -> list[str]:
    rows = connection.execute(
        "SELECT article FROM article_url WHERE site = ? AND url = ? ORDER BY article", (site, url)
    )
    return [row["article"] for row in rows]


def _name_addresses(connection: sqlite3.Connection, seq: int, site: str, page: Page) -> None:
    """What links tell of addresses: whose they are, and of which category."""
    told: set[str] = set()
    for link in page.links:
        url, is_news = link.identity_url, False
        if link.asset_id:
            named = (site, url, f"{site}-{link.asset_id}")
            is_news |= _is_put(
                connection, "INSERT OR IGNORE INTO article_url VALUES (?, ?, ?)", named
            )
        for category in link.categories:
            is_news |= _is_put(
                connection,
                "INSERT OR IGNORE INTO address_category VALUES (?, ?, ?)",
                (site, url, category),
            )
        if is_news:
            told.update(_articles_at(connection, site, url))
    for article in sorted(told):
        refresh_article(connection, seq, article)


def _is_put(connection: sqlite3.Connection, statement: str, row: tuple[str, str, str]) -> bool:
    return connection.execute(statement, row).rowcount > 0


def _remember_files(connection: sqlite3.Connection, page: Page, article: str | None) -> None:
    """The files of an article, and where a redirect says that one of them lies."""
    files = [k.identity_url for k in page.links if k.role in (Role.IMAGE, Role.ATTACHMENT)]
    if files and article:
        connection.executemany(
            "INSERT OR IGNORE INTO article_file VALUES (?, ?)", [(article, url) for url in files]
        )
    elif files and page.kind is PageKind.REDIRECT:
        connection.executemany(
            "INSERT OR IGNORE INTO article_file SELECT article, ? FROM article_file WHERE url = ?",
            [(url, page.identity_url) for url in files],
        )


def _merge(connection: sqlite3.Connection, seq: int, old: str, new: str) -> None:
    connection.execute("UPDATE OR REPLACE version SET article = ? WHERE article = ?", (new, old))
    for table in ("observation", "page"):
        connection.execute(f"UPDATE {table} SET article = ? WHERE article = ?", (new, old))
    for table in ("article_url", "article_file"):
        connection.execute(
            f"UPDATE OR IGNORE {table} SET article = ? WHERE article = ?", (new, old)
        )
        connection.execute(f"DELETE FROM {table} WHERE article = ?", (old,))
    connection.execute("DELETE FROM gone WHERE article = ?", (old,))
    connection.execute("DELETE FROM article WHERE id = ?", (old,))
    connection.execute("INSERT OR REPLACE INTO alias VALUES (?, ?)", (old, new))
    connection.executemany("INSERT OR REPLACE INTO change VALUES (?, ?)", [(old, seq), (new, seq)])


def _observe(
    connection: sqlite3.Connection,
    capture: Capture,
    article_id: str,
    article: Article,
    url: str,
    *,
    truncated: bool,
) -> None:
    digest = content_digest(article)
    connection.execute(
        "INSERT OR IGNORE INTO version VALUES (?, ?, ?)", (article_id, digest, to_json(article))
    )
    connection.execute(
        "INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            capture.seq,
            article_id,
            digest,
            to_text(capture.captured_at),
            url,
            truncated,
            article.views,
            article.category,
            article.poster,
            article.stamp,
        ),
    )


def refresh_article(connection: sqlite3.Connection, seq: int, article_id: str) -> bool:
    """Bring an article up to record `seq`; whether it is new.

    The standing version is the newest whole capture's; a truncated one stands only if alone. An
    article of which no observation is left is none.
    """
    standing = connection.execute(_STANDING, {"id": article_id}).fetchone()
    if standing is None:
        if connection.execute("DELETE FROM article WHERE id = ?", (article_id,)).rowcount:
            connection.execute("INSERT OR REPLACE INTO change VALUES (?, ?)", (article_id, seq))
        return False
    before = connection.execute(
        "SELECT url, categories, version FROM article WHERE id = ?", (article_id,)
    ).fetchone()
    site, *held, content, first_at, last_at, last_seq = standing
    now = tuple(held)
    published_at = parsed(content, mapping).get("published_at")
    connection.execute(
        "INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (article_id, site, *now, published_at, first_at, last_at, last_seq),
    )
    if before is None or tuple(before) != now:
        connection.execute("INSERT OR REPLACE INTO change VALUES (?, ?)", (article_id, seq))
    return before is None
