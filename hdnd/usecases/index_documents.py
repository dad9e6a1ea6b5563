"""An article as the index takes it in, and how far an index has followed its archive."""

from __future__ import annotations

from archive.model import Article, ArticleRecord
from archive.reading import ArchiveReader
from indexer import Document

RULE_SCALE = 10**12
"""A watermark is `rule * RULE_SCALE + seq`: the extraction rule that the texts follow, and the
number of the last change that is known. Another rule means that nothing can be trusted."""


def document_of(record: ArticleRecord, article: Article) -> Document:
    """A version of an article as the index takes it in."""
    published = article.published_at
    return Document(
        id=record.id,
        title=article.title,
        lead=article.lead,
        body=tuple(block.text for block in article.blocks if block.text),
        date=published.date() if published else None,
        site=record.site,
        category=next(iter(record.categories), None),
        url=record.url,
        published_at=published.isoformat() if published else None,
        has_attachment=bool(article.attachments),
        gone=record.gone_since is not None,
        further_categories=record.categories[1:],
    )


def watermark_of(reader: ArchiveReader) -> int:
    """The watermark of an index that knows all that the archive holds now."""
    return reader.rule() * RULE_SCALE + reader.last_change()
