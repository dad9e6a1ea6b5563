"""Every abbreviation of the table finds its words, and they find it, in phrases too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import indexer.query.abbreviations
from indexer import Document, SearchIndex
from indexer.language.analysis import tokens
from indexer.language.vietnamese import fold, fold_all
from indexer.query.abbreviations import words_of
from indexer.query.units import units

TABLE = Path(indexer.query.abbreviations.__file__).with_suffix(".tsv")
PAIRS = [
    line.split("\t")
    for line in TABLE.read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    documents = [
        Document(side, "", None, (f"việc của {side} Mộc Sơn",), None, "moc-son", None, "u")
        for side in dict.fromkeys(side for pair in PAIRS for side in pair)
    ]
    with SearchIndex.replace(tmp_path_factory.mktemp("pairs") / "index", documents) as opened:
        yield opened


def test_no_row_stands_twice() -> None:
    assert len({tuple(pair) for pair in PAIRS}) == len(PAIRS)


def test_a_row_of_words_has_what_stands_first_at_each_place() -> None:
    sides = {side for pair in PAIRS for side in pair}
    for text in (*sides, "Wi-Fi khóaXX", "thứ hai, tháng tám", "chương XII", "5 m², 1.000 TP.HCM"):
        words, end = [], 0
        for token in tokens(text):
            if token.start >= end:
                words.append((token.folded, token.form))
                end = token.end
        assert words_of(text) == tuple(words), text


def test_many_words_fold_as_each_does() -> None:
    words = ["HĐND", "Ủy", "ủy", "Q", "²", "ç", "x̂́", "Straße", "HĐND", "ı"]
    assert fold_all(words) == [fold(word) for word in words]


def test_a_unit_is_the_word_that_stands_behind_a_number() -> None:
    for unit in ("%", "‰", "°", "đ", "VNĐ", "ha", "m", "km", "kWh", "MW", "tr"):
        (word,) = words_of(f"1 {unit}")[1:]
        assert (word,) in [short for short, _ in units().shorts(word[0])], unit


@pytest.mark.parametrize(("short", "full"), PAIRS)
def test_each_side_finds_the_other(index: SearchIndex, short: str, full: str) -> None:
    for typed in (f"{short} Mộc Sơn", f'"{short} Mộc Sơn"', f"{short.lower()} mộc sơn"):
        assert full in [hit.id for hit in index.search(typed, limit=500).hits], typed
    for typed in (f"{full} Mộc Sơn", f'"của {full} Mộc Sơn"'):
        assert short in [hit.id for hit in index.search(typed, limit=500).hits], typed
