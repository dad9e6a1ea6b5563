"""An archive in object storage: what it is to hold, how it comes there, and back.

A store holds each closed segment as an object `warc/NAME`, put once, and the manifest, whose lines
are of segments that are there by then.
"""

from __future__ import annotations

from archive.storage.adopt import adopt, copy_in, find_again, receipts_standing_in
from archive.storage.compare import StoreState, compare
from archive.storage.drop import Dropped, drop
from archive.storage.holdings import (
    MANIFEST,
    holdings_in,
    holdings_of,
    manifest_after,
    manifest_in,
    receipts_in,
    require_same_chain,
)
from archive.storage.own_manifest import FOLDER, manifest_name, note_worker, own_manifest
from archive.storage.push import MONTH, Pushed, push

__all__ = [
    "FOLDER",
    "MANIFEST",
    "MONTH",
    "Dropped",
    "Pushed",
    "StoreState",
    "adopt",
    "compare",
    "copy_in",
    "drop",
    "find_again",
    "holdings_in",
    "holdings_of",
    "manifest_after",
    "manifest_in",
    "manifest_name",
    "note_worker",
    "own_manifest",
    "push",
    "receipts_in",
    "receipts_standing_in",
    "require_same_chain",
]
