"""Where results lie until they are taken in: a folder of the home, or object storage.

A result is put once. Whoever comes second with the same task finds it there, and that is as good.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from archive.ground.causes import disk_failed
from archive.ground.durable import sync_folder
from archive.ground.errors import ObjectDiffers, ObjectMissing
from archive.ground.message import Message
from archive.objects import DERIVED

if TYPE_CHECKING:
    from archive.objects import ObjectStore


class ResultStore(Protocol):
    """Holds results by their names; may raise `StorageFailed` or `StoreUnreachable`."""

    def has(self, name: str) -> bool:
        """Whether there is one of this name."""

    def get(self, name: str) -> bytes | None:
        """All of it; None if there is none, or if it is not what was put."""

    def put(self, name: str, data: bytes) -> None:
        """Put one, unless there is one of this name already."""

    def discard(self, name: str) -> None:
        """Delete one."""

    def discard_all(self) -> None:
        """Delete every one."""


@dataclass(frozen=True, slots=True)
class ResultFolder:
    """Results as files of a folder that all processes reach by the same path."""

    folder: Path

    def has(self, name: str) -> bool:
        """Whether there is a file of this name."""
        return (self.folder / name).is_file()

    def get(self, name: str) -> bytes | None:
        """The bytes of a file; None if it is not there."""
        path = self.folder / name
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise disk_failed(error, path, Message("usecases.mend-the-disk")) from error

    def put(self, name: str, data: bytes) -> None:
        """Write a file and give it its name, if no other file has it (link, POSIX.1-2017)."""
        path = self.folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                with suppress(FileExistsError):
                    path.hardlink_to(file.name)
            sync_folder(path.parent)
        except OSError as error:
            raise disk_failed(error, path, Message("usecases.mend-the-disk")) from error

    def discard(self, name: str) -> None:
        """Delete a file."""
        (self.folder / name).unlink(missing_ok=True)

    def discard_all(self) -> None:
        """Delete the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class ResultObjects:
    """Results as objects, below `derived/`."""

    store: ObjectStore

    def has(self, name: str) -> bool:
        """Whether there is an object of this name."""
        return self.store.head(f"{DERIVED}/{name}") is not None

    def get(self, name: str) -> bytes | None:
        """The bytes of an object; None if it is not there, or not what its digest says."""
        try:
            return self.store.get(f"{DERIVED}/{name}")[0]
        except (ObjectMissing, ObjectDiffers):
            return None

    def put(self, name: str, data: bytes) -> None:
        """Put an object; one that another worker has put first stays."""
        with suppress(ObjectDiffers):
            self.store.put_new(f"{DERIVED}/{name}", data)

    def discard(self, name: str) -> None:
        """Delete an object."""
        self.store.delete(f"{DERIVED}/{name}")

    def discard_all(self) -> None:
        """Delete all objects that the store lists below `derived/`."""
        for name in list(self.store.names(DERIVED)):
            self.store.delete(name)


def results_at(folder: Path, store: str | None) -> ResultStore:
    """Those in the object storage of an address, else those in a folder."""
    if store is None:
        return ResultFolder(folder)
    from archive.objects import ObjectStore

    return ResultObjects(ObjectStore.at(store))
