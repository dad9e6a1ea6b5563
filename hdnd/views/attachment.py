"""An attachment with what was read of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.attachment_text import (
    AttachmentOutline,
    AttachmentText,
    PageText,
    ReadingProblem,
    facts_as_json,
    page_as_json,
)
from archive.catalogue.attachment_files import ArticleFile

__all__ = ["FileView", "PageText", "ReadingProblem", "file_json"]


@dataclass(frozen=True, slots=True)
class FileView:
    """An attachment of an article with what was read of it; `outline` is None if nobody tried yet.

    `text` is there where it was asked for.
    """

    file: ArticleFile
    outline: AttachmentOutline | None
    text: AttachmentText | None = None


def file_json(known: FileView) -> dict[str, Any]:
    """An attachment for a program, with its text if that was asked for."""
    file, outline = known.file, known.outline
    shown: dict[str, Any] = {
        "article": file.article,
        "name": file.name,
        "url": file.url,
        "payload_digest": file.payload_digest,
        "stands": file.stands,
        "read": outline is not None,
    }
    if outline is None:
        return shown
    problem = outline.problem
    shown |= {
        "kind": outline.kind,
        "pages": outline.pages,
        "has_text": outline.has_text,
        "by_ocr": outline.by_ocr,
        "waiting": [
            {"page": page.number, "part": page.part, "want": page.want} for page in outline.waiting
        ],
        "ocr_problems": dict(outline.ocr_problems),
        "ocr_again": outline.ocr_again,
        "problem": problem and {"code": problem.code, "detail": problem.detail},
        "embedded": list(outline.embedded),
        "facts": facts_as_json(outline.facts),
        "tools": dict(outline.tools),
    }
    if known.text:
        shown["pages"] = [page_as_json(page) for page in known.text.pages]
    return shown
