"""The index's folder as Whoosh writes to it: a commit there survives a crash."""

from __future__ import annotations

import os
from pathlib import Path

from whoosh.filedb.filestore import FileStorage, RamStorage

from indexer.engines.local.storage.commit_point import (
    INDEX_NAME,
    CommitPoint,
    describe,
    is_manifest,
    manifest_name,
    toc_generation,
)
from indexer.engines.local.storage.segments import DOCUMENTS, WORDS


class DurableDirectory(FileStorage):  # type: ignore[misc]
    """A folder in which a commit survives a crash: segments, then manifest, then TOC."""

    def __init__(self, folder: Path, *, readonly: bool) -> None:
        super().__init__(str(folder), readonly=readonly)
        self.path = folder
        self._next = CommitPoint(0, None, {}, {})

    def prepare(self, commit: CommitPoint) -> None:
        """Say what the next commit consists of; its files are those of the last one as yet."""
        self._next = commit

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a file; for a TOC, first make its manifest and all that it lists durable."""
        generation = toc_generation(newname)
        if generation is not None:
            known = self._next.files
            names = [name + ending for name in self._next.segments for ending in (WORDS, DOCUMENTS)]
            fresh = [name for name in names if name not in known]
            for name in [*fresh, oldname]:
                sync(self.path / name)
            files = {name: known[name] for name in names if name in known}
            files |= describe(self.path, fresh)
            files[newname] = describe(self.path, [oldname])[oldname]
            manifest = self._next._replace(generation=generation, files=files)
            _write_durably(self.path / manifest_name(generation), manifest.to_bytes())
        super().rename_file(oldname, newname, safe=safe)
        if generation is not None:
            sync(self.path)

    def temp_storage(self, name: str | None = None) -> RamStorage:
        """Nothing on the disk: a kill would leave a folder there, which readers would meet."""
        return RamStorage()

    def lock(self, name: str) -> object:
        """The lock of a writer; its file nobody may execute, as Whoosh's own may be."""
        (self.path / name).touch(mode=0o644)
        return super().lock(name)

    def clear_leftovers(self, generation: int) -> None:
        """Delete what belongs to no commit: older manifests, temporary tables of contents."""
        keep = manifest_name(generation)
        for name in self.list():
            unfinished = name.startswith(f"_{INDEX_NAME}_") and toc_generation(name) is None
            if unfinished or (is_manifest(name) and name != keep):
                (self.path / name).unlink(missing_ok=True)


def _write_durably(path: Path, content: bytes) -> None:
    temporary = path.with_name(f"_{INDEX_NAME}_{path.name}.new")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
