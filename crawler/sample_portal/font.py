"""A font of one sign, a lozenge (U+25C6): TrueType outlines (ISO/IEC 14496-22)."""

from __future__ import annotations

import struct
from functools import lru_cache

_EM = 1000
_BOX = ((100, 0), (100, 700), (600, 700), (600, 0))
_LOZENGE = ((350, 0), (50, 350), (350, 700), (650, 350))
_SIGN = 0x25C6
_NAME = "Bieu tuong"


@lru_cache
def lozenge_font() -> bytes:
    """The file, the same bytes at every request."""
    glyphs = [_glyph(_BOX), _glyph(_LOZENGE)]
    offsets = [0, len(glyphs[0]), len(glyphs[0]) + len(glyphs[1])]
    tables = {
        b"OS/2": _os2(),
        b"cmap": _cmap(),
        b"glyf": b"".join(glyphs),
        b"head": _head(),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, 800, -200, 0, 700, 50, 50, 650, 1, 0,
                             0, 0, 0, 0, 0, 0, 2),
        b"hmtx": struct.pack(">HhHh", 700, 100, 700, 50),
        b"loca": struct.pack(">3I", *offsets),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 2, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": _names(),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
    }  # fmt: skip
    return _file(tables)


def _glyph(points: tuple[tuple[int, int], ...]) -> bytes:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    head = struct.pack(">hhhhh", 1, min(xs), min(ys), max(xs), max(ys))
    ends = struct.pack(">HH", len(points) - 1, 0)
    steps = [b - a for a, b in zip([0, *xs], xs, strict=False)]
    steps += [b - a for a, b in zip([0, *ys], ys, strict=False)]
    data = head + ends + b"\x01" * len(points) + struct.pack(f">{len(steps)}h", *steps)
    return data + b"\0" * (-len(data) % 4)


def _head() -> bytes:
    return struct.pack(
        ">IIIIHHqqhhhhHHhhh",
        0x10000, 0x10000, 0, 0x5F0F3CF5, 3, _EM, 3_500_000_000, 3_500_000_000,
        50, 0, 650, 700, 0, 8, 2, 1, 0,
    )  # fmt: skip


def _os2() -> bytes:
    return struct.pack(
        ">hHHHhhhhhhhhhhh10s4I4sHHHhhhHHIIhhHHH",
        700, 400, 5, 0, 300, 300, 0, 100, 300, 300, 0, 300, 50, 300, 0, b"\0" * 10,
        0, 0, 0, 0, b"NONE", 0x40, _SIGN, _SIGN, 800, -200, 0, 800, 200, 0, 0, 350, 700, 0, 32, 1,
    )[:96]  # fmt: skip


def _cmap() -> bytes:
    segments = struct.pack(
        ">HHHHHHHHHHHhhHH", 4, 32, 0, 4, 4, 1, 0, _SIGN, 0xFFFF, 0, _SIGN, -1, 1 - _SIGN, 1, 0
    )
    segments += struct.pack(">H", 0)
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + segments


def _names() -> bytes:
    text = _NAME.encode("utf-16-be")
    numbers = (1, 2, 4, 6)
    records = b"".join(
        struct.pack(">HHHHHH", 3, 1, 0x409, number, len(text), 0) for number in numbers
    )
    return struct.pack(">HHH", 0, len(numbers), 6 + len(records)) + records + text


def _file(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(
        ">IHHHH", 0x10000, count, power * 16, power.bit_length() - 1, (count - power) * 16
    )
    at, entries, body = 12 + 16 * count, b"", b""
    for name, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        entries += struct.pack(">4sIII", name, _checksum(padded), at, len(data))
        body += padded
        at += len(padded)
    made = head + entries + body
    adjustment = (0xB1B0AFBA - _checksum(made)) & 0xFFFFFFFF
    place = 12 + 16 * count + made[12 + 16 * count :].index(struct.pack(">I", 0x5F0F3CF5)) - 4
    return made[:place] + struct.pack(">I", adjustment) + made[place + 4 :]


def _checksum(data: bytes) -> int:
    total: int = sum(struct.unpack(f">{len(data) // 4}I", data))
    return total & 0xFFFFFFFF
