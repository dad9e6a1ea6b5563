"""What is read of an archive: each function opens it, reads one thing and closes it again.

All raise what opening an archive raises (`UsageError`, `ArchiveDamaged`).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from archive.ground.errors import UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.model import ArticleRecord, Run
from archive.reading import ArchiveReader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hdnd.views.article import HeldFile
    from hdnd.views.change import Edit, PresenceChange
    from hdnd.views.citation import Citation
    from hdnd.views.difference import Comparison
    from hdnd.views.history import History
    from hdnd.views.run import RunReport
    from hdnd.views.status import ArchiveStatus


def article(home: Home, article_id: str, *, version: str | None = None) -> ArticleRecord:
    """An article, as a version of it said it if one is named.

    `UsageError` for one that is not here, `Withheld` for one not to be shown.
    """
    with ArchiveReader.open(home) as reader:
        return _article(reader, article_id, version)


def attachments_json(home: Home, record: ArticleRecord) -> list[dict[str, Any]]:
    """The attachments of an article with what was read of them, as JSON."""
    from archive.history.attachment_json import AttachmentsAsJson

    with ArchiveReader.open(home) as reader, AttachmentsAsJson(reader) as attachments:
        return attachments.of(record)


def stored_page(home: Home, article_id: str, *, version: str | None = None) -> bytes:
    """The stored page that an article is read from, content coding undone; raises as `article`."""
    from crawler import decoded_body

    with ArchiveReader.open(home) as reader:
        record = _article(reader, article_id, version)
        return decoded_body(reader.stored(reader.capture(record.capture_seq)))


def stored_file(home: Home, article_id: str, number: int, *, version: str | None = None) -> bytes:
    """A picture or attachment of an article by its number, content coding undone.

    Raises as `article` does, and `UsageError` for a file that is not held.
    """
    from archive.history.stored_files import stored_file
    from crawler import decoded_body

    with ArchiveReader.open(home) as reader:
        _, stored = stored_file(reader, _article(reader, article_id, version), number)
        return decoded_body(stored)


def held_file(home: Home, article_id: str, number: int, *, version: str | None = None) -> HeldFile:
    """The same with its name and the media type that was stated."""
    from archive.history.stored_files import stored_file
    from crawler import decoded_body
    from hdnd.views.article import HeldFile

    with ArchiveReader.open(home) as reader:
        part, stored = stored_file(reader, _article(reader, article_id, version), number)
        return HeldFile(part.name, stored.header("Content-Type"), decoded_body(stored))


def article_history(home: Home, article_id: str) -> History:
    """How an article came to be what it is; raises as `article` does."""
    from archive.history.article_history import history

    with ArchiveReader.open(home) as reader:
        return history(reader.catalogue, article_id)


def compare_versions(history: History, versions: Sequence[str] = ()) -> Comparison | None:
    """Two versions of an article, by their digests or how they begin; the last two if none.

    None for an article that never changed; `UsageError` for a version that it never had.
    """
    from archive.history.differences import difference
    from hdnd.views.difference import Comparison

    names = versions or tuple(state.digest for state in history.states[-2:])
    if len(names) < 2:
        return None
    old, new = (history.version(name) for name in names)
    return Comparison(history, old, new, difference(old.article, new.article))


def citation(home: Home, article_id: str, *, version: str | None, prefix: str | None) -> Citation:
    """A citation of an article's version, the standing one if none is named."""
    from archive.history.citation import cite

    with ArchiveReader.open(home) as reader:
        return cite(reader, article_id, version=version, prefix=prefix)


def changes(home: Home, *, since: datetime, site: str | None = None) -> list[Edit | PresenceChange]:
    """Edits, disappearances and returns found at `since` or later, the oldest first."""
    from archive.history.presence_changes import presence_changes
    from archive.history.silent_edits import edits

    with ArchiveReader.open(home) as reader:
        reader.hold_still()
        found: list[Edit | PresenceChange] = [
            *edits(reader.catalogue, since=since, site=site),
            *presence_changes(reader.catalogue, since=since, site=site),
        ]
    return sorted(found, key=lambda change: change.found_at)


def gone_articles(
    home: Home, *, since: datetime | None = None, site: str | None = None
) -> list[PresenceChange]:
    """The articles that are gone from their sites now, the oldest first."""
    from archive.history.presence_changes import gone_now

    with ArchiveReader.open(home) as reader:
        return gone_now(reader.catalogue, since=since, site=site)


def runs(home: Home) -> list[Run]:
    """All runs that fetched, the oldest first."""
    with ArchiveReader.open(home) as reader:
        return reader.runs()


def run_report(home: Home, run: str) -> tuple[int, RunReport]:
    """A run's number, and what it brought; `UsageError` for no number or id of one."""
    from archive.history.run_report import choose_run, news_of

    with ArchiveReader.open(home) as reader:
        known = reader.runs()
        chosen = choose_run(known, run)
        return known.index(chosen) + 1, news_of(reader.catalogue, chosen)


def status(home: Home, *, with_problems: bool = False, of_cluster: bool = True) -> ArchiveStatus:
    """What is held and how fresh the index is, as of one moment.

    Whoever must not wait for a cluster has it not asked: then nothing lacks in the index there.
    """
    from archive.fixity.check_log import last_checks
    from archive.fixity.rotation import last_read
    from archive.ground.file_systems import network_file_system
    from archive.ground.plain_files import bytes_of
    from hdnd.usecases.index_places import STANDING, cluster_of, place_of
    from hdnd.usecases.indexing import known_freshness
    from hdnd.views.index import Freshness
    from hdnd.views.status import ArchiveStatus

    cluster = place_of(home, STANDING) if cluster_of(home) else None
    asks = of_cluster or cluster is None
    with ArchiveReader.open(home) as reader:
        reader.hold_still()
        return ArchiveStatus(
            home,
            reader.status(),
            known_freshness(home, reader) if asks else Freshness(0),
            0 if cluster else bytes_of(home.index.glob("*")),
            reader.problems() if with_problems else None,
            next(iter(last_checks(home)), None),
            last_read(home),
            cluster,
            network_file_system(home.path),
        )


def _article(reader: ArchiveReader, article_id: str, version: str | None = None) -> ArticleRecord:
    record = reader.article(article_id)
    if record is None:
        raise UsageError(
            "usecases.no-article",
            article=article_id,
            home=reader.home.path,
            hint=Message("usecases.search-prints-ids"),
        )
    if version is None:
        return record
    from archive.history.article_version import at_version

    return at_version(reader, record, version)
