"""What leaves an archive, in forms that others read: WACZ, BagIt, CDXJ, JSON lines, CSV, JSON-LD.

Everything is streamed, and a file or folder stands under its name only once it is whole. What is
withheld is in none of them.
"""

from __future__ import annotations

from archive.export.articles import COLUMNS, table_rows, to_csv, to_json_ld, to_json_lines
from archive.export.bagit import write_bag
from archive.export.cdx import to_cdxj
from archive.export.selection import Selected, Selection, selected
from archive.export.wacz import write_wacz, write_wacz_into
from archive.ground.durable import atomic_write

__all__ = [
    "COLUMNS",
    "Selected",
    "Selection",
    "atomic_write",
    "selected",
    "table_rows",
    "to_cdxj",
    "to_csv",
    "to_json_ld",
    "to_json_lines",
    "write_bag",
    "write_wacz",
    "write_wacz_into",
]
