"""Whatever is typed is read; what it was read as reads the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import highlight
from indexer.language.analysis import tokens
from indexer.language.text import normalise
from indexer.query.parsing import parse
from indexer.query.tree import describe, leaves

WORDS = st.sampled_from(
    [
        *("chợ", "giám", "sát", "bán", "đất", "HĐND", "Lò", "Gốm", "ki-ốt", "VNeID", "15.000m2"),
        *("17/8/2020", "tháng tám", "8h30", "thứ hai", "97/2019/QH14", "sá*", "*ám", "gi*m"),
    ]
)
SIGNS = st.sampled_from(
    [
        *("OR", "HOẶC", "AND", "NOT", "(", ")", "-", "title:", "site:", "date:", "in:", "=", '"'),
        *('"a b"~3', '"a b"~>2', "~", "*", "2020..2019", "has:file", "after:2019"),
    ]
)
TYPED = st.lists(st.one_of(WORDS, SIGNS, st.text(max_size=4)), max_size=12).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda glue: glue.join(parts))
)


@given(TYPED)
@settings(max_examples=300, deadline=None)
def test_anything_typed_is_read(typed: str) -> None:
    query = parse(typed)
    if query.node is None:
        assert query.notes
    else:
        describe(query.node)
        assert all(leaf.length >= 1 for leaf in leaves(query.node))


@given(TYPED, TYPED)
@settings(max_examples=100, deadline=None)
def test_marks_in_any_text_lie_in_it(text: str, typed: str) -> None:
    last = 0
    for start, end in highlight(text, typed):
        assert last <= start < end <= len(text)
        last = end


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_tokens_lie_in_their_text_at_positions_that_go_up(text: str) -> None:
    clean = normalise(text)
    before = 0
    for token in tokens(clean):
        assert 0 <= token.start < token.end <= len(clean)
        assert before <= token.position <= before + 1
        before = token.position


@pytest.mark.parametrize(
    "typed",
    [
        "(giám OR khảo) chợ",
        "((a OR b) c) OR d",
        "-(a OR b) c",
        '"trật tự đô thị"~3',
        '"trật tự"~>2 -chợ',
        '="bán đất" -=bạn',
        "title:(chợ OR trường) NOT bán",
        "giám sá* *ổng gi*m",
        "date:2021..2020 chợ",
        "site:moc-son OR date:2020",
    ],
)
def test_what_it_was_read_as_reads_the_same(typed: str) -> None:
    node = parse(typed).node
    assert node is not None
    again = parse(describe(node)).node
    assert again is not None
    assert describe(again) == describe(node)
    assert again == node
