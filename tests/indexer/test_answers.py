"""What an answer tells beside its hits: counts, the reading of the query, own abbreviations."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from archive.ground.errors import UsageError
from indexer import Document, SearchIndex
from support.codes import english

DOCUMENTS = [
    Document(
        id=f"d{number}",
        title="Khảo sát chợ Cầu Mây" if number % 2 else "Giám sát trường học",
        lead="Tổ công tác CTKS làm việc với phường.",
        body=(
            "Sáng nay trời mưa, "
            + "đường đông, " * 20
            + "ai cũng vội. Đoàn giám sát làm việc với ban quản lý chợ, ghi nhận giá thuê "
            "sạp và việc thu phí. Buổi chiều, đoàn về trụ sở.",
            "Ông Tư bán rau hỏi về nước sạch.",
        ),
        date=date(2019 + number, 1 + number, 5) if number else None,
        site="thanh-giang" if number < 3 else "hai-ba-trung",
        category="Hoạt động HĐND",
        url="u",
        gone=number == 2,
    )
    for number in range(4)
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    SearchIndex.replace(tmp_path / "index", DOCUMENTS).close()
    return tmp_path / "index"


def test_facets_count_all_matches_and_not_just_the_page(path: Path) -> None:
    with SearchIndex.open(path) as index:
        answer = index.search("chợ", limit=1, facets=("year", "month", "site", "category"))
    assert len(answer.hits) == 1
    assert answer.facets["year"] == (("", 1), ("2020", 1), ("2021", 1), ("2022", 1))
    months = dict(answer.facets["month"])
    assert {month: count for month, count in months.items() if count} == {
        "": 1, "2020-02": 1, "2021-03": 1, "2022-04": 1,
    }  # fmt: skip
    assert len(months) == 1 + 27
    assert answer.facets["site"] == (("hai-ba-trung", 1), ("thanh-giang", 3))
    assert answer.facets["category"] == (("Hoạt động HĐND", 4),)


def test_an_explanation_says_how_the_query_was_read_and_why_the_first_is_first(path: Path) -> None:
    with SearchIndex.open(path) as index:
        answer = index.search('"khảo sát" -họp', explain=True)
    lines = [english(line) for line in answer.explanation]
    assert lines[0] == 'read as: "khảo sát" -họp'
    assert "  khảo sát: 2 as typed" in lines
    assert any(line.startswith("first is d3, with a score of") for line in lines)
    assert lines[-1] == "  khảo sát: as typed; title 1, lead 0, body 0"


def test_an_explanation_of_what_lacks_words_says_where_each_of_them_stands(path: Path) -> None:
    with SearchIndex.open(path) as index:
        answer = index.search('"giám sát trường" "khảo sát chợ" sạp', explain=True)
    assert answer.fallback == "partial"
    lines = [english(line) for line in answer.explanation]
    assert lines[1:4] == [
        "  giám sát trường: 2 as typed",
        "  khảo sát chợ: 2 as typed",
        "  sạp: 4 as typed",
    ]
    assert lines[4].startswith("first is d3, with a score of")
    assert lines[5:] == [
        "  giám sát trường: not there",
        "  khảo sát chợ: as typed; title 1, lead 0, body 0",
        "  sạp: as typed; title 0, lead 0, body 1",
    ]


def test_a_snippet_is_the_densest_passage_from_a_sentences_start(path: Path) -> None:
    with SearchIndex.open(path) as index:
        hit = index.search("thu phí sạp").hits[0]
    assert hit.snippet.startswith("Đoàn giám sát")
    assert hit.snippet.endswith("trụ sở.")


def test_a_vanished_article_is_found_and_marked(path: Path) -> None:
    with SearchIndex.open(path) as index:
        gone = {hit.id: hit.gone for hit in index.search("chợ").hits}
    assert gone == {"d0": False, "d1": False, "d2": True, "d3": False}


def test_a_file_of_ones_own_adds_abbreviations_both_ways(path: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("# ours\nCTKS\tcông tác khảo sát\nBR\tbán rau\n", "utf-8")
    with SearchIndex.open(path) as index:
        assert index.count('"tổ công tác công tác khảo sát"') == 0
    with SearchIndex.open(path, abbreviations=own) as index:
        assert index.count('"tổ công tác công tác khảo sát"') == 4
        assert index.count("ông Tư BR") == 4
        assert index.count("hđnd") == 0


@pytest.mark.parametrize("line", ["HĐND", "\thội đồng", "HĐND\t", "HĐND hội đồng"])
def test_a_line_that_is_no_abbreviation_is_named(path: Path, tmp_path: Path, line: str) -> None:
    own = tmp_path / "own.tsv"
    own.write_text(f"CTKS\tcông tác khảo sát\n{line}\n", "utf-8")
    with pytest.raises(UsageError, match=r"indexer\.no-abbreviation .*line=2"):
        SearchIndex.open(path, abbreviations=own)


def test_answers_by_a_fall_back_have_no_count(path: Path) -> None:
    with SearchIndex.open(path) as index:
        answer = index.search("khảo xát")
        assert (answer.total, answer.fallback, answer.suggestion) == (0, "spelling", "khảo sát")
        assert answer.hits
        assert index.count("khảo xát") == 0


def test_pages_of_one_query_never_overlap(tmp_path: Path) -> None:
    many = [
        Document(f"n{n:04}", "Chợ" * (n % 3 == 0), None, ("chợ " * (1 + n % 7) + "họp " * (n % 5),),
                 date(2020, 1, 1 + n % 28), "s", None, "u")
        for n in range(700)
    ]  # fmt: skip
    with SearchIndex.replace(tmp_path / "many", many) as index:
        for sort in ("score", "newest", "oldest"):
            seen = [
                hit.id
                for page in range(1, 30)
                for hit in index.search("cho", sort=sort, limit=25, page=page).hits
            ]
            assert len(seen) == len(set(seen)) == 700


def test_every_word_of_a_title_is_found_in_it_however_long_it_is(tmp_path: Path) -> None:
    long = DOCUMENTS[0]._replace(title="tin " * 1500 + "vỡ đê")
    with SearchIndex.replace(tmp_path / "index", [long, *DOCUMENTS[1:]]) as index:
        assert [hit.id for hit in index.search('title:"vỡ đê"').hits] == ["d0"]
        assert index.count('title:"chợ ghi"') == 0


def test_what_lacks_the_number_asked_for_does_not_follow_on_an_answer(tmp_path: Path) -> None:
    texts = ("Kỳ họp thứ mười hai ở huyện.", "Kỳ họp thứ hai ở huyện.", "Thứ 12, họp ở huyện.")
    documents = [
        Document(f"d{n}", "", None, (text,), None, "moc-son", None, "u")
        for n, text in enumerate(texts)
    ]
    with SearchIndex.replace(tmp_path / "index", documents) as index:
        hits = index.search("kỳ họp thứ 12 huyện").hits
        assert [(hit.id, hit.partial) for hit in hits] == [("d0", False), ("d2", True)]


def test_a_few_with_a_date_among_many_without_any_word_are_ranked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.engines.local.search.ranking._EACH", 1)
    texts = ["họp tháng 3/2013"] * 3 + ["mưa"] * 40
    documents = [
        Document(f"d{number:02}", text, None, (), None, "s", None, "u")
        for number, text in enumerate(texts)
    ]
    SearchIndex.replace(tmp_path / "index", documents).close()
    with SearchIndex.open(tmp_path / "index") as index:
        answer = index.search('-"ông và" OR tháng 3/2013', limit=2)
    assert (answer.total, [hit.id for hit in answer.hits]) == (43, ["d00", "d01"])
