"""Where all of a query is looked for: `in:title`, `in:body`; and a ranking without reading."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from archive.ground.message import Message
from indexer import Document, SearchIndex


def document(name: str, title: str, lead: str | None, *body: str) -> Document:
    return Document(name, title, lead, body, date(2024, 2, 5), "s", "c", "u")


@pytest.fixture
def index(tmp_path: Path):
    with SearchIndex.replace(
        tmp_path / "index",
        [
            document("title", "Cải tạo chợ Bến Lau", None, "Kỳ họp đã bế mạc."),
            document("lead", "Kỳ họp", "Bàn về chợ Bến Lau.", "Không có gì."),
            document("body", "Tin ngắn", None, "Hội đồng nhân dân thăm chợ Bến Lau.", "Hết."),
            document("both", "Chợ Bến Lau", None, "Chợ Bến Lau họp mỗi sáng."),
        ],
    ) as opened:
        yield opened


def found(index: SearchIndex, query: str) -> set[str]:
    answer = index.search(query)
    return set() if answer.fallback else {hit.id for hit in answer.hits}


def test_in_the_title(index):
    assert found(index, "in:title chợ") == {"title", "both"}
    assert found(index, 'in:title "chợ bến lau"') == {"title", "both"}


def test_in_what_is_no_title(index):
    assert found(index, "in:body chợ") == {"lead", "body", "both"}
    assert found(index, 'in:body "chợ bến lau"') == {"lead", "body", "both"}


def test_an_abbreviation_is_looked_for_there_too(index):
    assert found(index, "in:body hđnd") == {"body"}
    assert found(index, "in:title hđnd") == set()


def test_the_scope_is_of_the_whole_query_wherever_it_stands(index):
    assert found(index, "chợ in:title OR họp") == {"title", "lead", "both"}
    assert found(index, "chợ -họp in:body") == {"lead", "body"}


def test_what_names_no_scope_is_words(index):
    assert (
        Message("indexer.no-sense", field="in", value="nowhere")
        in index.search("in:nowhere chợ").notes
    )


def test_the_answer_says_how_it_was_read(index):
    assert index.search("in:body chợ").notes[0] == Message("indexer.read-as", query="in:body chợ")


def test_a_ranking_has_the_order_of_the_hits_and_reads_none(index):
    ranked = index.ranking("chợ bến lau", limit=10)
    hits = index.search("chợ bến lau").hits
    assert [one.id for one in ranked] == [hit.id for hit in hits]
    assert [one.score for one in ranked] == [hit.score for hit in hits]
    assert (ranked[0].day, ranked[0].site, ranked[0].categories) == (20240205, "s", "c")
    assert [hit._replace() for hit in index.hits("chợ bến lau", ranked)] == list(hits)


def test_which_of_some_documents_match(index):
    assert index.matching("chợ", ["title", "lead", "none"]) == {"title", "lead"}
    assert index.matching("", ["title"]) == set()


def test_a_hit_says_which_line_its_passage_is(index):
    (hit,) = [hit for hit in index.search("hết").hits if hit.id == "body"]
    assert hit.line == 2
