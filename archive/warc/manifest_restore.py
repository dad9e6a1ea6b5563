"""A manifest with lines that are not as they were written, put back as it was.

All that a line says can be told again from its segment, and the next line has the digest of the one
that was written: a line that is told again is proved by it, the last one by all but a few bits.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from archive.ground.home import Home
from archive.ground.untrusted_json import parsed_json
from archive.warc import manifest

_FEW_BITS = 8
"""Bits by which the last line may differ from what its segment tells; no line proves it."""


def restored(home: Home) -> bytes | None:
    """The manifest as it was; None if it cannot be proved."""
    old = home.manifest.read_bytes().splitlines(keepends=True)
    unlisted = {path.name: path for path in manifest.closed_segments(home)}
    lines: list[bytes] = []
    previous = None
    for number, raw in enumerate(old):
        following = old[number + 1] if number + 1 < len(old) else None
        line = _line(raw, following, previous, unlisted)
        if line is None:
            return None
        lines.append(line)
        previous = hashlib.sha256(line).hexdigest()
        unlisted.pop(parsed_json(line)["file"], None)
    return b"".join(lines)


def _line(
    raw: bytes, following: bytes | None, previous: str | None, unlisted: dict[str, Path]
) -> bytes | None:
    """The line that stood here: the one that is there, or one that a segment tells."""
    sound = _is_sound(raw, previous)
    if sound and following and _is_named(raw, following):
        return raw
    for path in _likely(raw, unlisted):
        told = manifest.describe(path, previous=previous).line()
        if _is_named(told, following) if following else _differs_little(raw, told):
            return told
        if sound and told == raw:
            # The next line is the one that is damaged.
            return raw
    return raw if sound and _likely(raw, unlisted)[:1] != [unlisted.get(_name(raw))] else None


def _is_sound(raw: bytes, previous: str | None) -> bool:
    entry = manifest.parse(raw)
    return entry is not None and entry.previous == previous


def _likely(raw: bytes, unlisted: dict[str, Path]) -> list[Path]:
    """The segments that a broken line may be of, the one that it names first."""
    named = _name(raw)
    return sorted(unlisted.values(), key=lambda path: (path.name != named, path.name))


def _name(raw: bytes) -> str:
    with suppress(ValueError, TypeError, KeyError, RecursionError):
        return str(parsed_json(raw)["file"])
    return ""


def _is_named(line: bytes, following: bytes) -> bool:
    return hashlib.sha256(line).hexdigest().encode() in following


def _differs_little(raw: bytes, told: bytes) -> bool:
    if len(raw) != len(told):
        return False
    return sum((a ^ b).bit_count() for a, b in zip(raw, told, strict=True)) <= _FEW_BITS
