"""Our own list of an index's files, checked before the engine reads (and unpickles) any of them.

There is one manifest a commit, `manifest_<generation>.json`, on disk before the commit is: the
engine's table of contents (TOC) of that generation makes the commit, and a manifest without its TOC
is of a commit that never came to be.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.analysis import ANALYSIS_VERSION
from indexer.errors import unusable

FORMAT_VERSION = 3
INDEX_NAME = "hdnd"
_KIND = "hdnd search index"
_MANIFEST = re.compile(r"manifest_([0-9]+)\.json")
_TOC = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a commit consists of. `files` maps a name to its size and SHA-256."""

    generation: int
    watermark: int | None
    files: dict[str, tuple[int, str]]

    def with_watermark(self, watermark: int) -> Manifest:
        """The same commit with another watermark."""
        return replace(self, watermark=watermark)

    def to_bytes(self) -> bytes:
        """JSON whose last member is the digest of all others."""
        content = {
            "kind": _KIND,
            "format": FORMAT_VERSION,
            "analysis": ANALYSIS_VERSION,
            "generation": self.generation,
            "watermark": self.watermark,
            "files": {name: list(facts) for name, facts in sorted(self.files.items())},
        }
        return json.dumps({**content, "digest": _digest_of(content)}, indent=1).encode()


def manifest_name(generation: int) -> str:
    """The file name of a generation's manifest."""
    return f"manifest_{generation}.json"


def toc_name(generation: int) -> str:
    """The file name of a generation's table of contents, as the engine names it."""
    return f"_{INDEX_NAME}_{generation}.toc"


def toc_generation(name: str) -> int | None:
    """The generation of which `name` is the table of contents, or None."""
    match = _TOC.fullmatch(name)
    return int(match[1]) if match else None


def is_manifest(name: str) -> bool:
    """Whether a file of this name is a manifest."""
    return _MANIFEST.fullmatch(name) is not None


def describe(folder: Path, names: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of each of the files."""
    return {name: _facts(folder / name) for name in names}


def check(folder: Path, *, thorough: bool = False) -> Manifest:
    """The manifest of the newest commit, after all its files were found whole.

    All must be there in their size. Those that are large, and have a checksum for each piece that
    is read of them, are read through only if the check is to be `thorough`; nothing is unpickled
    from them. Raises `IndexUnusable` for a folder that is missing, foreign, damaged or of another
    release.
    """
    try:
        names = os.listdir(folder)  # noqa: PTH208  (names only, and one error to catch)
    except FileNotFoundError:
        raise unusable(folder, "does not exist") from None
    except NotADirectoryError:
        raise unusable(folder, "is not a folder") from None
    generations = [gen for name in names if (gen := toc_generation(name)) is not None]
    if not generations:
        raise unusable(folder, "holds no index" if names else "is empty")
    generation = max(generations)
    if manifest_name(generation) not in names:
        raise unusable(folder, "was not made by this program, or has lost its manifest")
    manifest = _read(folder, generation)
    for name, facts in manifest.files.items():
        try:
            found = _facts(folder / name, facts, thorough=thorough or not _is_checked_later(name))
        except FileNotFoundError:
            if any((toc_generation(other) or 0) > generation for other in os.listdir(folder)):  # noqa: PTH208
                return check(folder, thorough=thorough)
            raise unusable(folder, f"lacks its file {name}") from None
        if found != facts:
            raise unusable(folder, f"is damaged: {name} is not as it was written")
    return manifest


def _read(folder: Path, generation: int) -> Manifest:
    name = manifest_name(generation)
    try:
        content = json.loads((folder / name).read_bytes())
        digest = content.pop("digest")
        kind, version, analysis = content["kind"], content["format"], content["analysis"]
        intact = digest == _digest_of(content) and content["generation"] == generation
    except (ValueError, KeyError, TypeError, AttributeError):
        raise unusable(folder, f"is damaged: {name} can't be read") from None
    if not intact or kind != _KIND:
        raise unusable(folder, f"is damaged: {name} is not as it was written")
    if (version, analysis) != (FORMAT_VERSION, ANALYSIS_VERSION):
        raise unusable(folder, "was written by another release of this program")
    files = {name: (size, digest) for name, (size, digest) in content["files"].items()}
    return Manifest(generation, content["watermark"], files)


def _is_checked_later(name: str) -> bool:
    return name.endswith((".pst", ".record.col"))


def _facts(
    path: Path, expected: tuple[int, str] | None = None, *, thorough: bool = True
) -> tuple[int, str]:
    """Size and digest of a file; the digest is taken as expected if it is not to be checked."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if expected is not None and size != expected[0]:
            return size, ""
        if expected is not None and not thorough:
            return expected
        return size, hashlib.file_digest(file, "sha256").hexdigest()


def _digest_of(content: dict[str, object]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
