"""What a check of the archive finds: where, what, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archive.ground.message import Message


class DamagedPart(StrEnum):
    """Which part of an archive is damaged."""

    SEGMENT = "segment"
    MANIFEST = "manifest"
    CATALOGUE = "catalogue"
    DERIVED = "derived"
    INDEX = "index"
    STORE = "store"


RESTORE = Message("archive.restore-or-repair")
RESTORE_OBJECT = Message("archive.restore-the-object")
REPAIR = Message("archive.repair-makes-it-anew")
DERIVED_ANEW = Message("archive.index-derives-it-anew")
SET_ASIDE = Message("archive.repair-sets-the-record-aside")


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not as it was written.

    `offset` is in bytes from the start of the file; `url` is the page that it concerns. Both are
    None where there is none. `refused`: a record that is whole, of which the catalogue can make no
    row. `article` is the article that a lost capture showed, of which `others` captures are held.
    `is_lost` is False where all that a record says is there still.
    """

    part: DamagedPart
    file: str
    what: Message
    remedy: Message
    offset: int | None = None
    url: str | None = None
    refused: bool = False
    article: str | None = None
    others: int | None = None
    is_lost: bool = True
