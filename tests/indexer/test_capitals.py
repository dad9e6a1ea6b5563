"""An abbreviation that is a syllable too is one in capitals: CA is công an, ca and cả are not."""

from collections.abc import Iterator
from datetime import date

import pytest

from indexer import Document, SearchIndex

TEXTS = {
    "police": "Công an phường",
    "CA": "CA phường",
    "all": "Cả phường",
    "shift": "Ca phường",
    "centre": "Trung ương họp",
    "TƯ": "TƯ họp",
    "TU": "TU họp",
    "from": "từ họp",
    "private": "Tư họp",
    "province": "Tỉnh ủy họp",
    "project": "quản lý dự án",
    "DA": "quản lý DA",
    "already": "quản lý đã họp",
    "court": "TA nhân dân",
    "ours": "của ta, nhân dân",
    "QP": "AN-QP",
    "security": "an ninh quốc phòng",
}
FINDS = {
    "công an": {"police", "CA"},
    '"công an"': {"police", "CA"},
    '"công an phường"': {"police", "CA"},
    "cong an": {"police", "CA"},
    "trung ương": {"centre", "TƯ"},
    '"trung ương họp"': {"centre", "TƯ"},
    "tỉnh ủy": {"province", "TU"},
    "quản lý dự án": {"project", "DA"},
    "tòa án nhân dân": {"court"},
    "an-qp": {"QP", "security"},
    "an ninh quốc phòng": {"QP", "security"},
    "cả": {"all", "CA", "shift"},
    "từ họp": {"from", "private", "TƯ", "TU"},
    "=ca": {"CA", "shift"},
}
TYPED = {
    "ca": {"CA", "shift", "all"},
    "Ca phường": {"CA", "shift", "all"},
    '"ca phường"': {"CA", "shift", "all"},
    "CA": {"CA", "shift", "all", "police"},
    "tư": {"TƯ", "private", "from"},
    "TƯ": {"TƯ", "private", "from", "centre"},
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    documents = (
        Document(one, "", None, (text,), date(2020, 5, 6), "s", "Tin", "")
        for one, text in TEXTS.items()
    )
    with SearchIndex.replace(tmp_path_factory.mktemp("capitals") / "i", documents) as opened:
        yield opened


@pytest.mark.parametrize("query", FINDS)
def test_what_is_found(index: SearchIndex, query: str) -> None:
    assert {hit.id for hit in index.search(query, limit=50).hits} == FINDS[query]


@pytest.mark.parametrize("query", TYPED)
def test_what_is_found_as_typed(index: SearchIndex, query: str) -> None:
    answer = index.search(query, limit=50)

    assert {hit.id for hit in answer.hits if hit.as_typed} == TYPED[query]
    assert answer.as_typed == len(TYPED[query])


def test_small_letters_still_lead_to_the_words_but_last(index: SearchIndex) -> None:
    assert [hit.id for hit in index.search("ca phường").hits][-1] == "police"


def test_one_syllable_comes_as_typed_first(index: SearchIndex) -> None:
    tiers = [hit.tier for hit in index.search("ca").hits]

    assert tiers == sorted(tiers)


def test_capitals_are_shown(index: SearchIndex) -> None:
    hits = {hit.id: hit for hit in index.search("công an").hits}

    assert [hits["CA"].snippet[slice(*span)] for span in hits["CA"].snippet_spans] == ["CA"]
