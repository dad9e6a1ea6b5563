"""Mends an archive: makes anew what is derived and sets damaged segments aside, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from archive.catalogue.captures import number_of
from archive.catalogue.database import Catalogue, Unreadable
from archive.catalogue.derivation import Derivation
from archive.catalogue.derived_files import discard
from archive.catalogue.pages import Extract
from archive.catalogue.queries import segments as segment_queries
from archive.catalogue.queries.segments import KeptCapture, captures_in, captures_of
from archive.catalogue.removing import finish_removal
from archive.fixity.bring_back import bring_back_lost
from archive.fixity.damage import Damage, DamagedPart
from archive.fixity.put_in_place import put_in_place, set_aside_strange
from archive.fixity.repaired import LostCapture, Repaired
from archive.fixity.salvage import salvage
from archive.fixity.verify import Verification
from archive.ground.causes import disk_failed
from archive.ground.durable import sync_folder
from archive.ground.errors import ArchiveDamaged, UsageError
from archive.ground.home import Home
from archive.ground.lock import WriterLock
from archive.ground.message import Message
from archive.store import Archive
from archive.warc import manifest, segment_files
from archive.warc.replacing import finish, replacements


def repair(
    home: Home,
    extract: Extract,
    *,
    source: Home | None = None,
    others: Iterable[Derivation] = (),
    check_index: Callable[[], Iterator[Damage]] | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    on_progress: Callable[[int, int, str], None] = lambda done, total, what: None,
) -> Repaired:
    """Check the archive, then mend what can be mended from what is there.

    `source` is a copy of the archive: a segment is taken from it that has the digest which the
    manifest here names. The search index is for the caller to make anew, where `index_damaged` or
    `catalogue_rebuilt` says so, and what is made after the crawl, where `derived_damaged` does.
    What was interrupted goes on when it is called again. Raises `StorageFailed` where the disk does
    not do it.
    """
    try:
        return _repair(home, extract, source, others, check_index, clock, on_progress)
    except OSError as error:
        hint = Message("archive.nothing-lost-mend-the-disk")
        raise disk_failed(error, home.path, hint) from error


def _repair(
    home: Home,
    extract: Extract,
    source: Home | None,
    others: Iterable[Derivation],
    check_index: Callable[[], Iterator[Damage]] | None,
    clock: Callable[[], datetime],
    on_progress: Callable[[int, int, str], None],
) -> Repaired:
    done = Repaired()
    done.strange = set_aside_strange(home)

    def check() -> list[Damage]:
        checked = Verification(home, extract, check_index, others=others, on_progress=on_progress)
        return list(checked.damages())

    with WriterLock(home.lock):
        finish_removal(home)
        finish(home)
        damages = check()
        put_in_place(home, source, damages, done)
        if done.put_right or done.moved_aside or done.brought_back or done.manifest_restored:
            damages = check()
        for damage in damages:
            if damage.part is DamagedPart.DERIVED:
                discard(home.path / damage.file)
                done.derived_damaged = True
        indexes = (home.index, home.index_of_versions, home.index_of_attachments)
        done.index_damaged = any(damage.part is DamagedPart.INDEX for damage in damages) or any(
            {one.path, one.path.parent} & {*indexes} for one in done.strange
        )
        done.derived_damaged |= any(
            home.derived in (one.path, one.path.parent) for one in done.strange
        )
        known = _captures_in(home, damages)
        _mend_segments(home, damages, clock(), done)
        if source is not None:
            done.salvaged += bring_back_lost(home, source, clock())
        if any(damage.part is DamagedPart.MANIFEST for damage in damages):
            done.manifest_renewed |= _mend_manifest(home)
        done.catalogue_rebuilt = bool(done.salvaged) or any(
            damage.part is DamagedPart.CATALOGUE or _is_lost(home, damage) for damage in damages
        )
        if done.catalogue_rebuilt:
            on_progress(0, 0, home.catalogue.name)
    anew = done.catalogue_rebuilt
    with Archive(
        home, extract, others=others, make_anew=anew, of_what_is_left=True, clock=clock
    ) as archive:
        done.head = manifest.head(home)
        done.lost = _lost(archive.catalogue, known)
    done.unmended = _still_damaged(home)
    done.lost_earlier = [one for one in replacements(home) if one.lost]
    return done


def _is_lost(home: Home, damage: Damage) -> bool:
    return damage.part is DamagedPart.SEGMENT and not (home.warc / damage.file).exists()


def _captures_in(home: Home, damages: list[Damage]) -> list[KeptCapture]:
    """What the catalogue knows of segments that are damaged or lost."""
    names = {d.file for d in damages if d.part is DamagedPart.SEGMENT}
    with _catalogue_if_readable(home) as catalogue:
        if catalogue is None:
            return []
        return captures_in(
            catalogue, sorted(n.removesuffix(segment_files.OPEN_SUFFIX) for n in names)
        )


def _lost(catalogue: Catalogue, known: Iterable[KeptCapture]) -> list[LostCapture]:
    return [
        LostCapture(
            one.url,
            one.captured_at,
            one.article,
            captures_of(catalogue, one.article) if one.article else 0,
        )
        for one in known
        if number_of(catalogue, one.record_id) is None
    ]


def _mend_segments(home: Home, damages: list[Damage], at: datetime, done: Repaired) -> None:
    damaged = {damage.file for damage in damages if damage.part is DamagedPart.SEGMENT}
    replaced = {line.entry.replaces for line in _entries(home) if line.entry}
    with _catalogue_if_readable(home) as catalogue:
        for name in sorted(damaged):
            path = home.warc / name
            if not (path.exists() and segment_files.is_segment(path)):
                continue
            if name in replaced:
                path.rename(segment_files.free_name(home.aside / name))
                sync_folder(home.warc)
            else:
                refused = {d.offset for d in damages if d.file == name and d.refused}
                done.salvaged.append(salvage(home, path, catalogue, at, refused))


def _mend_manifest(home: Home) -> bool:
    """Write lines that are missing, or begin a new chain if the old one is broken."""
    stands = home.manifest.is_file() and manifest.is_intact(home)
    if stands and not manifest.was_emptied(home):
        manifest.catch_up(home)
        return False
    manifest.renew(home)
    return True


def _still_damaged(home: Home) -> list[Damage]:
    return [
        damage
        for damage in Verification(home).damages()
        if damage.part in (DamagedPart.SEGMENT, DamagedPart.MANIFEST)
    ]


@contextmanager
def _catalogue_if_readable(home: Home) -> Iterator[Catalogue | None]:
    try:
        catalogue = Catalogue.open(home)
        segment_queries.ends(catalogue)
    except (ArchiveDamaged, UsageError, Unreadable):
        yield None
        return
    with catalogue:
        yield catalogue


def _entries(home: Home) -> list[manifest.ManifestLine]:
    return list(manifest.read(home)) if home.manifest.exists() else []
