"""The list of pages in a WACZ: each version of each article, by the last capture that showed it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from archive.catalogue.queries.export import shown_versions
from archive.export.selection import Selected
from archive.history.article_history import SHORT
from archive.model import Article


def page_lines(chosen: Selected) -> Iterator[bytes]:
    """The lines of `pages/pages.jsonl` (WACZ 1.1.1 § 5.2.3): a header, then a page a line."""
    header = {"format": "json-pages-1.0", "id": "pages", "title": "Articles", "hasText": True}
    yield json.dumps(header).encode() + b"\n"
    for version in shown_versions(chosen.reader.catalogue):
        page = {
            "id": f"{version.article}-{version.digest[:SHORT]}",
            "url": version.url,
            "ts": version.captured_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "title": version.content.title,
            "text": text_of(version.content),
        }
        yield json.dumps(page, ensure_ascii=False).encode() + b"\n"


def text_of(article: Article) -> str:
    """Lead and body as plain text, a line a block."""
    lines = [article.lead or "", *(block.text for block in article.blocks)]
    return "\n".join(line for line in lines if line)
