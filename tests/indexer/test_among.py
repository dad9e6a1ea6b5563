"""A search among chosen documents."""

from datetime import date

from indexer import Document, SearchIndex


def index_in(folder):
    documents = [
        Document(
            str(n), f"Bài {n}", None, (f"Quận họp lần {n}.",), date(2024, 1, n), "s", None, "u"
        )
        for n in range(1, 6)
    ]
    return SearchIndex.replace(folder / "index", documents)


def test_only_the_chosen_answer(tmp_path):
    with index_in(tmp_path) as index:
        answer = index.search("quận", ids={"2", "4", "9"})
        assert {hit.id for hit in answer.hits} == {"2", "4"}
        assert index.search("quận", ids=()).total == 0


def test_without_a_word_all_of_them_answer(tmp_path):
    with index_in(tmp_path) as index:
        answer = index.search("", ids={"2", "4"}, sort="newest")
        assert [hit.id for hit in answer.hits] == ["4", "2"]
        assert answer.total == 2
        assert index.search("").total == 0
