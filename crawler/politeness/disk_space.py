"""Room on the disk, looked at before a crawl and while it goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

LEAST_FREE = 200 << 20
"""Bytes that stay free for everyone else, on a small disk a twentieth of it."""


def nearly_full(folder: Path) -> str | None:
    """How much is left on the disk of a folder, in words, if that is too little to go on."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    usage = shutil.disk_usage(there)
    if usage.free >= min(LEAST_FREE, usage.total // 20):
        return None
    return f"{usage.free / 1e6:,.0f} MB of {usage.total / 1e6:,.0f} MB free"
