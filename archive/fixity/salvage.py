"""A damaged segment is set aside whole, and its sound records go into a new one in its place.

No sound byte is changed: a record's gzip member is copied as it stands. What cannot be in a segment
alone (a request whose response is lost) stays in the file that was set aside.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from archive.catalogue.database import Catalogue
from archive.catalogue.queries.segments import facts_of, run_facts, url_after
from archive.fixity.check_segment import Remnant, check_segment
from archive.fixity.damage import Damage
from archive.ground.causes import disk_failed
from archive.ground.durable import sync_folder
from archive.ground.errors import ArchiveDamaged
from archive.ground.home import Home
from archive.ground.message import Message
from archive.warc import records, segment_files, segments
from archive.warc.digests import digest
from archive.warc.record_groups import FOLLOWING, Group, Placed
from archive.warc.record_head import target_of
from archive.warc.record_writer import metadata_member, new_record_id, warcinfo_member
from archive.warc.replacing import (
    BECAUSE,
    LOST,
    LOST_CAPTURES,
    OF_SEGMENT,
    REPLACES,
    finish,
    next_name,
)

_MANY = 1000
"""Addresses of lost captures that the new segment names."""

_URL = "%:/?#[]@!$&'()*+,;=~"


@dataclass(slots=True)
class Salvaged:
    """What became of a damaged segment: its new name, how many records were kept.

    `left` are sound ones that belong to what is lost. `lost` are those that could not be read, or
    of which the catalogue can make no row; `urls` are of the captures among them, where known.
    `from_copy`: it was whole and lacked records, which a copy of the archive had.
    """

    old: str
    new: str
    kept: int = 0
    left: int = 0
    lost: int = 0
    urls: tuple[str, ...] = ()
    from_copy: bool = False
    damages: list[Damage] = field(default_factory=list)


def salvage(
    home: Home,
    path: Path,
    catalogue: Catalogue | None,
    at: datetime,
    refused: Collection[int | None] = (),
    *,
    source: Path | None = None,
) -> Salvaged:
    """Set a segment aside and put its sound records into a new one.

    They are those of the file `source`, if one is named: of a copy that has more of them.
    `refused` are the offsets of records of which the catalogue can make no row; they stay aside.
    `catalogue` tells why a response was fetched whose own `metadata` record is lost. A crash leaves
    either the old segment or the new one among the segments, or the old one aside: then `finish`
    goes on.

    Raises `StorageFailed` where the disk does not do it.
    """
    home.aside.mkdir(parents=True, exist_ok=True)
    name = segment_files.name_of(path)
    done = Salvaged(name, next_name(name), from_copy=source is not None)
    source = source or path
    new = home.aside / f"{done.new}.new"
    try:
        done.lost, done.urls = _lost(source, name, catalogue, refused)
        new.unlink(missing_ok=True)
        with source.open("rb") as file, new.open("xb") as out:
            declared = _declared_elsewhere(home, path)
            _Writer(file.fileno(), out.write, catalogue, at, done, declared, refused).write(source)
            out.flush()
            os.fsync(out.fileno())
        path.rename(segment_files.free_name(home.aside / name))
        sync_folder(home.aside)
        sync_folder(home.warc)
        finish(home)
    except OSError as error:
        raise disk_failed(error, new, Message("archive.mend-the-disk-repair")) from error
    return done


def _lost(
    path: Path, name: str, catalogue: Catalogue | None, refused: Collection[int | None]
) -> tuple[int, tuple[str, ...]]:
    """How many records of a file cannot be kept, and the addresses of those that are captures."""
    lost, urls = 0, []

    def url_at(offset: int) -> str | None:
        return url_after(catalogue, name, offset) if catalogue else None

    for piece in check_segment(path, path.stat().st_size, url_at=url_at):
        if isinstance(piece, Damage) and piece.is_lost:
            lost += 1
            urls.append(piece.url)
        elif isinstance(piece, Group) and piece.last.offset in refused:
            lost += 1
            urls.append(piece.last.record.fields.get("WARC-Target-URI"))
    return lost, tuple(dict.fromkeys(quote(url, safe=_URL) for url in urls if url))[:_MANY]


def _declared_elsewhere(home: Home, path: Path) -> set[str]:
    """The runs that the `warcinfo` of other segments tell of."""
    runs = set()
    for other in segment_files.segments_in(home.warc):
        for member in islice(segments.walk(other), 1) if other != path else ():
            with suppress(ArchiveDamaged, KeyError, UnicodeDecodeError):
                runs.add(records.parse_member(member.data).values()["hdnd-run"])
    return runs


@dataclass(slots=True)
class _Writer:
    """Writes what is sound of one segment."""

    source: int
    write_out: Callable[[bytes], object]
    catalogue: Catalogue | None
    at: datetime
    done: Salvaged
    declared: set[str]
    refused: Collection[int | None]
    _begun: bool = False

    def write(self, path: Path) -> None:
        """Go through the segment at `path`, which is open as `source`."""
        for piece in check_segment(path, path.stat().st_size, url_at=lambda offset: None):
            if isinstance(piece, Damage):
                self.done.damages.append(piece)
            elif isinstance(piece, Remnant):
                self._rescue(piece)
            elif piece.last.offset in self.refused:
                self.done.left += len(piece.members)
            else:
                self._copy(piece)
        self._begin()

    def _copy(self, group: Group) -> None:
        record = group.last.record
        if record.type == "warcinfo" and not group.listed:
            self.declared.add(group.last.record.values().get("hdnd-run", ""))
            self._copy_members(group.members)
            self._begin()
        elif self._declare(group.facts.get("hdnd-run")):
            self._copy_members(group.members)
        else:
            self.done.left += len(group.members)

    def _copy_members(self, members: tuple[Placed, ...]) -> None:
        for placed in members:
            raw = os.pread(self.source, placed.length, placed.offset)
            if not raw.startswith(segments.GZIP_HEADER):
                raw = segments.compress(zlib.decompress(raw, zlib.MAX_WBITS | 16))
            self.write_out(raw)
            self.done.kept += 1

    def _rescue(self, remnant: Remnant) -> None:
        """Keep a response that has lost a record beside it, under a new record of ours."""
        last = remnant.members[-1]
        facts = self._facts_of(remnant)
        is_capture = last.record.type in records.CAPTURES and "role" in facts
        if not is_capture or not self._declare(facts.get("hdnd-run")):
            self.done.left += len(remnant.members)
            return
        beside = [p for p in remnant.members[:-1] if p.record.type == "request"]
        data = [self._data(placed) for placed in (*beside, last)]
        facts |= {FOLLOWING: " ".join(map(digest, data)), "salvaged-from": self.done.old}
        own = metadata_member(
            target_of(last.record.fields),
            self.at,
            facts,
            warcinfo_id=last.record.fields.get("WARC-Warcinfo-ID", new_record_id()),
            concurrent_to=last.record.id,
        )
        self.write_out(own)
        self._copy_members((*beside, last))
        self.done.left += len(remnant.members) - len(data)

    def _facts_of(self, remnant: Remnant) -> dict[str, str]:
        for placed in remnant.members:
            if placed.record.type == "metadata" and "hdnd-run" in placed.record.values():
                return placed.record.values()
        if self.catalogue is None:
            return {}
        facts = facts_of(self.catalogue, remnant.members[-1].record.id)
        if facts is None:
            return {}
        told = {"hdnd-run": facts.run, "role": facts.role}
        return {**told, "via": facts.via} if facts.via else told

    def _data(self, placed: Placed) -> bytes:
        raw = os.pread(self.source, placed.length, placed.offset)
        return zlib.decompress(raw, zlib.MAX_WBITS | 16)

    def _declare(self, run: str | None) -> bool:
        """See to it that a `warcinfo` tells of the run; False if nothing is known of it."""
        if run is None or run in self.declared:
            self._begin()
            return True
        known = self.catalogue and run_facts(self.catalogue, run)
        if not known:
            return False
        values = {
            "hdnd-run": known.id,
            "hdnd-run-started": known.started_at,
            "hdnd-crawl": known.crawl,
            "hdnd-kind": known.kind,
            "hdnd-site": known.site,
            "hdnd-site-description": known.description,
            "salvaged-from": self.done.old,
        }
        self.write_out(warcinfo_member(self.done.new, self.at, values)[0])
        self.declared.add(run)
        self._begin()
        return True

    def _begin(self) -> None:
        """Tell once, as near to the beginning as can be, which segment this one replaces."""
        if self._begun:
            return
        self._begun = True
        values = {REPLACES: self.done.old, BECAUSE: "damaged"}
        if self.done.lost:
            values |= {LOST: str(self.done.lost), LOST_CAPTURES: " ".join(self.done.urls)}
        target = OF_SEGMENT + self.done.old
        self.write_out(metadata_member(target, self.at, values, warcinfo_id=new_record_id()))
