"""What goes into the index and what comes out: plain frozen values, no engine in sight.

It imports no other package of ours: a message that one of them is not ours needs this room.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from indexer.named_tuple import NamedTuple

if TYPE_CHECKING:
    from archive.ground.message import Message
else:
    Message = object

Span = tuple[int, int]
"""Start and end of a marked stretch of text, in characters; the end is not part of it."""


Sort = Literal["score", "newest", "oldest"]
"""What comes first among the answers."""

Facet = Literal["year", "month", "site", "category"]
"""What answers can be counted by."""


class Document(NamedTuple):
    """One article as it is to be found. `id` is unique in an index.

    `date` is what filters and sorting by date use, None where no date is known; `published_at` is
    given back as it is. `gone` marks an article that its site no longer has.
    """

    id: str
    title: str
    lead: str | None
    body: tuple[str, ...]
    date: date | None
    site: str
    category: str | None
    url: str
    published_at: str | None = None
    has_attachment: bool = False
    gone: bool = False
    further_categories: tuple[str, ...] = ()

    @property
    def categories(self) -> tuple[str, ...]:
        """All categories, `category` first."""
        return (*filter(None, (self.category,)), *self.further_categories)


class FilePlace(NamedTuple):
    """Where in an attachment an answer was found: the file, and the page the passage is from.

    `part` names a sheet, or a file in a zip file; `ocr` says that the page was read by OCR,
    `stands` that the article still leads to the file as it was read.
    """

    name: str
    url: str
    page: int
    part: str = ""
    ocr: bool = False
    stands: bool = True


class Passage(NamedTuple):
    """A paragraph of a document where words of a query stand; `line` and `file` as in `Hit`."""

    line: int
    text: str
    spans: tuple[Span, ...]
    file: FilePlace | None = None


class Hit(NamedTuple):
    """One answer. `title_spans` and `snippet_spans` mark what matched, as offsets into the text.

    `tier` is 0 if every word stands in the text as it was typed, 1 if every mark that was typed is
    there, 2 if only the letters agree. `partial` is True if some of the words are not there.
    `line` says which line of the document the passage is: 1 for the first behind the title. `file`
    names the attachment that it stands in, None if it stands in the article itself. `rank` is what
    answers are ordered by before their score: how much of the query stands there in the marks that
    were typed, and side by side. `lacking` are the words that are not there, as they were typed.
    `passages` are all passages with the words, if they were asked for.
    """

    id: str
    site: str
    title: str
    url: str
    published_at: str | None
    category: str | None
    snippet: str
    score: float
    title_spans: tuple[Span, ...] = ()
    snippet_spans: tuple[Span, ...] = ()
    tier: int = 0
    partial: bool = False
    gone: bool = False
    has_attachment: bool = False
    line: int = 0
    file: FilePlace | None = None
    rank: int = 0
    passages: tuple[Passage, ...] = ()
    lacking: tuple[str, ...] = ()
    further_categories: tuple[str, ...] = ()

    @property
    def categories(self) -> tuple[str, ...]:
        """All categories, `category` first."""
        return (*filter(None, (self.category,)), *self.further_categories)

    @property
    def as_typed(self) -> bool:
        """Whether every mark that was typed is there."""
        return self.tier < 2


class Ranked(NamedTuple):
    """A document that matches, before it is read: what it is ordered and counted by.

    `rank` comes before `score` (see `Hit`). `day` is YYYYMMDD, 0 for none. `categories` are in one
    text (`facets.joined`).
    """

    id: str
    tier: int
    rank: int
    score: float
    day: int
    site: str
    categories: str


class Answer(NamedTuple):
    """The answer to a query: one page of hits, and how the query was read.

    `total` counts the articles that match, on all pages; an answer found by a fall-back counts
    nothing. `as_typed` says how many of these have every mark that was typed, `exact` how many of
    those are spelled as it was typed, with no further mark; the others of `total` have the same
    letters only. `beside` says how many more can be shown after them, that lack some words.

    `fallback` is None, or how the hits were found when nothing matched: `partial` (not all words),
    `spelling` (near words), `keyboard` (Telex or VNI keys). `suggestion` is a query that would find
    something. `undated` is how many matching articles a date filter left out because they have no
    date. `notes` says how the query was read where it was not plain. `facets` maps year, month,
    site or category to (value, count) pairs, when asked for, `facets_as_typed` the same of what
    counts in `as_typed`. `at_least` says that there was too much to look through: what matches may
    be more than any count says.
    """

    total: int
    hits: tuple[Hit, ...]
    undated: int = 0
    notes: tuple[Message, ...] = ()
    fallback: str | None = None
    suggestion: str | None = None
    facets: Mapping[str, tuple[tuple[str, int], ...]] = MappingProxyType({})
    facets_as_typed: Mapping[str, tuple[tuple[str, int], ...]] = MappingProxyType({})
    as_typed: int = 0
    exact: int = 0
    beside: int = 0
    at_least: bool = False
    explanation: tuple[Message, ...] = ()
