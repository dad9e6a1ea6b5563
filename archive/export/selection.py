"""What an export holds: captures and articles, chosen in the catalogue of one moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from archive.catalogue.lag import lag_of
from archive.catalogue.queries.export import (
    choose_all,
    choose_articles,
    chosen_articles,
    forget_choice,
    newest_moment,
)
from archive.catalogue.soundness import require_sound
from archive.ground.errors import ArchiveDamaged, UsageError
from archive.ground.message import Message
from archive.history.article_version import versions_of
from archive.model import ArticleRecord
from archive.reading import ArchiveReader
from archive.warc.removal import is_pending


@dataclass(frozen=True, slots=True)
class Selection:
    """All of the archive, or one site of it, or some articles with their files.

    `articles` are ids, numbers or addresses; None means all. With `versions` each article is told
    once for every version of it, not for the standing one alone. `requisites` are addresses of what
    the pages of those articles need to look as they did.
    """

    site: str | None = None
    articles: frozenset[str] | None = None
    versions: bool = False
    requisites: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Selected:
    """A selection made in an open archive; `captures` is how many there are."""

    reader: ArchiveReader
    selection: Selection
    captures: int

    @property
    def as_of(self) -> datetime:
        """When the archive came to be as it is; what an export of this state is dated by."""
        return newest_moment(self.reader.catalogue)

    def articles(self) -> Iterator[ArticleRecord]:
        """The selected articles by id, and their versions in the order of time if so chosen."""
        for article in chosen_articles(self.reader.catalogue):
            record = self.reader.article(article)
            if record is None:
                continue
            if self.selection.versions:
                yield from versions_of(self.reader, record)
            else:
                yield record


@contextmanager
def selected(reader: ArchiveReader, selection: Selection) -> Iterator[Selected]:
    """Choose; from here on the archive is seen as it is now, whatever a crawl adds meanwhile.

    Raises `UsageError` for an article or site that is not there, `Withheld` for an article named
    that must not be shown, `ArchiveDamaged` if segments hold what the catalogue lacks, or it
    cannot be what they say.
    """
    if is_pending(reader.home):
        raise ArchiveDamaged(
            "archive.path-says",
            path=reader.home.path,
            what=Message("archive.removal-not-over"),
            hint=Message("archive.index-carries-it-out-then-export"),
        )
    if behind := lag_of(reader.home, reader.catalogue):
        groups = sum(lag.groups for lag in behind)
        raise ArchiveDamaged(
            "archive.catalogue-lacks-groups",
            path=behind[0].segment,
            count=groups,
            hint=Message("archive.index-takes-them-in-then-export"),
        )
    reader.hold_still()
    require_sound(reader.catalogue)
    try:
        if selection.articles is None:
            captures = choose_all(reader.catalogue, selection.site)
        else:
            captures = choose_articles(
                reader.catalogue, _named(reader, selection), selection.requisites
            )
        if not captures:
            raise UsageError(
                "archive.nothing-to-export", hint=Message("archive.status-says-what-is-held")
            )
        yield Selected(reader, selection, captures)
    finally:
        forget_choice(reader.catalogue)


def _named(reader: ArchiveReader, selection: Selection) -> list[str]:
    found = []
    for article in sorted(selection.articles or ()):
        record = reader.article(article)
        if record is None:
            raise UsageError("archive.no-such-article", article=article, folder=reader.home.path)
        if selection.site in (None, record.site):
            found.append(record.id)
    return found
