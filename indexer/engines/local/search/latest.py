"""Which of documents that are as good as one another are taken where not all are: what does not
depend on their numbers, so not on the order in which they came into the index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.engines.local.storage.bitsets import bits_of, documents_of

if TYPE_CHECKING:
    from indexer.engines.local.search.index_snapshot import IndexSnapshot


def latest(snapshot: IndexSnapshot, documents: int, most: int) -> int:
    """Of a set of documents so many: the later, of a day those with the lower ids."""
    if documents.bit_count() <= most:
        return documents
    if most < 1:
        return 0
    days, numbers = snapshot.days, documents_of(documents)
    last = sorted(map(days.__getitem__, numbers))[-most]
    later = [document for document in numbers if days[document] > last]
    of_the_day = [document for document in numbers if days[document] == last]
    if len(later) + len(of_the_day) > most:
        of_the_day = sorted(of_the_day, key=snapshot.id)[: most - len(later)]
    return bits_of(later + of_the_day, snapshot.size)
