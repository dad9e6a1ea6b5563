"""How much a single file may ask for. What is past a limit is not read, and the file says so."""

from __future__ import annotations

MAX_FILE = 64 << 20
"""Bytes of a file."""
MAX_PAGES = 2_000
MAX_PART = 64 << 20
"""Bytes of a part of a package, unpacked."""
MAX_ELEMENTS = 2_000_000
"""XML elements of a file."""
MAX_ENTRIES = 10_000
"""Entries of a zip file's directory."""
MAX_MEMBERS = 200
"""Members of a zip file that are read."""
MAX_CHARACTERS = 8_000_000
"""Characters of text of a file."""
MAX_PIXELS = 25_000_000
"""Pixels of a rendered page."""
MAX_PICTURE = 300_000_000
"""Pixels of a picture that is read by OCR, also of one on a page: A3 at 1,200 dots an inch."""
MAX_OCR_PAGES = 300
MAX_REPLY = 32 << 20
"""Bytes that the child that reads a file may answer."""

ADDRESS_SPACE = 1 << 30
"""Bytes of memory of a child (RLIMIT_AS)."""
CPU_SECONDS = 30
SECONDS = 60
"""By the clock, for a file's text or the OCR of one page."""
OPEN_FILES = 32


class PastLimit(Exception):
    """A file asks for more than is given; `str()` names the limit."""
