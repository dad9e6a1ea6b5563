"""What was removed of an article, and where some of it may be still."""

from __future__ import annotations

from dataclasses import dataclass

from archive.removal import Removal

__all__ = ["Removal", "Removed"]


@dataclass(frozen=True, slots=True)
class Removed:
    """A removal that was carried out, and the manifest's head after it."""

    removal: Removal
    head: str | None
