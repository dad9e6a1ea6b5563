"""Articles and their files read a query in one way, whatever words either of them has."""

import random
from datetime import date
from pathlib import Path

import pytest

from hdnd.usecases.attachment_keys import AttachmentKey
from hdnd.usecases.scattered_over_files import scattered
from indexer import Document, SearchIndex

ARTICLES = (
    "Ông K.T. là chủ tịch quận. Phường họp ở chợ.",
    "Thẻ sim sarscov2, wifi và km ở hồ. TM UBND quận ký, KT chủ tịch.",
    "Phim hij của hi và tp.",
)
FILES = (
    "TM. UBND quận, KT. chủ tịch: phó chủ tịch. Nq 15.",
    "Máy wi-fi, sars cov 2, ki ốt. Ct HĐND quận, bao nhiêu chợ.",
)
QUERIES = (
    "K.T. chủ tịch quận",
    "T.M. UBND quận",
    "K/T chủ tịch quận",
    "c.t HĐND quận",
    "t.p hồ",
    "5 k.m chợ",
    "h-i phường",
    "h.i.j",
    "wi fi chợ",
    "sars cov 2",
)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[SearchIndex, SearchIndex]:
    folder: Path = tmp_path_factory.mktemp("both")

    def index(name: str, ids: list[str], texts: tuple[str, ...]) -> SearchIndex:
        return SearchIndex.replace(
            folder / name,
            (
                Document(one, "", None, (text,), date(2020, 5, 6), "s", "Tin", "")
                for one, text in zip(ids, texts, strict=True)
            ),
        )

    keys = [
        AttachmentKey(f"a{n}", "v", "t.pdf", "", "p", f"t{n}", True, ((1, 1, False, ""),)).encoded()
        for n in range(len(FILES))
    ]
    articles = index("articles", [f"a{n}" for n in range(len(ARTICLES))], ARTICLES)
    return articles.alike(index("files", keys, FILES))


@pytest.mark.parametrize("query", QUERIES)
def test_both_read_a_query_in_as_many_parts(
    both: tuple[SearchIndex, SearchIndex], query: str
) -> None:
    articles, files = both

    assert len(articles.parts(query)) == len(files.parts(query))
    scattered(articles, files, query, (), {}, past=False)


def test_any_query_is_read_in_one_way(both: tuple[SearchIndex, SearchIndex]) -> None:
    articles, files = both
    rng = random.Random(12)
    words = sorted({word.strip(".,") for text in ARTICLES + FILES for word in text.split()})
    for _ in range(300):
        parts = [
            rng.choice(words) if rng.random() < 0.4 else rng.choice("abcđhikmnpqtv126")
            for _ in range(rng.randint(2, 6))
        ]
        query = "".join(part + rng.choice((" ", " ", ".", "-", "/", ". ", "")) for part in parts)

        assert len(articles.parts(query)) == len(files.parts(query)), query
        scattered(articles, files, query, (), {}, past=False)


def test_a_word_over_the_article_and_its_file_is_found(
    both: tuple[SearchIndex, SearchIndex],
) -> None:
    articles, files = both

    found = scattered(articles, files, "phường phó", (), {}, past=False)

    assert [one.ranked.id for one in found] == ["a0"]


def test_abbreviations_of_ones_own_hold_for_files_too(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("QXZ\tquận xa\n", encoding="utf-8")
    document = Document("a", "", None, ("Ở quận xa.",), date(2020, 5, 6), "s", "Tin", "")
    SearchIndex.replace(tmp_path / "articles", ()).close()
    articles = SearchIndex.open(tmp_path / "articles", abbreviations=own)
    _, files = articles.alike(SearchIndex.replace(tmp_path / "files", [document]))

    assert [hit.id for hit in files.search("QXZ").hits] == ["a"]
