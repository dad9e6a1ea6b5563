"""Is the archive what was written, its search index included?"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from archive.catalogue.queries.articles import shown_ids
from archive.fixity.check_log import log_check
from archive.fixity.check_store import StoreCheck
from archive.fixity.damage import Damage, DamagedPart
from archive.fixity.rotation import PartCheck, due
from archive.fixity.verify import Verification
from archive.ground.configuration import configured
from archive.ground.errors import ArchiveDamaged, IndexUnusable, UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.reading import ArchiveReader
from archive.storage import own_manifest
from archive.warc import manifest
from archive.warc.segment_names import is_held
from hdnd.usecases.derivations import others
from hdnd.usecases.index_places import (
    ATTACHMENTS,
    STANDING,
    VERSIONS,
    Which,
    is_there,
    opened,
)
from hdnd.usecases.stages import OnProgress, Stage, StageProgress

_REMEDY = Message("usecases.update-or-repair-index")

_LOGGER = logging.getLogger(__name__)


def verification(
    home: Home,
    on_progress: OnProgress,
    *,
    deep: bool = False,
    since: str | datetime | None = None,
    deposited: str | None = None,
) -> Verification:
    """A check of a home, for `damages_of`.

    A `deep` one derives every version anew. `since` is a segment's name or a moment, from which on
    segments are read; `deposited` a head digest of the manifest that was kept elsewhere.
    """
    extract = None
    if deep:
        from crawler import Extractor

        extract = Extractor()
    url = configured(home, "store", "url")
    return Verification(
        home,
        extract=extract,
        others=others(),
        check_index=lambda: check_index(home, deep=deep),
        since=_first_segment(home, since),
        deposited=deposited,
        store=StoreCheck(url, own_manifest(home), reads=deep) if url else None,
        on_progress=checking_stage(on_progress),
    )


def damages_of(check: Verification) -> Iterator[Damage]:
    """What is not as it was written, in the order of the files; a record of the check is left."""
    began, found = datetime.now(UTC), 0
    for damage in check.damages():
        found += 1
        _log(damage)
        yield damage
    _LOGGER.info("a check ended", extra={"records": check.records, "segments": check.segments})
    log_check(
        check.home,
        began=began,
        ended=datetime.now(UTC),
        deep=check.extract is not None,
        since=check.since,
        segments=check.names,
        read=(check.records, check.bytes_read),
        head=check.head,
        damages=found,
    )


def check_a_part(home: Home, on_progress: OnProgress) -> tuple[Damage, ...]:
    """Read the segments whose turn it is, about a thirtieth; a record of the check is left."""
    began = datetime.now(UTC)
    check = PartCheck(home, due(home), checking_stage(on_progress))
    damages = tuple(check.damages())
    for damage in damages:
        _log(damage)
    log_check(
        home,
        began=began,
        ended=datetime.now(UTC),
        deep=False,
        since=0,
        segments=check.names,
        read=(check.records, check.bytes_read),
        head=check.head,
        damages=len(damages),
    )
    return damages


def _log(damage: Damage) -> None:
    _LOGGER.error(
        "damaged",
        extra={
            "file": damage.file,
            "offset": damage.offset,
            "url": damage.url,
            "reason": damage.what,
        },
    )


def checking_stage(on_progress: OnProgress) -> Callable[[int, int, str], None]:
    """What a check is to tell: bytes done, bytes in all and the file at hand."""
    return lambda done, total, file: on_progress(StageProgress(Stage.CHECK, done, total, file))


def check_index(home: Home, *, deep: bool) -> Iterator[Damage]:
    """What is wrong with the search indexes; a deep check compares every article's id.

    Those of versions and of attachments are read through: what they hold is known by a number.
    """
    yield from _check_bytes(home, VERSIONS)
    yield from _check_bytes(home, ATTACHMENTS)
    if not is_there(home, STANDING):
        return
    from hdnd.usecases.indexing import freshness

    try:
        with ArchiveReader.open(home) as reader, opened(home, STANDING) as index:
            reader.hold_still()
            index.verify()
            stands = freshness(home, reader)
            if stands.rebuild is not None:
                yield _damage(stands.rebuild)
            elif deep and not stands.behind:
                yield from _compare_ids(set(index.ids()), reader)
    except IndexUnusable as error:
        yield _damage(error.said)
    except ArchiveDamaged:
        return


def _check_bytes(home: Home, which: Which) -> Iterator[Damage]:
    if not is_there(home, which):
        return
    try:
        with opened(home, which) as index:
            index.verify()
    except IndexUnusable as error:
        yield _damage(error.said, which)


def _compare_ids(indexed: set[str], reader: ArchiveReader) -> Iterator[Damage]:
    shown = shown_ids(reader.catalogue)
    for article in sorted(shown - indexed):
        yield _damage(Message("usecases.index-lacks-article", article=article))
    for article in sorted(indexed - shown):
        yield _damage(Message("usecases.index-holds-article", article=article))


def _first_segment(home: Home, since: str | datetime | None) -> int:
    """The number of the first segment to check: by name, or by the moment it was written."""
    if since is None:
        return 0
    if any(is_held(path.name) for path in manifest.closed_segments(home)):
        raise UsageError("usecases.since-among-workers", hint=Message("usecases.check-all"))
    if isinstance(since, datetime):
        return manifest.written_since(home, since.astimezone(UTC))
    return int(since.split("-")[1])


def _damage(what: Message, index: str = "index") -> Damage:
    return Damage(DamagedPart.INDEX, index, what, _REMEDY)
