"""What a reader sees: the newest commit, with all its files open, whatever a writer does next."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from indexer.engines.local.storage.commit_point import CommitPoint, newest
from indexer.engines.local.storage.segments import DOCUMENTS, WORDS, Segment
from indexer.errors import DamagedPiece, unusable

if TYPE_CHECKING:
    from pathlib import Path

Snapshot = tuple[CommitPoint, list[Segment]]
"""A commit, opened."""


def open_newest(folder: Path | str, known: Iterable[Segment] = ()) -> Snapshot:
    """Open the newest commit; what is `known` of it stays open, the rest is closed.

    Raises `IndexUnusable` if it lacks a file, or one has not the size that was written.
    """
    before = {segment.name: segment for segment in known}
    manifest = newest(folder)
    segments: list[Segment] = []
    for name, deleted in manifest.segments.items():
        segment = before.pop(name, None)
        if segment is None:
            try:
                segment = _opened(folder, manifest, name)
            except FileNotFoundError as error:
                if newest(folder).generation != manifest.generation:
                    # A writer has merged or replaced it in the meantime: see what there is now.
                    return open_newest(folder, [*segments, *before.values()])
                lacking = os.path.basename(error.filename)  # noqa: PTH119
                raise unusable(folder, "indexer.lacks-file", file=lacking) from None
            except DamagedPiece:
                raise unusable(folder, "indexer.damaged", file=name) from None
        segment.deleted = deleted
        segments.append(segment)
    for segment in before.values():
        segment.close()
    return manifest, segments


def _opened(folder: Path | str, manifest: CommitPoint, name: str) -> Segment:
    words, documents = (manifest.files[f"{name}{ending}"][0] for ending in (WORDS, DOCUMENTS))
    return Segment(folder, name, frozenset(), (words, documents))
