"""What the dictionary has under a term: the posting list of a word, or a family of pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.engines.local.storage.frames import Data
from indexer.engines.local.storage.pairs import (
    SIGN,
    Family,
    Single,
    joined_families,
    listed,
    pack_family,
    read_family,
    renumbered_family,
    single_of,
)
from indexer.engines.local.storage.posting_lists import (
    Move,
    PostingList,
    joined_lists,
    pack_list,
    read_list,
    renumbered,
)

Entry = PostingList | Family | Single

Entries = Iterable[tuple[bytes, Entry]]
"""Terms with what is under them, sorted by term."""


def pack_entry(entry: Entry) -> tuple[bytes, ...]:
    """An entry as pieces."""
    if isinstance(entry, PostingList):
        return pack_list(entry)
    return (pack_family(entry.as_family() if isinstance(entry, Single) else entry),)


def read_entry(term: bytes, data: Data, place: int) -> Entry:
    """The entry of a term. Raises `DamagedPiece` if it is not as it was written."""
    if term.startswith(SIGN):
        return single_of(listed(read_family(data, place)))
    return read_list(data, place)


def documents_in(entry: Entry) -> int:
    """How many documents an entry has, one of several spellings counted for each."""
    if isinstance(entry, PostingList):
        return len(entry.ids)
    if isinstance(entry, Single):
        return 1
    return sum([len(ids) for ids, _ in entry.values()])


def moved_entry(entry: Entry, move: Move) -> Entry | None:
    """The entry with other document numbers; None if none of its documents is left."""
    if isinstance(entry, PostingList):
        return renumbered(entry, move)
    return renumbered_family(entry, move)


def joined_entry(entries: Sequence[Entry]) -> Entry:
    """One entry of several, all of one term, whose documents follow on one another."""
    if len(entries) == 1:
        return entries[0]
    lists = [one for one in entries if isinstance(one, PostingList)]
    if lists:
        return joined_lists(lists)
    return joined_families(one for one in entries if not isinstance(one, PostingList))
