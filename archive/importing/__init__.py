"""Taking in what other programs captured: their records become captures here.

They are kept byte for byte, head and block, each in a gzip member of its own, in segments of a run
of kind `import`. Our own `metadata` record stands before each capture: from which file of which
digest it came, and from where in it. A record is taken in once, however often it is imported.
"""

from archive.importing.importer import KIND, import_files
from archive.importing.values import (
    EXPECTED,
    CapturePlace,
    Imported,
    ImportRouting,
    LeftOut,
    Trouble,
)

__all__ = [
    "EXPECTED",
    "KIND",
    "CapturePlace",
    "ImportRouting",
    "Imported",
    "LeftOut",
    "Trouble",
    "import_files",
]
