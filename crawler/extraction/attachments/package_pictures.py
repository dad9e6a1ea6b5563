"""Pictures in office documents that are as large as a page: they wait for OCR like a scan."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from archive.attachment_text import PageText, Want
from crawler.extraction.attachments.xml_parts import Package

FOLDERS = {"docx": "word/media/", "pptx": "ppt/media/", "odt": "Pictures/", "odp": "Pictures/"}
_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")
_SHORT, _LONG = 600, 800
"""Dots of the sides of the least picture of a page: an A4 page at 75 dots an inch has 620 × 877."""
_MOST = 50
_HEAD = 1 << 18
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def pictures_of(package: Package, kind: str) -> Iterator[PageText]:
    """Each such picture as a page that waits; `part` is its name in the package."""
    folder = FOLDERS.get(kind)
    if folder is None:
        return
    names = [name for suffix in _SUFFIXES for name in package.names(folder, suffix)]
    names.sort(key=lambda name: [part.zfill(8) for part in re.findall(r"\d+|\D+", name)])
    number = 0
    for name in names:
        if is_a_page(package.head(name, _HEAD)):
            number += 1
            yield PageText(1, "", want=Want.ABSENT, part=package.written(name))
        if number == _MOST:
            return


def is_a_page(data: bytes) -> bool:
    """Whether a picture has as many dots as a page; one whose size is not known counts as such."""
    size = size_of(data)
    return size is None or (min(size) >= _SHORT and max(size) >= _LONG)


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height by the header of a PNG or JPEG file; None if they are not known."""
    try:
        if data.startswith(b"\x89PNG"):
            width, height = struct.unpack_from(">II", data, 16)
            return width, height
        if data.startswith(b"\xff\xd8"):
            return _size_of_jpeg(data)
    except struct.error:
        return None
    return None


def _size_of_jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while True:
        mark, length = struct.unpack_from(">xBH", data, at)
        if mark in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + length
