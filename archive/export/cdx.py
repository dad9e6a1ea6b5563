"""CDXJ: a line for each capture, sorted, by which replay software finds it.

A line is the URL's key, 14 digits of time and JSON, as the CDXJ indexers of the Webrecorder project
write it. Large indexes are compressed in blocks with a second index over them (ZipNum).
"""

from __future__ import annotations

import heapq
import json
import tempfile
import zlib
from collections.abc import Callable, Iterator
from http import HTTPStatus
from itertools import islice
from types import TracebackType
from typing import IO, Self

from archive.catalogue.queries.export import ChosenCapture, chosen_captures
from archive.export.selection import Selected
from archive.export.surt import urlkey
from archive.ground.times import to_timestamp14
from archive.model import MementoForm

_RUN = 50_000
_BLOCK = 300


def cdx_line(capture: ChosenCapture, *, filename: str, offset: int) -> bytes | None:
    """The line of a capture that lies at `offset` of the file `filename`.

    A web archive's capture lies in an exchange with that archive, and is listed as that exchange;
    None for one that was recorded without any, and for a 304 that confirms another capture, since
    it would replay as an empty page (`archive.export.replayable` makes all of them replay).
    """
    if capture.form is MementoForm.INDEX:
        return None
    if capture.status == HTTPStatus.NOT_MODIFIED and capture.refers_to:
        return None
    url, at = capture.fetched_url or capture.url, capture.fetched_at or capture.captured_at
    facts = {
        "url": url,
        "mime": "warc/revisit" if capture.refers_to else capture.media_type,
        "status": str(capture.status),
        "digest": capture.payload_digest,
        "length": str(capture.length),
        "offset": str(offset),
        "filename": filename,
    }
    told = json.dumps({name: value for name, value in facts.items() if value})
    return f"{urlkey(url)} {to_timestamp14(at)} {told}\n".encode()


def to_cdxj(chosen: Selected) -> Iterator[str]:
    """The sorted index over the archive's own segments; `filename` is a segment's name."""
    with SortedLines() as lines:
        for capture in chosen_captures(chosen.reader.catalogue):
            if line := cdx_line(capture, filename=capture.segment, offset=capture.offset):
                lines.add(line)
        for line in lines:
            yield line.decode()


class SortedLines:
    """Lines in the order of their bytes, however many: sorted runs on the disk, then merged."""

    def __init__(self) -> None:
        self._run: list[bytes] = []
        self._files: list[IO[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self._files:
            file.close()

    def add(self, line: bytes) -> None:
        """Add a line, with its line end."""
        self._run.append(line)
        if len(self._run) == _RUN:
            # A file without a name, of which nothing is left whatever happens.
            file = tempfile.TemporaryFile()  # noqa: SIM115  (read later)
            file.write(b"".join(sorted(self._run)))
            self._files.append(file)
            self._run = []

    def __iter__(self) -> Iterator[bytes]:
        return heapq.merge(sorted(self._run), *map(_lines, self._files))


def write_zipnum(
    lines: Iterator[bytes], write: Callable[[bytes], object], *, name: str
) -> Iterator[bytes]:
    """Write sorted lines as gzip members of a few hundred each; the lines of the index over them.

    `name` is what the compressed file is called there.
    """
    yield f"!meta 0 {json.dumps({'format': 'cdxj-gzip-1.0', 'filename': name})}\n".encode()
    offset = 0
    while block := list(islice(lines, _BLOCK)):
        compressor = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
        data = compressor.compress(b"".join(block)) + compressor.flush()
        write(data)
        key, _, _ = block[0].partition(b" {")
        place = json.dumps({"offset": offset, "length": len(data)})
        yield key + f" {place}\n".encode()
        offset += len(data)


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    yield from file
