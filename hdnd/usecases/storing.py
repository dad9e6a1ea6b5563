"""The archive brought to object storage, compared with it, and begun from it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from archive.ground.configuration import configured
from archive.ground.errors import HdndError, UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.objects import ObjectStore
from archive.storage import (
    MONTH,
    Dropped,
    Pushed,
    StoreState,
    adopt,
    compare,
    drop,
    find_again,
    own_manifest,
    push,
)
from archive.warc import manifest, segment_files
from hdnd.usecases.catch_up import require_archive
from hdnd.usecases.stages import OnProgress, Stage, StageProgress

_LOGGER = logging.getLogger(__name__)


def push_archive(home: Home, on_progress: OnProgress) -> Pushed:
    """Put what the store lacks; raises what `push` raises, and `UsageError` without a store."""
    require_archive(home)
    return _push(home, _store(home), on_progress, believed=timedelta(0))


def push_if_set(home: Home, on_progress: OnProgress) -> Pushed | HdndError | None:
    """The same at the end of a run that has done its work: None without a store.

    What went wrong is given back and logged; the next push goes on.
    """
    url = configured(home, "store", "url")
    if url is None:
        return None
    try:
        return _push(home, url, on_progress, believed=MONTH)
    except HdndError as error:
        _LOGGER.error("nothing was brought to object storage", extra={"reason": error.said})
        return error


def store_state(home: Home) -> StoreState:
    """What the store holds against the manifest; raises what `compare` raises."""
    require_archive(home)
    return compare(home, _store(home), manifest_name=own_manifest(home))


def drop_local_copies(home: Home, on_progress: OnProgress) -> Dropped:
    """Delete here what the store holds; raises what `drop` raises."""
    require_archive(home)
    done = drop(home, _store(home), on_progress=_dropping(on_progress))
    for name in done.segments:
        _LOGGER.info("a local copy was deleted that object storage holds", extra={"file": name})
    return done


def begin_from_store(home: Home) -> int | None:
    """Take over what the store holds where nothing is here yet; how many segments, None if not.

    Nothing is here, too, where neither a segment nor a line of the manifest is left; then a store
    that holds nothing either is no error.
    """
    url = configured(home, "store", "url")
    if url is None or _has_something(home):
        return None
    name = own_manifest(home)
    if home.warc.exists() and ObjectStore.at(url).head(name) is None:
        return None
    segments = adopt(home, url, manifest_name=name)
    extra = {"segments": segments, "head": manifest.head(home)}
    _LOGGER.info("an archive was begun from object storage", extra=extra)
    return segments


def _has_something(home: Home) -> bool:
    """Whether there is an archive, with a segment or with a line of a manifest."""
    has_lines = home.manifest.is_file() and home.manifest.stat().st_size > 0
    return home.warc.exists() and (has_lines or bool(segment_files.files_in(home.warc)))


def find_segments_again(home: Home) -> int:
    """Have those read from the store that lie nowhere, because receipts were lost; how many.

    Raises what `find_again` raises; without a store nothing is looked for.
    """
    url = configured(home, "store", "url")
    found = find_again(home, url, manifest_name=own_manifest(home)) if url else 0
    if found:
        _LOGGER.warning("receipts of segments were made again", extra={"segments": found})
    return found


def _push(home: Home, url: str, on_progress: OnProgress, *, believed: timedelta) -> Pushed:
    done = push(
        home,
        url,
        manifest_name=own_manifest(home),
        believed=believed,
        on_progress=_pushing(on_progress),
    )
    extra = {"segments": len(done.put), "bytes": done.size, "deleted": len(done.deleted)}
    _LOGGER.info("segments were brought to object storage", extra=extra)
    return done


def _pushing(on_progress: OnProgress) -> Callable[[int, int, str], None]:
    return lambda done, total, file: on_progress(StageProgress(Stage.PUSH, done, total, file))


def _dropping(on_progress: OnProgress) -> Callable[[int, int, str], None]:
    return lambda done, total, file: on_progress(StageProgress(Stage.DROP, done, total, file))


def _store(home: Home) -> str:
    url = configured(home, "store", "url")
    if url is None:
        raise UsageError("usecases.no-store", hint=Message("usecases.name-a-store"))
    return url
