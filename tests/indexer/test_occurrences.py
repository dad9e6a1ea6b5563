"""What a document is indexed with is what a plain reading of its tokens says."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.sample_portal import bundled_articles
from indexer.language.analysis import pack_counts, term, tokens
from indexer.language.occurrences import Occurrences, analyse_document
from indexer.language.text import normalise

CASES = Path(__file__).parent / "cases"

PIECES = [
    *("hội", "đồng", "Hội", "HỘI", "khoá", "khóa", "thứ", "kỳ", "quý", "tổ", "TXCT", "NQ-HĐND"),
    *("ngày", "Ngày", "tháng", "năm", "mùng", "đến", "và", "17", "8", "02", "13", "99", "2020"),
    *("17/8/2020", "17-18/8", "8/2020", "2020-08-17", "17/17", "1.000.000", "1.000", "٣/٤", "½"),
    *("XX", "xx", "V", "v", "VI", "vi", "XI", "Ⅻ", "ⅴ", "P.", "Q.", "Q 1", "K", "D", "Đ", "A"),
    *("khóaXX", "kỳV", "eOffice", "mcDonald", "xX", "TP.HCM", "P1", "B52", "covid19", "m²", "a_b"),
    *("e\u0301", "\u0301", "o\u031b\u0323a", "a\u0315b", "ß", "ſ", "İ", "ﾞ", "ﾞx", "會", "\u200b"),
    *("5%", "46,7 %", "%", "‰", "38ºC", "39 °C", "º", "12％", "T8/2020", "2 triệu đ"),
    *",.;:/-–()\n",
]


def read_plainly(
    title: str, lead: str | None, body: tuple[str, ...], first: int = 0
) -> Occurrences:
    """Every token of every line, one after the other, and a position free after each line."""
    counts: dict[str, list[int]] = {}
    places: dict[str, list[int]] = {}
    starts = []
    for zone, paragraphs in enumerate(((title,), (lead or "",), body)):
        starts.append(first)
        for line in "\n".join(paragraphs).split("\n"):
            found = tokens(line, first)
            for token in found:
                key = term(token.folded, token.form)
                here = places.setdefault(key, [])
                if here[-1:] != [token.position]:
                    here.append(token.position)
                    counts.setdefault(key, [0, 0, 0])[zone] += 1
            first = found[-1].position + 2 if found else first
    terms = {key.encode(): (pack_counts(*counts[key]), here) for key, here in places.items()}
    return Occurrences(terms, (starts[0], starts[1], starts[2], first))


def sample_articles() -> Iterator[tuple[str, str | None, tuple[str, ...]]]:
    for article in bundled_articles():
        first, *others = article.paragraphs
        yield article.title, first, tuple(others)


def case_texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from case_texts(part)


def made_text(chance: random.Random) -> str:
    glue = chance.choice((" ", " ", "", "/"))
    return glue.join(chance.choices(PIECES, k=chance.choice((0, 1, 3, 8, 30))))


def test_the_sample_articles_are_read_as_their_tokens() -> None:
    for article in sample_articles():
        assert analyse_document(*article) == read_plainly(*article)


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.glob("*.toml")))
def test_the_texts_of_the_cases_are_read_as_their_tokens(name: str) -> None:
    for text in case_texts(tomllib.loads((CASES / name).read_text("utf-8"))):
        assert analyse_document(text, text, (text,)) == read_plainly(text, text, (text,)), text


@pytest.mark.parametrize("seed", range(10))
def test_made_texts_are_read_as_their_tokens(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(100):
        body = tuple(made_text(chance) for _ in range(chance.randint(0, 4)))
        document = made_text(chance), chance.choice((None, made_text(chance))), body
        if chance.random() < 0.7:
            document = normalise(document[0]), document[1], tuple(map(normalise, body))
        assert analyse_document(*document) == read_plainly(*document), document


def test_a_title_may_be_as_long_as_an_article_and_positions_start_anywhere() -> None:
    document = "kỳ họp " * 1100, "kỳ họp thứ V " * 1500, ("kỳ họp",)
    assert analyse_document(*document) == read_plainly(*document)
    assert analyse_document(*document, 10**9) == read_plainly(*document, 10**9)


def test_a_word_that_means_the_same_twice_at_one_place_counts_once() -> None:
    counts, positions = analyse_document("8/8/2020", None, ()).terms[b"8 80"]
    assert (counts, positions) == (pack_counts(1, 0, 0), [0])
