"""Object storage: whole objects by name, written once or on a condition, read by ranges.

The door is `ObjectStore`. Needs the extra `s3`; nothing of it is imported before a store is opened.
"""

from __future__ import annotations

from archive.objects.facts import DERIVED, ObjectFacts
from archive.objects.store import ObjectStore

__all__ = ["DERIVED", "ObjectFacts", "ObjectStore"]
