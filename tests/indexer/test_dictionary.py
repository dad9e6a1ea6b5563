"""Terms are found in the file of a segment's words, by name and by how they begin."""

from __future__ import annotations

import io
from array import array

import pytest

from indexer.engines.local.storage.dictionary import Dictionary, DictionaryWriter, single_at
from indexer.engines.local.storage.entries import Entry
from indexer.engines.local.storage.pairs import Single
from indexer.engines.local.storage.posting_lists import PostingList, read_list
from indexer.errors import DamagedPiece

TERMS = sorted(
    f"{word}{number} {word}0".encode() for word in ("ban", "dan", "ho") for number in range(200)
)


def written(terms: list[bytes]) -> bytes:
    file = io.BytesIO()
    writer = DictionaryWriter(file)
    for number, term in enumerate(terms):
        writer.add(term, PostingList(array("I", [number]), b"\1", array("H", [number])))
    writer.finish()
    return file.getvalue()


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return Dictionary(written(TERMS))


def test_every_term_is_found_with_its_list(dictionary: Dictionary) -> None:
    for number, term in enumerate(TERMS):
        entry = dictionary.find(term)
        assert entry is not None
        assert (entry[0], entry[2]) == (term, 1)
        assert list(read_list(dictionary.data, entry[1]).ids) == [number]


def test_what_is_not_there_is_not_found(dictionary: Dictionary) -> None:
    for term in (b"", b"a", b"ban", b"ban1 ban", b"ban1 ban00", b"dan0", b"z", "ơ".encode()):
        assert dictionary.find(term) is None


def test_all_terms_that_begin_so_are_found_across_blocks(dictionary: Dictionary) -> None:
    for prefix in (b"", b"ban", b"dan1", b"ho199 ", b"ho199 ho0", b"hoo", b"0", b"z"):
        found = [term for term, _, _ in dictionary.with_prefix(prefix)]
        assert found == [term for term in TERMS if term.startswith(prefix)]


def test_lists_are_read_in_the_order_of_their_terms(dictionary: Dictionary) -> None:
    found = [(term, list(postings.ordinals)) for term, postings in dictionary.entries()]
    assert found == [(term, [number]) for number, term in enumerate(TERMS)]


def test_a_family_of_one_spelling_in_one_document_stands_beside_its_term() -> None:
    file = io.BytesIO()
    writer = DictionaryWriter(file)
    entries: dict[bytes, Entry] = {
        b"~a b": Single("á0 bờ".encode(), 70_000, 0x41),
        b"~a ba": {b"a0 ba0": (array("I", [1, 2]), b"\1\2")},
        **{f"~c d{n:03}".encode(): Single(b"c0 d0", n, 1) for n in range(300)},
        b"~c da": {b"c0 da0": (array("I", [5]), b"\1"), b"c0 da1": (array("I", [9]), b"\3")},
    }
    for term, entry in entries.items():
        writer.add(term, entry)
    writer.finish()
    written = Dictionary(file.getvalue())
    assert dict(written.entries()) == entries
    for term, entry in entries.items():
        found = written.find(term)
        assert found is not None
        assert single_at(found) == (entry if isinstance(entry, Single) else None)
    assert written.find(b"~a") is None
    assert written.find(b"~c d") is None


def test_a_dictionary_without_terms_finds_nothing() -> None:
    empty = Dictionary(written([]))
    assert empty.find(b"a") is None
    assert list(empty.with_prefix(b"")) == []
    assert list(empty.entries()) == []


def test_a_flipped_byte_is_noticed_by_what_reads_it() -> None:
    data = written(TERMS[:3])
    for place in range(len(data)):
        flipped = Dictionary(data[:place] + bytes([data[place] ^ 8]) + data[place + 1 :])
        with pytest.raises(DamagedPiece):
            list(flipped.entries())


def test_what_was_cut_short_is_noticed() -> None:
    data = written(TERMS[:3])
    for length in range(len(data)):
        with pytest.raises(DamagedPiece):
            Dictionary(data[:length]).find(b"ban")
