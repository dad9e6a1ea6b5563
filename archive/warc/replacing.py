"""Segments in the place of others: how they are called, what they say of the one they replace.

A new segment is written into `aside/` under its name and `.new`, and is put among the segments once
the old one is gone from there. A crash leaves the one or the other, and `finish` goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive.ground.durable import sync_folder
from archive.ground.errors import ArchiveDamaged
from archive.ground.home import Home
from archive.warc import records, segment_files, segments

REPLACES = "replaces"
"""The field of a segment's first or second record that names the segment in whose place it is."""

BECAUSE = "replaced-because"
LOST = "records-lost"
LOST_CAPTURES = "captures-lost"
REASON = "removed-because"
REMOVED = "records-removed"
ARTICLE = "removed-article"
OF_SEGMENT = "urn:hdnd:segment:"
"""How the target of a record about a segment begins."""

_NAME = re.compile(r"(.*?)(?:\.repaired-(\d+))?\.warc\.gz")


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a segment says of the one in whose place it is.

    Of the `old` one `lost` records could not be read; `urls` are of the captures among them. Or
    records of an `article` were `removed`, each id with its digest, `at` a time, for a `reason`.
    What is lost is so `for_good` where records were removed since: no older segment is put back.
    """

    segment: str
    old: str
    lost: int = 0
    urls: tuple[str, ...] = ()
    article: str | None = None
    at: str | None = None
    reason: str | None = None
    removed: Mapping[str, str] = field(default_factory=dict)
    for_good: bool = False


def replacements_in(path: Path) -> Iterator[Replacement]:
    """What a segment says of those in whose place it is, the last of them first."""
    if not _is_in_place(path):
        return
    removed_since = False
    with suppress(ArchiveDamaged, UnicodeDecodeError, ValueError):
        for number, member in enumerate(segments.walk(path)):
            record = records.parse_member(member.data)
            values = record.values() if record.type == "metadata" else {}
            if REPLACES in values:
                one = _replacement(path, record, values)
                yield replace(one, for_good=bool(one.lost and removed_since))
                removed_since |= bool(one.removed)
            elif number:
                return


def _replacement(path: Path, record: records.WarcRecord, values: Mapping[str, str]) -> Replacement:
    pairs = values.get(REMOVED, "").split()
    return Replacement(
        segment_files.name_of(path),
        values[REPLACES],
        int(values.get(LOST, "0")),
        tuple(values.get(LOST_CAPTURES, "").split()),
        values.get(ARTICLE),
        record.fields.get("WARC-Date") if pairs else None,
        values.get(REASON),
        dict(zip(pairs[::2], pairs[1::2], strict=True)),
    )


def replacements(home: Home) -> list[Replacement]:
    """What the segments say that are in the place of others."""
    paths = segment_files.segments_in(home.warc)
    return [one for path in paths for one in replacements_in(path)]


def _is_in_place(path: Path) -> bool:
    return bool((match := _NAME.fullmatch(path.name)) and match[2])


def next_name(name: str) -> str:
    """What the segment is called that comes in the place of the one of this name."""
    match = _NAME.fullmatch(name)
    assert match is not None
    return f"{match[1]}.repaired-{int(match[2] or 0) + 1}.warc.gz"


def names_before(name: str) -> list[str]:
    """The names of those in whose place a segment is, the oldest first; none for a first one."""
    match = _NAME.fullmatch(name)
    if match is None or match[2] is None:
        return []
    earlier = [f"{match[1]}.repaired-{number}.warc.gz" for number in range(1, int(match[2]))]
    return [f"{match[1]}.warc.gz", *earlier]


def finish(home: Home) -> list[str]:
    """Put new segments in the place of old ones that are set aside already; their names."""
    finished = []
    for new in sorted(home.aside.glob("*.warc.gz.new")) if home.aside.exists() else []:
        name = new.name.removesuffix(".new")
        before = names_before(name)
        if not before or any(
            old.exists() for earlier in before for old in home.warc.glob(earlier + "*")
        ):
            new.unlink()
            continue
        new.rename(home.warc / name)
        finished.append(name)
    if finished:
        sync_folder(home.warc)
    return finished
