"""The pictures and attachments of an article as they are kept, in the order a reader meets them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.catalogue.queries.history import FileCapture, SitePlace, captures_of_file, leads_to
from archive.ground.errors import UsageError
from archive.ground.message import Message
from archive.model import Article, ArticleRecord, StoredResponse
from archive.reading import ArchiveReader

_MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A file of an article: its number from 1 on, its address, and its name if it has one."""

    number: int
    url: str
    name: str | None


def files_of(article: Article) -> list[StoredPart]:
    """The attachments of an article, then its pictures, each address once."""
    names: dict[str, str | None] = {a.url: a.name for a in article.attachments}
    for block in article.blocks:
        for url in block.images:
            names.setdefault(url, None)
    return [StoredPart(number, url, name) for number, (url, name) in enumerate(names.items(), 1)]


def stored_file(
    reader: ArchiveReader, record: ArticleRecord, number: int
) -> tuple[StoredPart, StoredResponse]:
    """A file of an article as it was when the article's last capture was made.

    That is the last whole capture of it by then, else the first after. Raises `UsageError` for a
    number that the article has no file of, and for a file that is not held.
    """
    files = files_of(record.article)
    if not 1 <= number <= len(files):
        if not files:
            raise UsageError("archive.article-has-no-files", article=record.id, number=number)
        raise UsageError(
            "archive.article-has-no-such-file", article=record.id, number=number, last=len(files)
        )
    file = files[number - 1]
    chosen = _by(_captures(reader, record.site, file.url), record.last_captured_at)
    if chosen is None:
        raise UsageError(
            "archive.file-not-in-this-archive",
            number=number,
            article=record.id,
            url=file.url,
            hint=Message("archive.not-asked-for-or-did-not-come"),
        )
    return file, reader.stored(reader.capture(chosen.number))


def _captures(reader: ArchiveReader, site: str, url: str) -> list[FileCapture]:
    """The captures of a file, also where its address redirects to."""
    for _ in range(_MOST_REDIRECTS):
        found = captures_of_file(reader.catalogue, SitePlace(site, url))
        following = leads_to(reader.catalogue, SitePlace(site, url))
        if found or following is None:
            return found
        url = following
    return []


def _by(captures: list[FileCapture], moment: datetime) -> FileCapture | None:
    whole = [c for c in captures if not c.truncated] or captures
    before = [c for c in whole if c.captured_at <= moment]
    return before[-1] if before else next(iter(whole), None)
