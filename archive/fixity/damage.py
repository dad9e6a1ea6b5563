"""What a check of the archive finds: where, what, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DamagedPart(StrEnum):
    """Which part of an archive is damaged."""

    SEGMENT = "segment"
    MANIFEST = "manifest"
    CATALOGUE = "catalogue"
    DERIVED = "derived"
    INDEX = "index"


RESTORE = (
    "Restore the file from a backup; or `hdnd repair` sets it aside and keeps all of its sound"
    " records."
)
REPAIR = "`hdnd repair` makes it anew."
SET_ASIDE = "All else is as it was written. `hdnd repair` sets this record aside."


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
    what: str
    remedy: str
    offset: int | None = None
    url: str | None = None
    refused: bool = False
    article: str | None = None
    others: int | None = None
    is_lost: bool = True
