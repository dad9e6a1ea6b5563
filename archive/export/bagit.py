"""BagIt 1.0 (RFC 8493): a folder with a list of its files' digests, for a preservation archive."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from archive.export.articles import to_json_lines
from archive.export.cdx import SortedLines
from archive.export.copying import copy, sources
from archive.export.proof import FOLDER, proof_files
from archive.export.selection import Selected
from archive.ground.durable import atomic_write

_ALGORITHMS = ("sha256", "sha512")


def write_bag(
    chosen: Selected,
    path: Path,
    *,
    title: str,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Write WARC files, their index and the articles as a bag; the folder must not exist yet.

    Two bags of one state of an archive are the same bytes.
    """
    with atomic_write(path) as folder:
        folder.mkdir()
        bag = _Bag(folder)
        with SortedLines() as lines:
            done = 0
            for source in sources(chosen):
                with bag.file(f"data/warc/{source.name}") as write:
                    for line in copy(chosen, source, write):
                        lines.add(line)
                        done += 1
                        on_progress(done, chosen.captures)
            with bag.file("data/index.cdxj") as write:
                for line in lines:
                    write(line)
        with bag.file("data/articles.jsonl") as write:
            for text in to_json_lines(chosen):
                write(text.encode())
        for name, content in proof_files(chosen):
            with bag.file(f"data/{FOLDER}/{name}") as write:
                write(content)
        bag.finish(title, chosen.captures, chosen.as_of)


@dataclass(slots=True)
class _Bag:
    folder: Path
    digests: dict[str, tuple[str, ...]] = field(default_factory=dict)
    octets: int = 0

    @contextmanager
    def file(self, name: str) -> Iterator[Callable[[bytes], object]]:
        """What is written becomes a file of the bag, on the disk when the block ends."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        digests = [hashlib.new(algorithm) for algorithm in _ALGORITHMS]
        with path.open("xb") as file:

            def write(data: bytes) -> None:
                file.write(data)
                self.octets += len(data)
                for digest in digests:
                    digest.update(data)

            yield write
            file.flush()
            os.fsync(file.fileno())
        self.digests[name] = tuple(digest.hexdigest() for digest in digests)

    def finish(self, title: str, captures: int, as_of: datetime) -> None:
        """Write the declaration, what is said of the bag, and the digests of all its files."""
        payload = dict(self.digests)
        oxum = f"{self.octets}.{len(payload)}"
        facts = {
            "Bag-Software-Agent": f"hdnd-archive {version('hdnd-archive')}",
            "Bagging-Date": as_of.date().isoformat(),
            "External-Description": title,
            "Internal-Sender-Description": f"{captures} captures in WARC/1.1, their CDXJ index,"
            " and the articles as JSON lines",
            "Payload-Oxum": oxum,
        }
        self._text("bagit.txt", ["BagIt-Version: 1.0", "Tag-File-Character-Encoding: UTF-8"])
        one_line = ((name, " ".join(value.split())) for name, value in facts.items())
        self._text("bag-info.txt", [f"{name}: {value}" for name, value in one_line])
        for n, algorithm in enumerate(_ALGORITHMS):
            self._text(f"manifest-{algorithm}.txt", _sums(payload, n))
        tags = {name: sums for name, sums in self.digests.items() if name not in payload}
        for n, algorithm in enumerate(_ALGORITHMS):
            self._text(f"tagmanifest-{algorithm}.txt", _sums(tags, n))

    def _text(self, name: str, lines: list[str]) -> None:
        with self.file(name) as write:
            write("".join(f"{line}\n" for line in lines).encode())


def _sums(digests: dict[str, tuple[str, ...]], n: int) -> list[str]:
    return [f"{sums[n]}  {name}" for name, sums in sorted(digests.items())]
