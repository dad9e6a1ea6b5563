"""Brings an archive to a store, deletes its local copies, or begins from the store; to be killed.

`python -P tests/support/store_child.py push|drop|adopt HOME URL`
"""

from __future__ import annotations

import sys
from pathlib import Path

from archive.ground.home import Home
from archive.storage import adopt, drop, push

if __name__ == "__main__":
    what, folder, url = sys.argv[1:]
    {"push": push, "drop": drop, "adopt": adopt}[what](Home(Path(folder)), url)
