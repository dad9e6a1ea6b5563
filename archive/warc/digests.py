"""Labelled digests as WARC fields carry them: `algorithm:value` (ISO 28500:2017 § 5.8).

Ours are SHA-256 in hexadecimal. Other programs write SHA-1 in Base32, and any mixture of the two.
"""

from __future__ import annotations

import base64
import binascii
import hashlib

_ALGORITHMS = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}


def digest(data: bytes) -> str:
    """The labelled digest of some bytes, in our form."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def holds(stated: str, data: bytes) -> bool | None:
    """Whether a labelled digest is that of `data`; None for an algorithm that is not known."""
    if stated.startswith("sha256:") and stated == digest(data):
        return True
    label, _, value = stated.partition(":")
    algorithm = label.strip().lower().replace("-", "")
    if algorithm not in _ALGORITHMS:
        return None
    computed = hashlib.new(algorithm, data)
    value = value.strip()
    if len(value) == computed.digest_size * 2:
        return value.lower() == computed.hexdigest()
    try:
        padded = value.upper().rstrip("=")
        return base64.b32decode(padded + "=" * (-len(padded) % 8)) == computed.digest()
    except (binascii.Error, ValueError):
        return False
