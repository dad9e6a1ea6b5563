"""What is said of how a query was read is said in the reader's language."""

from __future__ import annotations

import pytest

from hdnd.messages.catalogues import LOCALE
from hdnd.messages.notes import note_words
from indexer.query.parsing import parse
from support.catalogues import compile_all


@pytest.fixture(autouse=True, scope="module")
def catalogues() -> None:
    compile_all(LOCALE)


@pytest.mark.parametrize(
    "typed",
    [
        "-",
        "...",
        '"một',
        "date:2020..2019",
        "nosuch:x",
        "a NOT",
        "cây^",
        "*a",
        "title:",
        "ai là ai?",
    ],
)
def test_every_note_has_a_vietnamese_form_and_stays_in_english(typed: str) -> None:
    for note in parse(typed).notes:
        told = note_words(note, "vi")
        assert told, note
        assert told != note
        assert note_words(note, "en") == note


def test_a_note_keeps_what_was_typed() -> None:
    assert note_words("read as: a OR b", "vi") == "được hiểu là: a OR b"
    assert note_words("100 % of it", "vi") is None
    assert note_words("by facts: 100%", "vi") == "theo dữ kiện: 100%"
