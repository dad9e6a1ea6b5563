"""`=` before a word with a star: what is written of it is spelled so."""

from collections.abc import Iterator

import pytest

from archive.ground.message import Message
from indexer import SearchIndex
from support.texts import index_of_texts

TEXTS = (
    "giá cả",
    "giảm giá",
    "giám sát",
    "già",
    "gia đình",
    "đất cát",
    "nước mắt",
    "lí do",
    "lý do",
)
FINDS = {
    "=giá*": {"giá cả", "giảm giá", "giám sát"},
    "=già*": {"già"},
    "=gi*": {"giá cả", "giảm giá", "giám sát", "già", "gia đình"},
    "=*át": {"giám sát", "đất cát"},
    "=l*ý": {"lý do"},
    "=lí*": {"lí do"},
    '="giá* c*"': {"giá cả"},
    "-=giá* gi*": {"già", "gia đình"},
    "=*": set(),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    with index_of_texts(tmp_path_factory.mktemp("stars") / "i", TEXTS) as opened:
        yield opened


@pytest.mark.parametrize("query", FINDS)
def test_what_is_found(index: SearchIndex, query: str) -> None:
    answer = index.search(query, limit=50)

    assert {hit.id for hit in answer.hits} == FINDS[query]
    assert answer.as_typed == len(FINDS[query])


def test_all_words_exactly(index: SearchIndex) -> None:
    assert {hit.id for hit in index.search("giá*", exact=True).hits} == FINDS["=giá*"]


def test_it_is_told_how_it_was_read(index: SearchIndex) -> None:
    assert index.search("=*át").notes == (Message("indexer.read-as", query="=*át"),)
