"""What an attachment is called in its search index: all that an answer must know of it.

So a search opens the index alone. A text that changed has another key, and so has a file that no
longer stands: bringing the index up to date is a difference of two sets of keys.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from archive.ground.untrusted_json import parsed_json

Run = tuple[int, int, bool, str]
"""Pages that follow each other: the first, the last, whether by OCR, in which part."""


class AttachmentKey(NamedTuple):
    """An attachment of an article, as it was read; `runs` are its pages that have text."""

    article: str
    version: str
    name: str
    url: str
    payload_digest: str
    text_digest: str
    stands: bool
    runs: tuple[Run, ...]

    def encoded(self) -> str:
        """As an id of the index."""
        return json.dumps(self, ensure_ascii=False, separators=(",", ":"))

    def page_of(self, line: int) -> Run:
        """The page (twice), how it was read and in which part, of a line counted from 1."""
        for first, last, ocr, part in self.runs:
            if line <= last - first + 1:
                return first + line - 1, first + line - 1, ocr, part
            line -= last - first + 1
        return 0, 0, False, ""


def decoded(key: str) -> AttachmentKey:
    """The key that was encoded so."""
    values = parsed_json(key)
    return AttachmentKey._make([*values[:-1], tuple(tuple(run) for run in values[-1])])


def runs_of(pages: Sequence[tuple[int, bool, str]]) -> tuple[Run, ...]:
    """Pages (number, by OCR, part) in a row, those that follow each other together."""
    runs: list[Run] = []
    for number, ocr, part in pages:
        if runs and runs[-1][1:] == (number - 1, ocr, part):
            runs[-1] = (runs[-1][0], number, ocr, part)
        else:
            runs.append((number, number, ocr, part))
    return tuple(runs)
