"""Which file systems are shared with other machines, and keep no archive well."""

from __future__ import annotations

import os
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_OF_A_NETWORK = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone", "fuse.s3fs")
)


def network_file_system(path: Path, *, mounts: Path = _MOUNTS) -> str | None:
    """What Linux calls the file system of a path, if its locks, renames and mapped files are not
    those of a disk; None for any other, and where that cannot be known (proc(5), "mountinfo").
    """
    try:
        device = path.stat().st_dev
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    number = f"{os.major(device)}:{os.minor(device)}"
    for line in lines:
        mounted, _, how = line.partition(" - ")
        if mounted.split()[2:3] == [number]:
            kind = how.partition(" ")[0]
            return kind if kind in _OF_A_NETWORK else None
    return None
