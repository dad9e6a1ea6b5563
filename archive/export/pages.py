"""The list of pages in a WACZ: each version of each article, by the last capture that showed it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from archive.catalogue.version_identity import from_json
from archive.export.selection import Selected
from archive.ground.times import from_text
from archive.history.article_history import SHORT
from archive.model import Article


def page_lines(chosen: Selected) -> Iterator[bytes]:
    """The lines of `pages/pages.jsonl` (WACZ 1.1.1 § 5.2.3): a header, then a page a line."""
    header = {"format": "json-pages-1.0", "id": "pages", "title": "Articles", "hasText": True}
    yield json.dumps(header).encode() + b"\n"
    rows = chosen.reader.connection.execute(
        "SELECT o.article, o.version, c.url, max(o.captured_at) AS at, v.content"
        " FROM chosen JOIN observation o ON o.article = chosen.id JOIN capture c USING (seq)"
        " JOIN version v ON v.article = o.article AND v.digest = o.version"
        " GROUP BY o.article, o.version ORDER BY o.article, at"
    )
    for row in rows:
        article = from_json(row["content"])
        page = {
            "id": f"{row['article']}-{row['version'][:SHORT]}",
            "url": row["url"],
            "ts": from_text(row["at"]).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "title": article.title,
            "text": text_of(article),
        }
        yield json.dumps(page, ensure_ascii=False).encode() + b"\n"


def text_of(article: Article) -> str:
    """Lead and body as plain text, a line a block."""
    lines = [article.lead or "", *(block.text for block in article.blocks)]
    return "\n".join(line for line in lines if line)
