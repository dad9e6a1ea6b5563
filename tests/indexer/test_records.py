"""What is kept of a document for the answers to show."""

from __future__ import annotations

import pytest

from indexer import Document
from indexer.engines.local.storage.stored_documents import pack, unpack
from indexer.language.charset import decode


def document(title: str, lead: str | None, *body: str) -> Document:
    return Document("a-1", title, lead, body, None, "s", "Giám sát", "https://x", "2020", True)


def lines(one: Document) -> list[str]:
    record = unpack(pack(one))
    text, starts = decode(record.text), [0, *(end + 1 for end in record.ends)]
    return [text[start:end] for start, end in zip(starts, record.ends, strict=False)]


def test_the_facts_of_a_document_come_back() -> None:
    record = unpack(pack(document("Giám sát", None)))
    assert record[:6] == ("a-1", "s", ["Giám sát"], "https://x", "2020", True)


def test_empty_paragraphs_are_left_out() -> None:
    assert lines(document("Giám sát", "", "một", "", "hai")) == ["Giám sát", "một", "hai"]
    assert lines(document("", "Lời dẫn")) == ["", "Lời dẫn"]


@pytest.mark.parametrize("odd", ["một\nhai", "\0\x1f\x1e", "會 🐟", "\ud800", '"]\n["', "\u2028"])
def test_any_text_comes_back(odd: str) -> None:
    assert lines(document(odd, odd, odd, "b")) == [odd, odd, odd, "b"]
