"""Sites parted into buckets, one a worker, by a hash of their ids."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Self

from archive.ground.errors import UsageError
from archive.ground.message import Message

_FORM = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Bucket:
    """The part `index` of `count`, counted from 0 as an Indexed Job of Kubernetes does."""

    index: int
    count: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Of `2/16`; raises `UsageError` for what is no part."""
        match = _FORM.fullmatch(text)
        if match is None or not int(match[1]) < int(match[2]):
            raise UsageError("usecases.no-bucket", text=text, hint=Message("usecases.bucket-form"))
        return cls(int(match[1]), int(match[2]))

    def has(self, site: str) -> bool:
        """Whether a site is in this part: the first 8 bytes of its id's SHA-256, modulo `count`."""
        hashed = int.from_bytes(hashlib.sha256(site.encode()).digest()[:8], "big")
        return hashed % self.count == self.index
