"""From the archive to the index: what stands in the catalogue is what can be found.

An index whose watermark is of another extraction rule, or beyond the archive's last change, cannot
be trusted to be up to date, and is built anew.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from archive.ground.errors import (
    ClusterUnavailable,
    HdndError,
    IndexOfAnother,
    IndexUnusable,
)
from archive.ground.home import Home
from archive.ground.message import Message
from archive.reading import ArchiveReader
from hdnd.usecases.attachment_index import update_attachment_index
from hdnd.usecases.history_search import update_versions
from hdnd.usecases.index_documents import RULE_SCALE, document_of, watermark_of
from hdnd.usecases.index_places import (
    STANDING,
    clear_away,
    demand_names,
    is_of_what_is_there,
    is_there,
    opened,
    replaced,
)
from hdnd.usecases.stages import OnProgress, Stage, StageProgress
from hdnd.views.index import Freshness, Indexed
from indexer import Document
from indexer.search_time import one_search

if TYPE_CHECKING:
    from indexer.engine import SearchEngine

_LOGGER = logging.getLogger(__name__)
_SOON = 5.0
"""Seconds in which a cluster says how its index stands."""


def freshness(home: Home, reader: ArchiveReader, *, thorough: bool = False) -> Freshness:
    """Whether the index has all that the archive holds; if `thorough`, every byte of it is read."""
    try:
        with opened(home, STANDING) as index:
            if thorough:
                index.verify()
            return _compare(home, index, reader)
    except IndexUnusable as error:
        there = is_there(home, STANDING)
        why = error.said if there else Message("usecases.no-index-before")
        return Freshness(reader.article_count(), why)


def known_freshness(home: Home, reader: ArchiveReader) -> Freshness:
    """As `freshness`; also where a cluster can't answer soon, or for another archive only."""
    try:
        with one_search(seconds=_SOON):
            return freshness(home, reader)
    except (ClusterUnavailable, IndexOfAnother) as error:
        return Freshness(0, unanswered=error.said)


def update_index(
    home: Home,
    *,
    rebuild: bool = False,
    take_over: bool = False,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> Indexed:
    """Bring the index up to date with the archive, or build it anew where that is not enough.

    `on_progress` is told how many articles of how many were read. Raises what opening the archive
    raises, `LockHeld` while another process writes to the index, and `IndexOfAnother` where its
    name on a cluster is another archive's, unless that may be taken over, or of an index of others.
    """
    with ArchiveReader.open(home) as reader:
        reader.hold_still()
        stands = Freshness(0) if rebuild else freshness(home, reader, thorough=True)
        done = Indexed(0, 0)
        if stands.behind and stands.rebuild is None:
            done, stands = _add_changes(home, reader, on_progress)
        if rebuild or stands.rebuild is not None:
            demand_names(home, take_over=take_over)
            total = reader.article_count()
            documents = _documents(reader, 0, total, on_progress)
            watermark = watermark_of(reader)
            replaced(home, STANDING, documents, watermark=watermark, take_over=take_over)
            done = Indexed(total, 0, rebuilt=True, why=stands.rebuild)
        done = replace(
            done,
            versions_built=update_versions(home, reader, take_over=take_over),
            files_built=update_attachment_index(home, reader, take_over=take_over),
        )
        clear_away(home)
    _LOGGER.info(
        "the index was built" if done.rebuilt else "the index was brought up to date",
        extra={
            "put_in": done.put_in,
            "taken_out": done.taken_out,
            "reason": done.why,
        },
    )
    return done


def update_index_after(
    home: Home,
    *,
    rebuild: bool = False,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> Indexed | HdndError:
    """The same at the end of work that is done: what keeps the index from it is given back."""
    try:
        return update_index(home, rebuild=rebuild, on_progress=on_progress)
    except HdndError as error:
        return not_indexed(error)


def update_standing(
    home: Home,
    *,
    rebuild: bool = False,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> Indexed | HdndError | None:
    """The same if there is an index; None if not."""
    try:
        there = is_there(home, STANDING)
    except HdndError as error:
        return not_indexed(error)
    return update_index_after(home, rebuild=rebuild, on_progress=on_progress) if there else None


def not_indexed(error: HdndError) -> HdndError:
    """Write down what kept an index from being brought up to date."""
    _LOGGER.error("the index was not brought up to date", extra={"reason": error.said})
    return error


def indexing_stage(on_progress: OnProgress) -> Callable[[int, int], None]:
    """What `update_index` is to tell, told as a stage of longer work."""
    return lambda done, total: on_progress(StageProgress(Stage.INDEX, done, total))


def _add_changes(
    home: Home, reader: ArchiveReader, on_progress: Callable[[int, int], None]
) -> tuple[Indexed, Freshness]:
    with opened(home, STANDING) as index:
        after = (index.watermark or 0) % RULE_SCALE
        removed = reader.merged_away(after)
        total = reader.change_count(after) - len(removed)
        documents = _documents(reader, after, total, on_progress)
        index.update(documents, remove=removed, watermark=watermark_of(reader))
        return Indexed(total, len(removed)), _compare(home, index, reader)


def _compare(home: Home, index: SearchEngine, reader: ArchiveReader) -> Freshness:
    articles = reader.article_count()
    if not is_of_what_is_there(home, index):
        return Freshness(articles, Message("usecases.index-of-lost-segments"))
    rule, seq = divmod(index.watermark or 0, RULE_SCALE)
    if rule != reader.rule():
        return Freshness(articles, Message("usecases.another-rule"))
    if seq > reader.last_change():
        return Freshness(articles, Message("usecases.index-ahead"))
    behind = reader.change_count(seq)
    if not behind and index.document_count != articles:
        return Freshness(articles, Message("usecases.index-holds-others"))
    return Freshness(behind)


def _documents(
    reader: ArchiveReader, after: int, total: int, on_progress: Callable[[int, int], None]
) -> Iterator[Document]:
    records = (record for _, _, record in reader.changes(after) if record)
    for done, record in enumerate(records, 1):
        on_progress(done, total)
        yield document_of(record, record.article)
