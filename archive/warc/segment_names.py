"""The names of segments: number, begin of the run, site; under a lease also worker and epoch.

    hdnd-000012-20240305021500-hai-ba-trung.warc.gz
    hdnd-000012-20240305021500-hai-ba-trung_worker-1_7.warc.gz

No two segments have one name: a number is given once on a machine, an epoch once a site.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

WORKER = r"[a-z0-9]+(?:-[a-z0-9]+)*"
"""How a worker may be called."""

_NAME = re.compile(
    r"hdnd-(?P<number>\d{6,})-(?P<began>\d{14})-(?P<site>[a-z0-9.-]+?)"
    rf"(?:_(?P<worker>{WORKER})_(?P<epoch>\d{{1,12}}))?(?P<repaired>\.repaired-\d+)?\.warc\.gz",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class LeaseHolder:
    """Who holds the lease of a site: a worker, and the epoch in which it does."""

    worker: str
    epoch: int


@dataclass(frozen=True, slots=True)
class SegmentName:
    """What a name tells: `began` is the begin of the run as 14 digits, in UTC.

    `holder` held the lease of the site; None on a machine that crawls alone.
    """

    number: int
    began: str
    site: str
    holder: LeaseHolder | None = None

    def __str__(self) -> str:
        """The name of the segment once it is closed."""
        held = f"_{self.holder.worker}_{self.holder.epoch}" if self.holder else ""
        return f"hdnd-{self.number:06d}-{self.began}-{self.site}{held}.warc.gz"


def parse(name: str) -> SegmentName | None:
    """What the name of a closed segment tells, also of one in the place of another; None for a name
    that no segment has.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    worker, epoch = match["worker"], match["epoch"]
    holder = LeaseHolder(worker, int(epoch)) if worker else None
    return SegmentName(int(match["number"]), match["began"], match["site"], holder)


def site_of(name: str) -> str | None:
    """The site that a segment is of, by its name; None for a name that no segment has."""
    told = parse(name)
    return told.site if told else None


def is_held(name: str) -> bool:
    """Whether a segment was written under a lease, by its name."""
    told = parse(name)
    return told is not None and told.holder is not None


def in_order(names: Iterable[str]) -> list[str]:
    """Segments in the order in which a catalogue is made of them, whatever order they came in.

    By time, site, epoch, number. No clock may turn around what is known to have followed: the
    numbers of one machine, the epochs of one site; each counts as begun when the one before it had.
    Names that no segment has come last.
    """
    lines: dict[str | None, list[tuple[int, int, str, str]]] = defaultdict(list)
    strange = []
    for name in names:
        told = parse(name)
        if told is None:
            strange.append(name)
        elif told.holder is None:
            lines[None].append((0, told.number, name, told.began))
        else:
            lines[told.site].append((told.holder.epoch, told.number, name, told.began))
    placed = []
    for site, line in lines.items():
        latest = ""
        for epoch, number, name, began in sorted(line):
            latest = max(latest, began)
            placed.append((latest, site or "", epoch, number, name))
    return [place[-1] for place in sorted(placed)] + sorted(strange)


def come_between(new: Iterable[str], known: Iterable[str]) -> bool:
    """Whether new segments of a site have their place before one that is known of it.

    What one site's segments refer to lies in earlier ones of that site.
    """
    coming, standing = defaultdict(list), defaultdict(list)
    for name in new:
        if is_held(name):
            coming[site_of(name)].append(name)
    for name in known:
        standing[site_of(name)].append(name)
    for site, names in coming.items():
        before = in_order(standing[site])
        if in_order([*before, *names])[: len(before)] != before:
            return True
    return False
