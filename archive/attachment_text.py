"""What is read from an attachment, as plain values; and the same as JSON, checked on the way in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from archive.ground.message import Message

NO_TEXT = "no text"
"""The code of a file that was read to its end, and that has no text."""


class How(StrEnum):
    """Where the text of a page comes from."""

    TEXT = "text"
    LEGACY_FONT = "legacy font"
    """A text layer in the encoding of TCVN3 or VNI fonts, read as Unicode."""
    OCR = "ocr"


class Want(StrEnum):
    """Why the text of a page is not enough, so that the page waits for OCR."""

    ABSENT = "absent"
    UNREADABLE = "unreadable"
    UNMARKED = "unmarked"


@dataclass(frozen=True, slots=True)
class Quality:
    """How Vietnamese a text is: shares, 0 to 1, of its words.

    `words` is how many were judged, `syllables` the share that are spelt as Vietnamese is, `marked`
    the share of the syllables that carry a mark.
    """

    words: int = 0
    syllables: float = 0.0
    marked: float = 0.0


@dataclass(frozen=True, slots=True)
class PaperFact:
    """A fact of a paper, and where it is written: characters `start` to `end` of a page's text."""

    value: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PageText:
    """One page, sheet or slide. `number` counts from 1 within `part`.

    `part` names the sheet, or the member of a zip file; it is empty in a file of plain pages.
    `want` says why the page waits for OCR; what was read of an unmarked page is kept until then,
    what is unreadable is not.
    """

    number: int
    text: str
    how: How = How.TEXT
    quality: Quality = field(default_factory=Quality)
    want: Want | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class ReadingProblem:
    """Why a file could not be read to its end: a code, and what adds to it.

    The codes are `NO_TEXT` and those of `crawler.extraction.attachments.problems`.
    """

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AttachmentText:
    """All that was read of one file.

    `kind` is what its bytes are (`pdf`, `docx` …), `embedded` the names of files inside that were
    not read, `facts` what a paper says of itself, `tools` name and version of what read it,
    `sent_name` what the server called it. With a `problem` the pages are those that came before it.
    """

    kind: str
    pages: tuple[PageText, ...] = ()
    problem: ReadingProblem | None = None
    embedded: tuple[str, ...] = ()
    facts: Mapping[str, PaperFact] = field(default_factory=dict)
    tools: Mapping[str, str] = field(default_factory=dict)
    sent_name: str = ""

    @property
    def waiting(self) -> tuple[PageText, ...]:
        """The pages that wait for OCR."""
        return tuple(page for page in self.pages if page.want is not None)


@dataclass(frozen=True, slots=True)
class AttachmentOutline:
    """What was read of a file, without its text.

    `pages` is how many it has, `by_ocr` how many of them were read by OCR, `waiting` those that
    wait for it, their text left out; `ocr_problems` says why OCR failed, by a page's place from 1,
    `ocr_again` how many of those pages are tried again when OCR is asked for.
    """

    kind: str
    pages: int
    has_text: bool
    by_ocr: int
    waiting: tuple[PageText, ...]
    ocr_problems: Mapping[int, str]
    ocr_again: int
    problem: ReadingProblem | None
    embedded: tuple[str, ...]
    facts: Mapping[str, PaperFact]
    tools: Mapping[str, str]
    sent_name: str


def page_as_json(page: PageText) -> dict[str, Any]:
    """A page as the child of the reader sends it and the archive keeps it."""
    quality = page.quality
    shown: dict[str, Any] = {
        "page": page.number,
        "how": page.how.value,
        "text": page.text,
        "quality": [quality.words, round(quality.syllables, 3), round(quality.marked, 3)],
    }
    if page.want:
        shown["want"] = page.want.value
    if page.part:
        shown["part"] = page.part
    return shown


def page_from_json(shown: Mapping[str, Any]) -> PageText:
    """Raises ValueError, KeyError or TypeError for what is no page."""
    words, syllables, marked = shown["quality"]
    return PageText(
        number=_whole(shown["page"]),
        text=clean_string(shown["text"]),
        how=How(shown["how"]),
        quality=Quality(_whole(words), float(syllables), float(marked)),
        want=Want(shown["want"]) if "want" in shown else None,
        part=clean_string(shown.get("part", "")),
    )


def facts_as_json(facts: Mapping[str, PaperFact]) -> dict[str, Any]:
    """Each fact with its page and span."""
    return {
        name: {"value": span.value, "page": span.page, "start": span.start, "end": span.end}
        for name, span in facts.items()
    }


def facts_from_json(shown: Mapping[str, Any]) -> dict[str, PaperFact]:
    """Raises ValueError, KeyError or TypeError for what are no facts."""
    return {
        str(name): PaperFact(
            clean_string(fact["value"]),
            _whole(fact["page"]),
            _whole(fact["start"]),
            _whole(fact["end"]),
        )
        for name, fact in shown.items()
    }


def clean_strings(values: Iterable[Any]) -> tuple[str, ...]:
    """Each value, if all are strings."""
    return tuple(map(clean_string, values))


def clean_string(value: Any) -> str:
    """The value, if it is a string that can be stored as UTF-8. Raises TypeError if not."""
    if not isinstance(value, str):
        raise TypeError(Message("archive.no-string", kind=type(value).__name__))
    return value.encode("utf-8", "replace").decode("utf-8")


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 40:
        raise TypeError(Message("archive.no-whole-number"))
    return value
