"""What a repair did, and what it could not do."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime

from archive.fixity.damage import Damage
from archive.fixity.salvage import Salvaged
from archive.ground.plain_files import StrangeFile
from archive.warc.replacing import Replacement


@dataclass(frozen=True, slots=True)
class LostCapture:
    """A capture whose record is gone; of the article that it showed `others` captures are held."""

    url: str
    captured_at: datetime
    article: str | None
    others: int


@dataclass(slots=True)
class Repaired:
    """What a repair did. `unmended` are damages that only a backup can undo.

    `put_right` are segments that have their names again, each with the one it had; `strange` is
    what was no plain file or folder, `moved_aside` files that have no place among the segments:
    both lie in aside/ now; `brought_back` segments that came from a copy. `lost_earlier` are
    segments in the place of damaged ones that lack records of theirs, of this repair or of one
    before. `manifest_restored`: the manifest that was made anew is the one that there was.
    """

    salvaged: list[Salvaged] = field(default_factory=list)
    put_right: list[tuple[str, str]] = field(default_factory=list)
    moved_aside: list[str] = field(default_factory=list)
    strange: list[StrangeFile] = field(default_factory=list)
    brought_back: list[str] = field(default_factory=list)
    lost: list[LostCapture] = field(default_factory=list)
    manifest_renewed: bool = False
    manifest_restored: bool = False
    catalogue_rebuilt: bool = False
    derived_damaged: bool = False
    index_damaged: bool = False
    head: str | None = None
    unmended: list[Damage] = field(default_factory=list)
    lost_earlier: list[Replacement] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        """Whether there was something to mend, mended or not."""
        told = ("head", "lost_earlier")
        return any(getattr(self, one.name) for one in fields(self) if one.name not in told)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is lost that only a backup could bring back."""
        wanted = [one for one in self.lost_earlier if not one.for_good]
        return not (self.unmended or self.lost or wanted)
