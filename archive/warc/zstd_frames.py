"""Zstandard frames (RFC 8878) of a `.warc.zst`: one a record, with or without a dictionary.

The dictionary, if there is one, stands in a skippable frame at the file's beginning, compressed or
not ("The WARC File Format, Zstandard Compression", IIPC draft 0.1).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

from archive.ground.message import Message

FRAME = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = range(0x184D2A50, 0x184D2A60)
_DICTIONARY = 0x184D2A5D
_MOST_DICTIONARY = 16 << 20
_WINDOW_LOG = 27
"""Frames that ask for a window over 128 MiB are refused."""
_CHUNK = 1 << 16


def is_zstd(start: bytes) -> bool:
    """Whether a file that begins so is a run of frames."""
    return start[:4] == FRAME or (len(start) >= 4 and _magic(start) in _SKIPPABLE)


class Zstd:
    """How the members of one file are read: with the dictionary that its beginning holds.

    Raises ValueError if that can't be read. No file: without one.
    """

    def __init__(self, file: BinaryIO | None = None) -> None:
        self._dictionary: Any = None
        if file is not None:
            self._read_dictionary(file)

    def _read_dictionary(self, file: BinaryIO) -> None:
        file.seek(0)
        head = file.read(8)
        if len(head) == 8 and _magic(head) == _DICTIONARY:
            size = struct.unpack("<I", head[4:])[0]
            if size > _MOST_DICTIONARY:
                raise ValueError(Message("archive.dictionary-too-large"))
            data = file.read(size)
            if data.startswith(FRAME):
                data = decompress(data, _MOST_DICTIONARY)
            try:
                self._dictionary = _library().ZstdDict(data)
            except (ValueError, _library().ZstdError) as error:
                raise ValueError(Message("archive.dictionary-is-none", reason=str(error))) from None

    def member(self) -> ZstdMember:
        """What inflates the next frame."""
        return ZstdMember(self._dictionary)

    def next_start(self, file: BinaryIO, position: int, end: int) -> int:
        """Where the next frame with a WARC record begins; `end` if none does."""
        file.seek(position)
        window, base = file.read(_CHUNK), position
        while window and base < end:
            at = window.find(FRAME)
            if at < 0:
                keep = len(FRAME) - 1
                base += max(len(window) - keep, 0)
                chunk = file.read(_CHUNK)
                window = window[-keep:] + chunk if chunk else b""
            elif len(window) - at < _CHUNK and (chunk := file.read(_CHUNK)):
                window, base = window[at:] + chunk, base + at
            elif self._holds_record(window[at : at + _CHUNK]):
                return base + at
            else:
                window, base = window[at + 1 :], base + at + 1
        return end

    def _holds_record(self, data: bytes) -> bool:
        try:
            return next(iter(self.member().pieces(data, 5)), b"")[:5] == b"WARC/"
        except ValueError:
            return False


class ZstdMember:
    """One frame, inflated piece by piece. Raises ValueError where it is damaged."""

    def __init__(self, dictionary: Any = None) -> None:
        library = _library()
        options = {library.DecompressionParameter.window_log_max: _WINDOW_LOG}
        self._inflater = library.ZstdDecompressor(zstd_dict=dictionary, options=options)

    @property
    def eof(self) -> bool:
        """Whether the frame has come to its end."""
        return bool(self._inflater.eof)

    @property
    def unused(self) -> int:
        """How many of the bytes given lie behind the end."""
        return len(self._inflater.unused_data)

    def pieces(self, data: bytes, most: int) -> Iterator[bytes]:
        """What the next bytes of the file inflate to, in pieces of up to `most` bytes.

        Raises `ValueError` for bytes that are no frame.
        """
        error = _library().ZstdError
        try:
            yield self._inflater.decompress(data, most)
            while not self._inflater.eof and not self._inflater.needs_input:
                yield self._inflater.decompress(b"", most)
        except (error, EOFError) as problem:
            raise ValueError(str(problem)) from None


def decompress(data: bytes, limit: int) -> bytes:
    """The content of the frames in `data`. ValueError past `limit` bytes, and for no frame."""
    body, whole = decompress_as_far(data, limit)
    if not whole:
        raise ValueError(Message("archive.frame-breaks-off"))
    return body


def decompress_as_far(data: bytes, limit: int) -> tuple[bytes, bool]:
    """What can be read of the frames in `data`, and whether the last came to its end.

    Raises `ValueError` where there is no frame.
    """
    parts: list[bytes] = []
    room = limit
    while data:
        member = ZstdMember()
        for piece in member.pieces(data, 1 << 18):
            parts.append(piece)
            room -= len(piece)
            if room < 0:
                raise ValueError(f"the body grows past {limit >> 20} MiB")
        if not member.eof:
            return b"".join(parts), False
        data = data[len(data) - member.unused :]
        if not is_zstd(data):
            break
    return b"".join(parts), True


def _magic(data: bytes) -> int:
    return int(struct.unpack("<I", data[:4])[0])


def _library() -> Any:
    """The standard library's module (PEP 784), before Python 3.14 its backport."""
    try:
        from compression import zstd  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        from backports import zstd  # type: ignore[no-redef, unused-ignore]
    return zstd
