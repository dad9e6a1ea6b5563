"""What an import did, and what of it could not be read."""

from __future__ import annotations

from archive.importing import EXPECTED, Imported, Trouble

__all__ = ["EXPECTED", "Imported", "Trouble"]
