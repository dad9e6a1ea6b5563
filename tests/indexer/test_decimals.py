"""A number with decimals is one number; what is a part of it is no number of its own."""

from collections.abc import Iterator

import pytest

from indexer import SearchIndex
from support.texts import index_of_texts

TEXTS = (
    "5 tỷ đồng",
    "46,5 tỷ đồng",
    "46.5 tỷ",
    "500 m2",
    "12,500 m2",
    "12.500 m2",
    "12,000 kg",
    "5%",
    "46,7%",
    "7 phần trăm",
    "15% trong 5 phần của trăm nhà",
    "tổ 8,9 họp",
    "8.338,4ha",
    "8338,4 héc ta",
    "mục 3.2.1",
)
TYPED = {
    "5 tỷ": {"5 tỷ đồng"},
    '"5 tỷ đồng"': {"5 tỷ đồng"},
    "46,5 tỷ": {"46,5 tỷ đồng", "46.5 tỷ"},
    "46.5 tỷ": {"46,5 tỷ đồng", "46.5 tỷ"},
    "=46,5": {"46,5 tỷ đồng", "46.5 tỷ"},
    "500 m2": {"500 m2"},
    "12.500 m2": {"12,500 m2", "12.500 m2"},
    "12,500 m2": {"12,500 m2", "12.500 m2"},
    "12000 kg": {"12,000 kg"},
    "=5": {"5 tỷ đồng", "5%", "15% trong 5 phần của trăm nhà"},
    "7%": {"7 phần trăm"},
    "5 phần trăm": {"5%"},
    "5 %": {"5%"},
    "8,9": {"tổ 8,9 họp"},
    "9": set(),
    "8.338,4 ha": {"8.338,4ha", "8338,4 héc ta"},
    "8.33*": {"8.338,4ha", "8338,4 héc ta"},
    "3": {"mục 3.2.1"},
}
LETTERS = {
    "7%": {"46,7%"},
    "5 tỷ": {"46,5 tỷ đồng", "46.5 tỷ"},
    "500 m2": {"12,500 m2"},
    "9": {"tổ 8,9 họp"},
    "=5": set(),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    with index_of_texts(tmp_path_factory.mktemp("decimals") / "i", TEXTS) as opened:
        yield opened


@pytest.mark.parametrize("query", TYPED)
def test_what_is_found_as_typed(index: SearchIndex, query: str) -> None:
    answer = index.search(query, limit=50)
    found = set() if answer.fallback else {hit.id for hit in answer.hits if hit.as_typed}

    assert found == TYPED[query]


@pytest.mark.parametrize("query", LETTERS)
def test_parts_of_other_numbers_come_after(index: SearchIndex, query: str) -> None:
    hits = index.search(query, limit=50).hits
    last = [hit.id for hit in hits if not hit.as_typed]

    assert set(last) == LETTERS[query]
    assert [hit.id for hit in hits][len(hits) - len(last) :] == last


def test_the_whole_number_is_shown(index: SearchIndex) -> None:
    (hit,) = [hit for hit in index.search("46,5 tỷ").hits if hit.id == "46.5 tỷ"]

    assert [hit.snippet[slice(*span)] for span in hit.snippet_spans] == ["46.5 tỷ"]
