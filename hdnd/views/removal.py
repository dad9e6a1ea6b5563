"""What was removed of an article, and where some of it may be still."""

from __future__ import annotations

from dataclasses import dataclass

from archive.ground.errors import HdndError
from archive.removal import Removal
from archive.storage import Pushed
from hdnd.views.index import Indexed

__all__ = ["Removal", "Removed"]


@dataclass(frozen=True, slots=True)
class Removed:
    """A removal that was carried out, and the manifest's head after it.

    `indexed` is what became of the search index, None where there is none. `pushed`: it was carried
    out in object storage too, or why not; None without a store.
    """

    removal: Removal
    head: str | None
    indexed: Indexed | HdndError | None = None
    pushed: Pushed | HdndError | None = None
