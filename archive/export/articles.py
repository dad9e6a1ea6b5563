"""Articles as JSON lines, CSV and schema.org JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from archive.export.pages import text_of
from archive.export.selection import Selected
from archive.ground.spreadsheets import csv_lines
from archive.history.article_json import article_json
from archive.history.attachment_json import AttachmentsAsJson
from archive.model import ArticleRecord

COLUMNS = (
    "id",
    "site",
    "title",
    "lead",
    "published_at",
    "category",
    "poster",
    "views",
    "url",
    "text",
    "images",
    "attachments",
    "version",
    "versions",
    "captures",
    "first_captured_at",
    "last_captured_at",
    "gone_since",
    "truncated",
    "problem",
    "attachment_text",
    "categories",
)


def to_json_lines(chosen: Selected) -> Iterator[str]:
    """One JSON object a line, with the text of attachments as far as it was read."""
    with AttachmentsAsJson(chosen.reader) as attachments:
        for record in chosen.articles():
            told = article_json(record) | {"attachments": attachments.of(record)}
            yield json.dumps(told, ensure_ascii=False) + "\n"


def to_csv(chosen: Selected) -> Iterator[str]:
    """Comma-separated values (RFC 4180) with a header row, a row an article.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    yield csv_lines([COLUMNS])
    for row in table_rows(chosen):
        yield csv_lines([row])


def table_rows(chosen: Selected) -> Iterator[list[object]]:
    """Each article as the values of `COLUMNS`; times in ISO 8601."""
    with AttachmentsAsJson(chosen.reader) as attachments:
        for record in chosen.articles():
            values = article_json(record) | {
                "text": text_of(record.article),
                "images": " ".join(_images(record)),
                "attachments": " ".join(a.url for a in record.article.attachments),
                "categories": "; ".join(record.categories),
                "attachment_text": _attachment_text(attachments.of(record)),
            }
            yield [values[name] for name in COLUMNS]


def to_json_ld(chosen: Selected) -> Iterator[str]:
    """One JSON-LD document: a schema.org NewsArticle for each article."""
    yield '{"@context": "https://schema.org", "@graph": ['
    separator = "\n"
    for record in chosen.articles():
        yield separator + json.dumps(_news_article(record), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def _news_article(record: ArticleRecord) -> dict[str, Any]:
    article = record.article
    values = {
        "@type": "NewsArticle",
        "@id": record.url,
        "identifier": record.id,
        "url": record.url,
        "headline": article.title,
        "description": article.lead,
        "inLanguage": "vi",
        "datePublished": article.published_at.isoformat() if article.published_at else None,
        "articleSection": _one_or_all(record.categories),
        "articleBody": text_of(article),
        "image": _images(record),
        "associatedMedia": [
            {
                "@type": "MediaObject",
                "name": attachment.name,
                "contentUrl": attachment.url,
                **({"encodingFormat": attachment.media_type} if attachment.media_type else {}),
            }
            for attachment in article.attachments
        ],
        "version": record.version,
        "creativeWorkStatus": f"Incomplete: {record.problem}" if record.problem else None,
        "sdDatePublished": record.last_captured_at.isoformat(),
    }
    return {name: value for name, value in values.items() if value}


def _one_or_all(values: tuple[str, ...]) -> str | list[str] | None:
    return list(values) if len(values) > 1 else next(iter(values), None)


def _images(record: ArticleRecord) -> list[str]:
    return list(dict.fromkeys(url for block in record.article.blocks for url in block.images))


def _attachment_text(attachments: list[dict[str, Any]]) -> str:
    """The text of all pages, file after file under its name; what OCR has read says so."""
    return "\n\n".join(
        f"{one['name']}\n" + "\n".join(map(_page_text, one["text"]["pages"]))
        for one in attachments
        if one["text"] and any(page["text"] for page in one["text"]["pages"])
    )


def _page_text(page: dict[str, Any]) -> str:
    return f"[page {page['page']}: ocr]\n{page['text']}" if page["how"] == "ocr" else page["text"]
