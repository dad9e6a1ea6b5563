"""What the manifest of a home is called in a store: that of a worker has the worker's name."""

from __future__ import annotations

from archive.ground.durable import write_whole
from archive.ground.home import Home
from archive.ground.plain_files import require_plain_file
from archive.storage.holdings import MANIFEST

FOLDER = "manifests"
"""Where the manifests of workers lie, in the store and in a home that has gathered all of them."""


def manifest_name(worker: str) -> str:
    """What the manifest of a worker is called in the store."""
    return f"{FOLDER}/{worker}.jsonl"


def own_manifest(home: Home) -> str:
    """What the manifest of this home is called in the store."""
    if not home.worker.exists():
        return MANIFEST
    return manifest_name(require_plain_file(home.worker).read_text(encoding="ascii").strip())


def note_worker(home: Home, worker: str) -> None:
    """Have it known from now on that this home is that of a worker."""
    if own_manifest(home) != manifest_name(worker):
        write_whole(home.worker, f"{worker}\n".encode("ascii"))
