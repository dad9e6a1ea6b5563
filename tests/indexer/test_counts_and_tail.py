"""Counts tell the marks typed from the letters; what lacks words follows, uncounted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from indexer import Answer, Document, SearchIndex

TEXTS = {
    "storm": ("Bão số 5 vào bờ, cơn bão mạnh.", date(2019, 11, 3)),
    "paper": ("Báo ra hôm nay, báo giấy.", date(2020, 2, 1)),
    "cover": ("Bao xi măng, bảo vệ kho.", date(2022, 2, 1)),
    "all": ("Phòng trả lời cử tri về ngập úng ở đường Vành Khuyên.", date(2020, 5, 1)),
    "six": ("Quận trả lời cử tri về ngập úng ở đường Vành Khuyên.", date(2020, 6, 1)),
    "five": ("Quận trả lời cử tri: hết ngập úng đường Vành Khuyên.", None),
    "named": ("HĐND giám sát chợ Bến Đá.", date(2021, 1, 1)),
    "spread": ("Dân họp hội, đồng lòng; nhân viên giám sát.", date(2021, 1, 2)),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    documents = [
        Document(key, "Tin", None, (text,), day, "s", None, "u")
        for key, (text, day) in TEXTS.items()
    ]
    with SearchIndex.replace(tmp_path_factory.mktemp("counts") / "index", documents) as opened:
        yield opened


def ids(answer: Answer, *, partial: bool) -> list[str]:
    return [hit.id for hit in answer.hits if hit.partial == partial]


def test_a_count_says_how_much_of_it_is_as_typed(index: SearchIndex) -> None:
    answer = index.search("bão", facets=("year",))
    assert (answer.total, answer.as_typed) == (3, 1)
    assert [hit.tier for hit in answer.hits] == [0, 2, 2]
    assert index.search("bao").as_typed == 3


def test_a_count_says_how_much_of_it_has_no_further_mark(index: SearchIndex) -> None:
    answer = index.search("hôi")
    assert (answer.total, answer.as_typed, answer.exact) == (1, 1, 0)
    assert [index.search(one).exact for one in ("bão", "bao")] == [1, 1]


def test_facets_tell_the_same_apart_and_leave_no_gap(index: SearchIndex) -> None:
    answer = index.search("bão", facets=("year", "month"), limit=0)
    assert answer.facets["year"] == (("2019", 1), ("2020", 1), ("2021", 0), ("2022", 1))
    assert answer.facets_as_typed["year"] == (("2019", 1), ("2020", 0), ("2021", 0), ("2022", 0))
    months = [month for month, _ in answer.facets["month"]]
    assert (months[0], months[1], months[2], months[-1]) == (
        "2019-11", "2019-12", "2020-01", "2022-02",
    )  # fmt: skip
    assert len(months) == 28


def test_scattered_words_of_an_abbreviation_are_as_typed(index: SearchIndex) -> None:
    answer = index.search("hội đồng nhân dân")
    assert {hit.id: hit.tier for hit in answer.hits} == {"named": 0, "spread": 0}
    assert answer.hits[0].id == "named"


def test_what_lacks_a_word_follows_marked_and_uncounted(index: SearchIndex) -> None:
    answer = index.search("phòng trả lời về ngập úng Vành Khuyên")
    assert (answer.total, answer.beside) == (1, 2)
    assert ids(answer, partial=False) == ["all"]
    assert ids(answer, partial=True) == ["six", "five"]
    assert [hit.lacking for hit in answer.hits] == [(), ("phòng",), ("phòng", "về")]


def test_pages_go_on_through_what_lacks_words(index: SearchIndex) -> None:
    query = "phòng trả lời về ngập úng Vành Khuyên"
    pages = [index.search(query, limit=2, page=page).hits for page in (1, 2, 3)]
    assert [[hit.id for hit in page] for page in pages] == [["all", "six"], ["five"], []]


def test_what_lacks_a_word_is_as_typed_if_its_other_words_are(index: SearchIndex) -> None:
    six = index.search("phòng trả lời về ngập úng Vành Khuyên").hits[1]
    assert (six.id, six.tier, six.lacking) == ("six", 0, ("phòng",))
    six = index.search("phòng trá lới về ngập úng Vành Khuyên").hits[1]
    assert (six.id, six.partial, six.tier) == ("six", True, 2)


def test_by_day_what_lacks_a_word_follows_too(index: SearchIndex) -> None:
    query = "phòng trả lời về ngập úng Vành Khuyên"
    for sort in ("newest", "oldest"):
        answer = index.search(query, sort=sort)
        assert (answer.total, answer.beside) == (1, 2)
        assert [hit.id for hit in answer.hits] == ["all", "six", "five"]


def test_all_pages_say_the_same_of_what_lacks_a_word(index: SearchIndex) -> None:
    for query in ("trả lời về ngập úng Vành Khuyên", "quận trả lời cử tri về ngập úng ở đường ven"):
        for limit in (1, 2, 5):
            pages = [index.search(query, limit=limit, page=page) for page in (1, 2, 3)]
            assert len({(page.total, page.beside) for page in pages}) == 1


def test_an_abbreviation_counts_as_its_words(index: SearchIndex) -> None:
    answer = index.search("hội đồng nhân dân giám sát chợ")
    assert [(hit.id, hit.lacking) for hit in answer.hits] == [("named", ()), ("spread", ("chợ",))]


def test_two_words_or_a_quotation_have_no_tail(index: SearchIndex) -> None:
    assert index.search("bão Khuyên").hits == ()
    assert index.search('"trả lời cử tri" về ngập úng').beside == 0


def test_a_full_page_has_no_tail(index: SearchIndex) -> None:
    assert ids(index.search("trả lời ngập úng về", limit=2), partial=True) == []


@pytest.mark.parametrize("typed", ["kỳ họp thứ 12", "kỳ họp thứ mười hai", "ky hop thu XII"])
def test_what_has_another_number_does_not_follow(tmp_path: Path, typed: str) -> None:
    texts = ("Kỳ họp thứ mười hai.", "Kỳ họp thứ XII.", "Kỳ họp thứ hai.", "Phiên họp thứ 12.")
    documents = [
        Document(str(number), "Tin", None, (text,), None, "s", None, "u")
        for number, text in enumerate(texts)
    ]
    with SearchIndex.replace(tmp_path / "index", documents) as index:
        answer = index.search(typed)
    assert sorted(ids(answer, partial=False)) == ["0", "1"]
    assert ids(answer, partial=True) == ["3"]


@pytest.fixture
def accidents(tmp_path: Path) -> Iterator[SearchIndex]:
    """Two articles that answer but for a word, and a dozen that have all words in other marks."""
    texts = {
        "answer": "Hiệu trưởng trường Cây Bàng lạm thu, phụ huynh bất bình.",
        "other": "Hiệu trưởng bị nhắc vì lạm thu đầu năm.",
    } | {
        f"accident{number:02}": "Hiểu ra thì trường đã lầm, thư về huyện thứ hai; ở lâm trường mới."
        for number in range(12)
    }
    documents = [
        Document(key, "Tin", None, (text,), None, "s", None, "u") for key, text in texts.items()
    ]
    with SearchIndex.replace(tmp_path / "index", documents) as index:
        yield index


@pytest.mark.parametrize(
    "query",
    ["hiệu trưởng lạm thu ở huyện nào?", "hiệu trưởng lạm thu huyện", "hieu truong lam thu huyen"],
)
def test_words_with_the_same_letters_hide_no_good_answer(
    accidents: SearchIndex, query: str
) -> None:
    answer = accidents.search(query)
    assert {hit.id for hit in answer.hits[:2]} == {"answer", "other"}
    assert [hit.partial for hit in answer.hits[:3]] == [True, True, False]
    assert (answer.total, answer.beside) == (12, 2)
    pages = [accidents.search(query, limit=5, page=page).hits for page in (1, 2, 3, 4)]
    assert [hit.id for page in pages for hit in page] == [
        hit.id for hit in accidents.search(query, limit=20).hits
    ]
    assert sum(map(len, pages)) == 14


def test_words_in_a_row_without_marks_come_before_what_lacks_one(tmp_path: Path) -> None:
    texts = {"bare": "Hieu truong lam thu o huyen Cay Bang.", "lacks": "Hiệu trưởng lạm thu ở xã."}
    documents = [
        Document(key, "Tin", None, (text,), None, "s", None, "u") for key, text in texts.items()
    ]
    with SearchIndex.replace(tmp_path / "index", documents) as index:
        assert [hit.id for hit in index.search("hiệu trưởng lạm thu huyện").hits] == [
            "bare",
            "lacks",
        ]


def test_by_day_what_has_all_words_comes_first(accidents: SearchIndex) -> None:
    hits = accidents.search("hiệu trưởng lạm thu huyện", sort="newest", limit=14).hits
    assert not any(hit.partial for hit in hits[:12])


def test_a_question_of_three_words_has_the_name_first(tmp_path: Path) -> None:
    texts = {
        "who": "Bà Trần Thị Mận làm chủ tịch.",
        "often": "Trần Thị Lê, Trần Thị Lê, Trần Thị Lê, mận.",
    }
    documents = [
        Document(key, "Tin", None, (text,), None, "s", None, "u") for key, text in texts.items()
    ]
    with SearchIndex.replace(tmp_path / "index", documents) as index:
        assert index.search("Trần Thị Mận là ai?").hits[0].id == "who"


def test_words_that_may_be_one_may_lack_too(tmp_path: Path) -> None:
    texts = {
        "all": "Chủng sars cov lan ở chợ Bến Đá.",
        "lacks": "Chủng SARS-CoV lan ở chợ.",
        "city": "TPHCM sáp nhập phường.",
        "named": "Phường ở TP HCM sáp nhập rồi.",
    }
    documents = [
        Document(key, "Tin", None, (text,), None, "s", None, "u") for key, text in texts.items()
    ]
    with SearchIndex.replace(tmp_path / "index", documents) as index:
        assert [hit.id for hit in index.search("sars cov Bến Đá").hits] == ["all"]
        assert [hit.id for hit in index.search("sars cov chợ lan Đá").hits] == ["all", "lacks"]
        hits = index.search("TP HCM sap nhap phuong nao?").hits
        assert {hit.id for hit in hits} == {"city", "named"}


def test_a_short_word_with_a_letter_that_no_syllable_has_is_a_name(tmp_path: Path) -> None:
    document = Document("hard", "Việc khó nói", None, ("Ho hen.",), None, "s", None, "u")
    with SearchIndex.replace(tmp_path / "index", [document]) as index:
        assert index.search("who").hits == ()
