"""What the archive keeps and what is derived from it, as plain frozen values.

*Exchange* is what went over the wire; once in a WARC it is a *capture*. A capture is read back as
a *stored response*; extraction turns that into a *page*, and a page may hold an *article*. What an
editor changed makes a *version* of the article, what merely moved makes an *observation*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """Why a URL was asked for."""

    ROBOTS = "robots"
    LISTING = "listing"
    ARTICLE = "article"
    IMAGE = "image"
    ATTACHMENT = "attachment"
    REQUISITE = "requisite"
    """What a page needs to look as it did: a style sheet, a font, a picture around the article."""
    INDEX = "index"
    """What a web archive holds, by its own account."""
    MEMENTO = "memento"
    """A capture that a web archive holds, as long as it is not known what came for it."""
    OTHER = "other"
    """What an import brought along: another page, a style sheet, a script."""


class Outcome(StrEnum):
    """The one recorded end of a request that left no response."""

    REFUSED = "refused-by-robots"
    NOT_FETCHED = "not-fetched"
    FAILED = "failed"


class PageKind(StrEnum):
    """What a stored response turned out to be."""

    ARTICLE = "article"
    LISTING = "listing"
    SOFT_404 = "soft-404"
    FILE = "file"
    REDIRECT = "redirect"
    ERROR = "error"
    UNREADABLE = "unreadable"


class MementoForm(StrEnum):
    """How a web archive hands out a capture."""

    PLAYBACK = "playback"
    """Replayed raw: the answer's body is that of the capture."""
    RECORD = "warc-record"
    """A member of a WARC file, by a ranged read."""
    INDEX = "index"
    """Not at all: by the archive's index its content is that of another capture."""


@dataclass(frozen=True, slots=True)
class Memento:
    """A web archive's capture that an exchange asks for (RFC 7089).

    `source` names the archive, `captured_at` is the time its index gives, `role` is why the page or
    file is wanted, and `digest` is that of the payload by the index, in whatever form.
    """

    source: str
    url: str
    captured_at: datetime
    role: Role
    form: MementoForm
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Encryption:
    """How a connection was encrypted.

    `protocol` is as in `WARC-Protocol` (`tls/1.3`), `cipher` a name of the IANA registry. `chain`
    are the certificates as the server sent them, in DER, its own first. `trouble` says why a
    browser would not trust them; None if it would.
    """

    protocol: str
    cipher: str
    chain: tuple[bytes, ...]
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response, as they were on the wire.

    `request` and `response_head` are byte for byte; `body` is the payload with its transfer coding
    undone and its content coding kept. `truncated` is a reason of ISO 28500:2017 § 5.13
    (`length`, `time`, `disconnect`, `unspecified`) or None. `memento` is what it asks a web archive
    for; None on the live web. `target` is where a form is posted, where `url` stands for that form;
    None for every other request.
    """

    url: str
    role: Role
    started_at: datetime
    request: bytes
    response_head: bytes
    body: bytes
    via: str | None = None
    ip_address: str | None = None
    protocol: str | None = None
    encryption: Encryption | None = None
    truncated: str | None = None
    memento: Memento | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """A response in the archive: where it came from and where it lies.

    `seq` numbers captures and outcomes in the order of their records; `refers_to` is the record
    that holds a revisit's payload, None for a response that holds its own. `source` names the web
    archive that made the capture, None if it was made here or imported.
    """

    seq: int
    record_id: str
    run: str
    site: str
    url: str
    role: Role
    captured_at: datetime
    status: int
    media_type: str | None
    payload_digest: str
    payload_length: int
    refers_to: str | None
    truncated: str | None
    segment: str
    offset: int
    length: int
    source: str | None = None


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """A capture's content read back: header lines in order, body still content-encoded."""

    url: str
    role: Role
    captured_at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    truncated: str | None = None

    def header(self, name: str) -> str | None:
        """The first header of this name, case-insensitively, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item, table row, caption or picture of an article's body, in order."""

    text: str
    kind: str = "paragraph"
    images: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that an article links to; `media_type` is judged by the name, None if unknown."""

    name: str
    url: str
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """What one capture of an article says. What the page does not show is None or empty.

    `published_at` carries the portal's zone; `stamp` is the line it was read from, as it stands.
    """

    asset_id: str | None
    title: str
    lead: str | None = None
    published_at: datetime | None = None
    blocks: tuple[Block, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    views: int | None = None
    category: str | None = None
    poster: str | None = None
    stamp: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A URL that a page leads to, and what it is expected to be.

    `identity_url` is the address without session and host override; `asset_id` is what the URL
    itself tells of an article; `categories` are those that the address
    and the listing it stands in tell of.
    """

    url: str
    role: Role
    identity_url: str
    asset_id: str | None = None
    categories: tuple[str, ...] = ()


CHALLENGED = "a page came that wants the browser to be proved first"
"""The problem of a page that stands before all others and says nothing of what is behind it."""

CUT_SHORT = "the response was cut short"
"""How the problem of a page begins of which only a part came."""


@dataclass(frozen=True, slots=True)
class Page:
    """What extraction made of a stored response.

    `identity_url` is the page's address without what changes from visit to visit (session, host
    override); `total` is the number of articles a listing announces; `problem` says what could
    not be read.
    """

    kind: PageKind
    identity_url: str
    article: Article | None = None
    links: tuple[Link, ...] = ()
    total: int | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article as the archive knows it now: its standing version and what surrounds it.

    `categories` are all that its pages, its addresses and the listings that show it tell, in
    alphabetical order. `views`, `poster` and `stamp` are those of the newest capture, `capture_seq`
    is its number. `gone_since` is the first of the failed checks by which it is gone from its site.
    `truncated` says why the capture that shows it was cut (as in `Exchange`), `problem` what of it
    could not be read; both None if it is whole. `first_captured_in` and `last_captured_in` are the
    dates as their records state them where those name no second, such as `2021`.
    """

    id: str
    site: str
    url: str
    urls: tuple[str, ...]
    categories: tuple[str, ...]
    article: Article
    views: int | None
    poster: str | None
    stamp: str | None
    version: str
    versions: int
    captures: int
    first_captured_at: datetime
    last_captured_at: datetime
    capture_seq: int
    change_seq: int
    gone_since: datetime | None = None
    truncated: str | None = None
    problem: str | None = None
    first_captured_in: str | None = None
    last_captured_in: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a crawl: when it began, how it ended (None while it goes on or if it was cut).

    `kind` is what it was for, as the program that made it called it.
    """

    id: str
    crawl: str
    site: str
    kind: str
    started_at: datetime
    ended_at: datetime | None
    reason: str | None
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read or fetched, with the URL it concerns."""

    site: str
    url: str
    at: datetime
    what: str
    detail: str


@dataclass(frozen=True, slots=True)
class Status:
    """What the archive holds: sizes in bytes, the span of publication dates.

    `untrusted` are the sites whose certificate last seen no browser would trust, each with why.
    """

    articles: int
    captures: int
    versions: int
    problems: int
    sites: tuple[str, ...]
    first_published: datetime | None
    last_published: datetime | None
    undated: int
    change_seq: int
    last_run: Run | None
    warc_bytes: int
    catalogue_bytes: int
    gone: int = 0
    withheld: int = 0
    untrusted: tuple[tuple[str, str], ...] = ()
