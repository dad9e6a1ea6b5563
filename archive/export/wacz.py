"""WACZ 1.1.1 (specs.webrecorder.net/wacz/1.1.1): an archive in one file that replays by itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from archive.export.cdx import SortedLines, write_zipnum
from archive.export.copying import copy, sources
from archive.export.pages import page_lines
from archive.export.proof import FOLDER, proof_files
from archive.export.replayable import MADE, needs_making, write_made
from archive.export.selection import Selected
from archive.ground.durable import atomic_write

_MAY_READ = 0o644 << 16
_FIRST, _LAST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
"""The moments that the head of a file in a ZIP file can hold."""
_MOST_IN_32_BITS = 2_000_000_000
_CHUNK = 1 << 20
_IN_MEMORY = 64 << 20
"""Bytes beyond which what is made for an export goes to the disk."""


def write_wacz(
    chosen: Selected,
    path: Path,
    *,
    title: str,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Write the chosen captures and their pages; `on_progress` is told captures done and in all."""
    with atomic_write(path) as unfinished, unfinished.open("wb") as file:
        write_wacz_into(chosen, file, title=title, on_progress=on_progress)


def write_wacz_into(
    chosen: Selected,
    into: IO[bytes],
    *,
    title: str,
    created: datetime | None = None,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """The same into an open file; `created` is when it was made by its own account;
    None dates it by the archive, so that two of one state are the same bytes."""
    with ZipFile(into, "w") as archive:
        package = _Package(archive, created or chosen.as_of)
        with SortedLines() as lines:
            done = 0
            for source in sources(chosen):
                with package.file(f"archive/{source.name}", at_most=source.end) as write:
                    for line in copy(chosen, source, write):
                        lines.add(line)
                        done += 1
                        on_progress(done, chosen.captures)
            if needs_making(chosen):
                with SpooledTemporaryFile(_IN_MEMORY, prefix="hdnd-export-") as made:
                    for line in write_made(chosen, made.write):
                        lines.add(line)
                    package.copy(f"archive/{MADE}", made)
            with package.file("indexes/index.cdx.gz") as write:
                index = list(write_zipnum(iter(lines), write, name="index.cdx.gz"))
        with package.file("indexes/index.idx") as write:
            write(b"".join(index))
        with package.file("pages/pages.jsonl", ZIP_DEFLATED) as write:
            for page in page_lines(chosen):
                write(page)
        for name, content in proof_files(chosen):
            with package.file(f"{FOLDER}/{name}", ZIP_DEFLATED) as write:
                write(content)
        package.finish(title)


@dataclass(slots=True)
class _Package:
    archive: ZipFile
    created: datetime
    resources: list[dict[str, object]] = field(default_factory=list)

    @contextmanager
    def file(
        self, name: str, method: int = ZIP_STORED, *, at_most: int = 0
    ) -> Iterator[Callable[[bytes], object]]:
        """What is written becomes a file of the package; WARCs and indexes are stored as is.

        `at_most` are the bytes that it may come to: ReplayWeb.page does not read the 64-bit form
        of a header, so that only what needs it gets it.
        """
        digest = hashlib.sha256()
        size = 0
        info = ZipInfo(name, min(max(self.created.timetuple()[:6], _FIRST), _LAST))
        info.compress_type = method
        info.external_attr = _MAY_READ
        with self.archive.open(info, "w", force_zip64=at_most > _MOST_IN_32_BITS) as file:

            def write(data: bytes) -> None:
                nonlocal size
                file.write(data)
                digest.update(data)
                size += len(data)

            yield write
        resource = {
            "name": Path(name).name.lower(),
            "path": name,
            "hash": f"sha256:{digest.hexdigest()}",
            "bytes": size,
        }
        self.resources.append(resource)

    def copy(self, name: str, source: IO[bytes]) -> None:
        """A file of the package with the content of one that was just written."""
        size = source.tell()
        source.seek(0)
        with self.file(name, at_most=size) as write:
            while data := source.read(_CHUNK):
                write(data)

    def finish(self, title: str) -> None:
        """Write the list of files, and the digest of the list."""
        content = {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": title,
            "software": f"hdnd-archive {version('hdnd-archive')}",
            "created": self.created.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "resources": list(self.resources),
        }
        package = json.dumps(content, ensure_ascii=False, indent=2).encode()
        with self.file("datapackage.json") as write:
            write(package)
        hashed = {"path": "datapackage.json", "hash": self.resources[-1]["hash"]}
        with self.file("datapackage-digest.json") as write:
            write(json.dumps(hashed, indent=2).encode())
