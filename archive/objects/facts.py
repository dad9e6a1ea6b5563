"""What a store says of an object, and where a store is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.ground.errors import UsageError
from archive.ground.message import Message

DERIVED = "derived"
"""The folder of what workers have read, beside that of the segments; it can be made again."""

_ADDRESS = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9._=-]+)*)/?")
"""Bucket (Amazon S3 User Guide, "General purpose bucket naming rules") and prefix."""


@dataclass(frozen=True, slots=True)
class ObjectFacts:
    """What a store says of the object of a name.

    `size` in bytes; `etag` names this state of it (RFC 9110 § 8.8.3); `sha256` in hexadecimal, as
    whoever put it stated and the store compared then, None if it was put without.
    """

    name: str
    size: int
    etag: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """A bucket, and the prefix that the names of all objects begin with; it may be empty."""

    bucket: str
    prefix: str

    def __str__(self) -> str:
        return "/".join(filter(None, ("s3:/", self.bucket, self.prefix)))


def parse_address(text: str) -> StoreAddress:
    """The parts of `s3://bucket/prefix`; raises `UsageError` for anything else."""
    match = _ADDRESS.fullmatch(text)
    prefix = match[2].strip("/") if match else ""
    if match is None or {".", ".."} & set(prefix.split("/")):
        hint = Message("archive.store-address-form")
        raise UsageError("archive.no-store-address", text=text, hint=hint)
    return StoreAddress(match[1], prefix)
