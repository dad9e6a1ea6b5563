"""Labelled digests as WARC fields carry them: `algorithm:value` (ISO 28500:2017 § 5.8).

Ours are SHA-256 in hexadecimal. Other programs write SHA-1 in Base32, hexadecimal or Base64, and
labels in any case.
"""

from __future__ import annotations

import base64
import binascii
import hashlib

_ALGORITHMS = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}


def digest(*data: bytes | memoryview) -> str:
    """The labelled digest of some bytes, in our form."""
    found = hashlib.sha256()
    for part in data:
        found.update(part)
    return f"sha256:{found.hexdigest()}"


def sha1(data: bytes | memoryview) -> str:
    """The digest that most programs state, in the form of `normal`."""
    return f"sha1:{hashlib.sha1(data).hexdigest()}"


def normal(stated: str) -> str | None:
    """A labelled digest as `algorithm:hexadecimal` in small letters; None if it can't be read."""
    label, _, value = stated.partition(":")
    algorithm = label.strip().lower().replace("-", "")
    if algorithm not in _ALGORITHMS:
        return None
    found = _bytes_of(value.strip().rstrip("="), hashlib.new(algorithm).digest_size)
    return f"{algorithm}:{found.hex()}" if found else None


def holds(stated: str, data: bytes | memoryview) -> bool | None:
    """Whether a labelled digest is that of `data`; None for an algorithm that is not known."""
    if stated.startswith("sha256:") and stated == digest(data):
        return True
    found = normal(stated)
    if found is None:
        label = stated.partition(":")[0].strip().lower().replace("-", "")
        return False if label in _ALGORITHMS else None
    algorithm = found.partition(":")[0]
    return found == f"{algorithm}:{hashlib.new(algorithm, data).hexdigest()}"


def _bytes_of(value: str, size: int) -> bytes | None:
    """A value of `size` bytes in one of the three encodings, which its length tells apart."""
    try:
        if len(value) == size * 2:
            return bytes.fromhex(value)
        if len(value) == -(-size * 8 // 5):
            return base64.b32decode(value.upper() + "=" * (-len(value) % 8))
        if len(value) == -(-size * 4 // 3):
            padded = value.replace("-", "+").replace("_", "/") + "=" * (-len(value) % 4)
            return base64.b64decode(padded, validate=True)
    except (binascii.Error, ValueError):
        pass
    return None
