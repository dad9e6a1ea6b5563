"""What was chosen to leave the archive."""

from __future__ import annotations

from archive.export.selection import Selected

__all__ = ["Selected"]
