"""What is made after the crawl, against what is made of the same records a second time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.catalogue.second_derivations import DerivationFault
from archive.fixity.damage import DERIVED_ANEW, REPAIR, Damage, DamagedPart


def damages_of(faults: Iterable[DerivationFault]) -> Iterator[Damage]:
    """Faults in the files of derivations as damages."""
    for fault in faults:
        remedy = DERIVED_ANEW if fault.by_rule else REPAIR
        file = f"derived/{fault.name}.sqlite"
        yield Damage(DamagedPart.DERIVED, file, fault.what, remedy, url=fault.url)
