"""What deriving with many processes did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.store import CrashRecovery
    from hdnd.views.index import Indexed


@dataclass(frozen=True, slots=True)
class Derived:
    """What was taken up before, what was put into the index, and the tasks.

    Of the tasks so many were `read` now and `found` read before; the results of those `refused`
    were not believed and made again.
    """

    recovery: CrashRecovery
    indexed: Indexed
    read: int
    found: int
    refused: int
