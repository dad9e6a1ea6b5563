"""The text of an article's attachments as JSON, the same wherever it is told."""

from __future__ import annotations

from typing import Any, Self

from archive.attachment_text import AttachmentText, facts_as_json, page_as_json
from archive.catalogue.attachment_files import article_files
from archive.catalogue.attachments import Attachments
from archive.model import ArticleRecord
from archive.reading import ArchiveReader


class AttachmentsAsJson:
    """An article's attachments with what was read of them; use it as a context manager."""

    def __init__(self, reader: ArchiveReader) -> None:
        self._reader = reader
        self._texts = Attachments.open(reader.home)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._texts:
            self._texts.close()

    def of(self, record: ArticleRecord) -> list[dict[str, Any]]:
        """Name, address and media type of each; `text` is None where nothing was read.

        An attachment that a link leads to by a redirect has the text of where it leads.
        """
        read = self._read(record) if record.article.attachments else {}
        return [
            {
                "name": attachment.name,
                "url": attachment.url,
                "media_type": attachment.media_type,
                "text": read.get(attachment.url) or read.get(attachment.name),
            }
            for attachment in record.article.attachments
        ]

    def _read(self, record: ArticleRecord) -> dict[str, dict[str, Any]]:
        read: dict[str, dict[str, Any]] = {}
        if self._texts is None:
            return read
        for file in article_files(self._reader.catalogue, record.id):
            text = self._texts.get(file.payload_digest) if file.stands else None
            if text is not None:
                read[file.url] = text_json(text) | {"payload_digest": file.payload_digest}
                read.setdefault(file.name, read[file.url])
        return read


def text_json(text: AttachmentText) -> dict[str, Any]:
    """What was read of a file: each page, what cannot be read and why, a paper's own facts."""
    problem = text.problem
    return {
        "kind": text.kind,
        "pages": [page_as_json(page) for page in text.pages],
        "problem": problem and {"code": problem.code, "detail": problem.detail},
        "embedded": list(text.embedded),
        "facts": facts_as_json(text.facts),
        "tools": dict(text.tools),
    }
