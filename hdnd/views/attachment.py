"""An attachment with what was read of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.attachment_text import (
    AttachmentText,
    PageText,
    ReadingProblem,
    facts_as_json,
    page_as_json,
)
from archive.catalogue.attachment_files import ArticleFile

__all__ = ["KnownFile", "PageText", "ReadingProblem", "file_json"]


@dataclass(frozen=True, slots=True)
class KnownFile:
    """An attachment of an article, with what was read of it; None if nobody tried yet."""

    file: ArticleFile
    text: AttachmentText | None


def file_json(known: KnownFile, *, with_text: bool) -> dict[str, Any]:
    """An attachment for a program, with its text if that is wanted."""
    file, text = known.file, known.text
    shown: dict[str, Any] = {
        "article": file.article,
        "name": file.name,
        "url": file.url,
        "payload_digest": file.payload_digest,
        "stands": file.stands,
        "read": text is not None,
    }
    if text is None:
        return shown
    shown |= {
        "kind": text.kind,
        "pages": len(text.pages),
        "waiting": [page.number for page in text.waiting],
        "ocr": [page.number for page in text.pages if page.how.value == "ocr"],
        "problem": text.problem and {"code": text.problem.code, "detail": text.problem.detail},
        "embedded": list(text.embedded),
        "facts": facts_as_json(text.facts),
        "tools": dict(text.tools),
    }
    if with_text:
        shown["pages"] = [page_as_json(page) for page in text.pages]
    return shown
