"""Brings an archive to a store, deletes its local copies, or begins from the store; to be killed.

Or brings the home of the worker `w-1` up to what another one brought there.

`python -P tests/support/store_child.py push|drop|adopt|go-on HOME URL`
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from archive.going_on import go_on
from archive.ground.home import Home
from archive.storage import adopt, drop, push

if __name__ == "__main__":
    what, folder, url = sys.argv[1:]
    on = partial(go_on, worker="w-1")
    {"push": push, "drop": drop, "adopt": adopt, "go-on": on}[what](Home(Path(folder)), url)
