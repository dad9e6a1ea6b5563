"""Our own list of what a commit consists of: its segments, its files, and its watermark.

There is one manifest a commit, `manifest_<generation>.json`, on disk before the commit is: the
engine's table of contents (TOC) of that generation makes the commit, and a manifest without its TOC
is of a commit that never came to be. A search reads the manifest and no TOC.
"""

from __future__ import annotations

import errno
import json
import os
import zlib
from array import array
from collections.abc import Iterable, Mapping
from itertools import accumulate, chain
from operator import sub
from stat import S_ISREG
from typing import TYPE_CHECKING

from archive.ground.untrusted_json import parsed_json
from indexer.engines.local.storage.frames import at_once, from_bytes, to_bytes
from indexer.errors import unusable
from indexer.language.analysis import ANALYSIS_VERSION
from indexer.named_tuple import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

FORMAT_VERSION = 10
INDEX_NAME = "hdnd"
_KIND = "hdnd search index"
_MANIFEST = "manifest_", ".json"
_TOC = f"_{INDEX_NAME}_", ".toc"


class CommitPoint(NamedTuple):
    """What a commit consists of.

    `segments` maps the name of each segment to its deleted documents, `files` the name of each file
    to its size and SHA-256.
    """

    generation: int
    watermark: int | None
    segments: Mapping[str, frozenset[int]]
    files: Mapping[str, tuple[int, str]]

    def to_bytes(self) -> bytes:
        """JSON whose last member is the checksum of all others."""
        content = {
            "kind": _KIND,
            "format": FORMAT_VERSION,
            "analysis": ANALYSIS_VERSION,
            "generation": self.generation,
            "watermark": self.watermark,
            "segments": {name: _pack(deleted) for name, deleted in self.segments.items()},
            "files": {name: list(facts) for name, facts in sorted(self.files.items())},
        }
        return json.dumps({**content, "checksum": _checksum(content)}, indent=1).encode()


def manifest_name(generation: int) -> str:
    """The file name of a generation's manifest."""
    return str(generation).join(_MANIFEST)


def toc_name(generation: int) -> str:
    """The file name of a generation's table of contents, as the engine names it."""
    return str(generation).join(_TOC)


def toc_generation(name: str) -> int | None:
    """The generation of which `name` is the table of contents, or None."""
    return _generation(name, *_TOC)


def is_manifest(name: str) -> bool:
    """Whether a file of this name is a manifest."""
    return _generation(name, *_MANIFEST) is not None


def _generation(name: str, start: str, end: str) -> int | None:
    number = name.removeprefix(start).removesuffix(end)
    return int(number) if number.isdecimal() and name == f"{start}{number}{end}" else None


def newest(folder: Path | str) -> CommitPoint:
    """The manifest of the newest commit.

    Raises `IndexUnusable` for a folder that is missing, foreign, or of another release, and if the
    manifest is damaged.
    """
    try:
        names = os.listdir(folder)  # noqa: PTH208  (names only, and one error to catch)
    except FileNotFoundError:
        raise unusable(folder, "indexer.missing") from None
    except OSError as error:
        if error.errno not in (errno.ENOTDIR, errno.ELOOP):
            raise
        raise unusable(folder, "indexer.no-folder") from None
    generations = [gen for name in names if (gen := toc_generation(name)) is not None]
    if not generations:
        raise unusable(folder, "indexer.holds-none" if names else "indexer.empty")
    generation = max(generations)
    if manifest_name(generation) not in names:
        raise unusable(folder, "indexer.foreign")
    try:
        path = f"{folder}/{manifest_name(generation)}"
        with open(path, "rb", opener=at_once) as file:
            content = file.read() if S_ISREG(os.fstat(file.fileno()).st_mode) else b""
    except FileNotFoundError:
        return newest(folder)
    return _parsed(folder, generation, content)


def describe(folder: Path | str, names: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of each of the files."""
    from hashlib import file_digest, sha256

    facts = {}
    for name in names:
        with open(f"{folder}/{name}", "rb", opener=at_once) as file:
            facts_of_file = os.fstat(file.fileno())
            read = file_digest(file, "sha256") if S_ISREG(facts_of_file.st_mode) else sha256()
            facts[name] = facts_of_file.st_size, read.hexdigest()
    return facts


def check(folder: Path | str, *, toc_only: bool = False) -> None:
    """Read the files of the newest commit through, or only its table of contents.

    Raises `IndexUnusable` if any is not as it was written.
    """
    manifest = newest(folder)
    for name in [toc_name(manifest.generation)] if toc_only else manifest.files:
        try:
            found = describe(folder, [name])
        except FileNotFoundError:
            if newest(folder).generation == manifest.generation:
                raise unusable(folder, "indexer.lacks-file", file=name) from None
            check(folder, toc_only=toc_only)
            return
        if found[name] != manifest.files[name]:
            raise unusable(folder, "indexer.damaged", file=name)


def _parsed(folder: Path | str, generation: int, written: bytes) -> CommitPoint:
    name = manifest_name(generation)
    try:
        content = parsed_json(written)
        versions = content["format"], content["analysis"]
        if content["kind"] == _KIND and versions != (FORMAT_VERSION, ANALYSIS_VERSION):
            raise unusable(folder, "indexer.other-release")
        intact = content.pop("checksum") == _checksum(content)
        if not intact or content["kind"] != _KIND or content["generation"] != generation:
            raise unusable(folder, "indexer.damaged", file=name)
        return CommitPoint(
            generation,
            content["watermark"],
            {name: _unpack(deleted) for name, deleted in content["segments"].items()},
            {name: (size, digest) for name, (size, digest) in content["files"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise unusable(folder, "indexer.unreadable", file=name) from None


def _pack(numbers: Iterable[int]) -> str:
    """Document numbers as text: the steps between them, compressed."""
    ordered = sorted(numbers)
    steps = array("I", map(sub, ordered, chain((0,), ordered)))
    return zlib.compress(to_bytes(steps)).hex() if steps else ""


def _unpack(text: str) -> frozenset[int]:
    steps = from_bytes(4, zlib.decompress(bytes.fromhex(text))) if text else ()
    return frozenset(accumulate(steps))


def _checksum(content: Mapping[str, object]) -> int:
    return zlib.crc32(json.dumps(content, sort_keys=True, separators=(",", ":")).encode())
