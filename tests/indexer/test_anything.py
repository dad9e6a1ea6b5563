"""No input raises, whatever it is; and no word typed goes unanswered."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest

from archive.ground.message import Message
from indexer import Document, SearchIndex, highlight
from indexer.query.parsing import parse
from indexer.query.tree import leaves

PIECES = [
    *(
        "(",
        ")",
        "AND ",
        " NOT ",
        "~3",
        "~>2",
        "=",
        "=bán",
        "title:(",
        "-(",
        "*ám",
        "gi*m",
        "date:(",
    ),
    *"\"*()-&/:.,;!?~^\\[]{}<>|+=_#@%$`'“”«»–—\u200b\u00ad\u00a0\t\n\0\x1b\u202e😀會\ud800",
    *("OR", "HOẶC", "NOT", "AND", "title:", "site:", "date:", "has:", "2020", "17/8/2020"),
    *("HĐND&UBND", "Q.", "XX", "v", "97/2019/QH14", "hội", "đồng", "nhân", "dân", "giám", "sát"),
    *("hooij", "ho65i", "giamsat", "quận", "ủy", "ban", "tháng", "8", "năm", "ngày", "giá*"),
    *("a\u0301", "e\u0302\u0323", "-covid", '"tiếp', "date:2020-08..2020-09", "1.000.000"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    body = ("Hội đồng nhân dân quận giám sát, ngày 17/8/2020.", "HĐND&UBND, khóa XX, 97/2019/QH14")
    document = Document("a", "Giám sát", "Ủy ban", body, None, "s", None, "u")
    return SearchIndex.replace(tmp_path_factory.mktemp("any") / "index", [document])


def typed(chance: random.Random) -> str:
    length = chance.choice((1, 2, 3, 5, 8, 20))
    return chance.choice(("", " ")).join(chance.choices(PIECES, k=length))


def answer_all(index: SearchIndex, seed: int, many: int) -> None:
    chance = random.Random(seed)
    for _ in range(many):
        query = typed(chance)
        answer = index.search(query, explain=True, facets=("year", "site"))
        text = typed(chance)
        for hit in answer.hits:
            assert all(0 <= a < b <= len(hit.snippet) for a, b in hit.snippet_spans), query
        assert all(0 <= a < b <= len(text) for a, b in highlight(text, query)), query


def test_odd_queries_get_an_answer(index: SearchIndex) -> None:
    answer_all(index, seed=2, many=400)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_very_many_odd_queries_get_an_answer(index: SearchIndex, seed: int) -> None:
    answer_all(index, seed=seed, many=2000)


@pytest.mark.parametrize(
    "query",
    [
        "giám sát " * 1100,
        '"' + "giám sát " * 1100 + '"',
        '"' + "HĐND " * 1100 + '"',
        "(a OR " * 500,
        "a" * 10_000,
        '"' * 10_000,
        "(" * 10_000,
        "x1" * 5_000,
        "1" * 10_000,
    ],
    ids=[
        "words",
        "quotation",
        "quoted abbreviations",
        "brackets with operators",
        "one word",
        "quotes",
        "brackets",
        "parts",
        "digits",
    ],
)
def test_ten_thousand_characters_get_an_answer(index: SearchIndex, query: str) -> None:
    index.search(query)


def test_a_long_query_of_words_that_are_there_finds_them(index: SearchIndex) -> None:
    assert index.search("giám sát " * 1100).total == 1


def test_a_quotation_of_1100_words_finds_its_article(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    words = " ".join(
        ("giám", "sát", "chợ", "cử", "tri", "HĐND", "quận")[n % 7] for n in range(1100)
    )
    folder = tmp_path_factory.mktemp("long") / "index"
    with SearchIndex.replace(
        folder, [Document("a", "t", None, (words,), None, "s", None, "u")]
    ) as one:
        assert [hit.id for hit in one.search(f'"{words}"').hits] == ["a"]


@pytest.mark.parametrize("joint", [".", "_", "-", "/", "&", "+", ", "])
def test_words_are_counted_whatever_joins_them(joint: str) -> None:
    query = parse(joint.join("abcdefghijk" * 300))

    assert query.node is not None
    assert sum(1 for _ in leaves(query.node)) < 1_000
    assert query.notes[-1] == Message("indexer.first-words", count=100)


def test_one_long_word_is_bounded() -> None:
    query = parse("a" * 55_000)

    assert query.notes[-1] == Message("indexer.first-characters", count=4_000)


def test_marks_apart_from_their_letters_make_no_more_words() -> None:
    assert parse(unicodedata.normalize("NFD", "hội " * 100)).notes == ()


def test_a_quotation_without_end_is_found_by_its_first_words(tmp_path: Path) -> None:
    words = ("giám", "sát", "chợ", "phường", "cử", "tri", "quận")
    text = " ".join(words[n % 7] for n in range(1100))
    document = Document("a", "Tin", None, (text,), None, "s", None, "u")
    with SearchIndex.replace(tmp_path / "index", [document]) as index:
        answer = index.search(f'"{text}"')
        assert (answer.total, answer.hits[0].id) == (1, "a")
        assert Message("indexer.first-words", count=100) in answer.notes
