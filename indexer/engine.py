"""Whoosh, seen from inside: schema, posting format, storage, writer. Nobody else names it."""

from __future__ import annotations

import os
from array import array
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from whoosh import columns, fields, formats
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import LockError, SegmentWriter

from indexer.codec import PackedCodec, decode_value, encode_value
from indexer.errors import locked
from indexer.manifest import (
    INDEX_NAME,
    Manifest,
    describe,
    is_manifest,
    manifest_name,
    toc_generation,
)

_MANY_SEGMENTS = 32


class OccurrenceFormat(formats.Format):  # type: ignore[misc]
    """What a posting of a word says: its counts by zone and its positions."""

    def decode_positions(self, value: bytes) -> list[int]:
        """The positions, in order."""
        return decode_value(value)[1].tolist()

    def decode_frequency(self, value: bytes) -> int:
        """How often the term stands in the document."""
        return len(decode_value(value)[1])

    def decode_weight(self, value: bytes) -> float:
        """The same, as a weight."""
        return float(self.decode_frequency(value))


class WordsField(fields.FieldType):  # type: ignore[misc]
    """A document's words, given as `analyse_document` made them."""

    def __init__(self) -> None:
        super().__init__(OccurrenceFormat(), None)

    def index(
        self, value: dict[bytes, tuple[int, list[int]]], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Each term with its frequency, weight and encoded value."""
        for term, (counts, positions) in value.items():
            frequency = len(positions)
            yield term, frequency, float(frequency), encode_value(counts, array("I", positions))


def schema() -> fields.Schema:
    """The fields of the index. It is never read back from a file."""
    return fields.Schema(
        key=fields.ID(unique=True),
        words=WordsField(),
        record=fields.COLUMN(columns.VarBytesColumn()),
        id=fields.COLUMN(columns.VarBytesColumn()),
        day=fields.COLUMN(columns.NumericColumn("i")),
        flags=fields.COLUMN(columns.NumericColumn("B")),
        length=fields.COLUMN(columns.NumericColumn("B")),
        site=fields.COLUMN(columns.RefBytesColumn()),
        category=fields.COLUMN(columns.RefBytesColumn()),
    )


class DurableStorage(FileStorage):  # type: ignore[misc]
    """A folder in which a commit survives a crash: segments, then manifest, then TOC."""

    def __init__(self, folder: Path, *, readonly: bool) -> None:
        super().__init__(str(folder), readonly=readonly)
        self.path = folder
        self._next: tuple[list[str], Manifest] | None = None

    def prepare(self, segment_ids: Collection[str], before: Manifest) -> None:
        """Say what the next commit consists of; `before` has its watermark and known digests."""
        names = [name for name in self.list() if name.partition(".")[0] in segment_ids]
        self._next = (names, before)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a file; for a TOC, first make its manifest and all that it lists durable."""
        generation = toc_generation(newname)
        if generation is not None:
            names, before = self._next or ([], Manifest(0, None, {}))
            fresh = [name for name in names if name not in before.files]
            for name in [*fresh, oldname]:
                _sync(self.path / name)
            files = {name: before.files[name] for name in names if name in before.files}
            files |= describe(self.path, fresh)
            files[newname] = describe(self.path, [oldname])[oldname]
            manifest = Manifest(generation, before.watermark, files)
            _write_durably(self.path / manifest_name(generation), manifest.to_bytes())
        super().rename_file(oldname, newname, safe=safe)
        if generation is not None:
            _sync(self.path)

    def clear_leftovers(self, generation: int) -> None:
        """Delete what belongs to no commit: older manifests, temporary tables of contents."""
        keep = manifest_name(generation)
        for name in self.list():
            unfinished = name.startswith(f"_{INDEX_NAME}_") and toc_generation(name) is None
            if unfinished or (is_manifest(name) and name != keep):
                (self.path / name).unlink(missing_ok=True)


def merge_rarely(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """Which segments stay as they are; the others go into the new one.

    A night adds one small segment, and merging costs what it merges: so nothing is merged until
    there are many, and then all but the large ones. A segment most of which was deleted goes too.
    """
    size = sum(segment.doc_count_all() for segment in segments)
    many = len(segments) >= _MANY_SEGMENTS
    kept = []
    for segment in segments:
        small = segment.doc_count_all() * 10 < size
        hollow = segment.deleted_count() * 2 > segment.doc_count_all()
        if (many and small) or hollow:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
        else:
            kept.append(segment)
    return kept


class Writer(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer. `before` is the manifest of the last commit, with the watermark to be."""

    def __init__(self, index: FileIndex, before: Manifest) -> None:
        try:
            super().__init__(index, compound=False, limitmb=192, codec=PackedCodec())
        except LockError:
            raise locked(index.storage.path) from None
        self.before = before

    def _commit_toc(self, segments: list[Any]) -> None:
        self.storage.prepare({segment.segment_id() for segment in segments}, self.before)
        super()._commit_toc(segments)
        self.storage.clear_leftovers(self.generation)


def make_empty(folder: Path) -> None:
    """Make an empty index in a new or empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    TOC.create(DurableStorage(folder, readonly=False), schema(), INDEX_NAME)
    _sync(folder.parent)


def open_index(folder: Path, *, readonly: bool) -> FileIndex:
    """The engine's index in a folder that `manifest.check` has passed."""
    storage = DurableStorage(folder, readonly=readonly)
    return FileIndex(storage, schema=schema(), indexname=INDEX_NAME)


def _write_durably(path: Path, content: bytes) -> None:
    temporary = path.with_name(f"_{INDEX_NAME}_{path.name}.new")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
