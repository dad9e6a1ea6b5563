"""Room on the disk, looked at before a crawl and while it goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

from archive.ground.message import Message

LEAST_FREE = 200 << 20
"""Bytes that stay free for everyone else, on a small disk a twentieth of it."""


def nearly_full(folder: Path) -> Message | None:
    """How much is left on the disk of a folder, if that is too little to go on."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    usage = shutil.disk_usage(there)
    if usage.free >= min(LEAST_FREE, usage.total // 20):
        return None
    free, size = round(usage.free / 1e6), round(usage.total / 1e6)
    return Message("crawler.disk-left", free=free, size=size)
