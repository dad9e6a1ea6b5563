"""Rows of three words and more that the table of abbreviations names stand in the index."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import Document, SearchIndex
from indexer.engines.local.storage import named_rows as named_rows_of_storage
from indexer.engines.local.storage import whoosh_codec
from indexer.engines.local.storage.named_rows import named_rows, rows_of
from indexer.engines.local.storage.pairs import by_position
from indexer.language.occurrences import analyse_document

ROW = "uy ban nhan dan"


def counted(title: str, lead: str | None, *body: str) -> dict[str, int]:
    found = analyse_document(title, lead, body, first=1000)
    return {
        " ".join(term.decode().split()[1] for term in row): count
        for row, count in rows_of(found, by_position(found)).items()
    }


def test_named_are_the_rows_of_the_table_with_each_part_in_words_or_abbreviated() -> None:
    rows = named_rows()
    assert {ROW, "ub nhan dan", "uy ban nd", "pho chu tich", "ha tang ki thuat"} <= rows
    assert {"ubnd thanh pho", "ub nhan dan tp hcm", "so gd dt", "so giao duc va dao tao"} <= rows
    assert not {"ubnd", "ub nd", "bien ban", "rat xanh tuoi"} & rows


def test_rows_are_counted_in_title_lead_and_body() -> None:
    lead = "Ủy ban nhân dân, uỷ ban nhân dân"
    found = counted("Ủy ban nhân dân", lead, *["Ủy ban nhân dân"] * 20)
    assert found == {"uy3 ban0 nhân0 dân0": 1 << 6 | 2 << 4 | 15}


def test_no_row_runs_on_from_line_to_line_or_over_another_word() -> None:
    assert counted("Ủy ban", "nhân dân", "ủy ban", "nhân dân", "ủy ban của nhân dân") == {}


def test_rows_within_rows_are_counted_and_all_terms_of_a_position() -> None:
    assert set(counted("", None, "phó chủ tịch thường trực", "ban thường vụ Q. uỷ")) == {
        "pho1 chu3 tich5", "pho1 chu3 tich5 thương2 trưc5",
        "ban0 thương2 vu5", "ban0 thương2 vu5 =q.0 uy3", "thương2 vu5 =q.0 uy3",
    }  # fmt: skip


TEXTS = (
    "ủy ban nhân dân xã", "uỷ bản nhân dân", "UBND, phó chủ tịch", "ủy ban của nhân dân",
    "bộ công an", "phó chủ tịch ủy ban nhân dân, ủy ban nhân dân", "UB nhân dân", "bo cong an",
    "UBND TP HCM", "uỷ ban nhân dân thành phố Hồ Chí Minh", "UBND thành phố, ủy ban nhân dân TP.",
    "UBND tỉnh, TP HCM", "UB ND TP.HCM", "sở GD&ĐT", "sở giáo dục, đào tạo",
    "Sở Giáo dục và đào tạo", "UBNDTP", "ủy ban nhân dân TP. Hồ Chí Minh",
)  # fmt: skip
QUERIES = (
    "ủy ban nhân dân", "uy ban nhan dan", "UBND", "phó chủ tịch", '"bộ công an"', "UBND TP",
    "UBND TP HCM", "ubnd tp. hcm", "sở giáo dục và đào tạo", "so gd&dt",
)  # fmt: skip


def document(number: int, text: str) -> Document:
    return Document(f"d{number}", text, None, (text, *TEXTS[: number % 3]), None, "s", None, "u")


def answers(index: SearchIndex) -> list[list[tuple[object, ...]]]:
    return [
        [(hit.id, hit.tier, hit.score) for hit in index.search(query, limit=50).hits]
        for query in QUERIES
    ]


def test_an_index_knows_its_rows_after_updates_removals_and_merges(tmp_path: Path) -> None:
    standing: dict[str, Document] = {}
    with SearchIndex.open(tmp_path / "index", create=True) as index:
        for night in range(12):
            texts = TEXTS[night % 5 :]
            changed = [document((night + n) % len(TEXTS), text) for n, text in enumerate(texts)]
            gone = [f"d{night % len(TEXTS)}"] if night % 4 == 3 else []
            index.update(changed, remove=gone)
            standing = {key: one for key, one in standing.items() if key not in gone}
            standing |= {one.id: one for one in changed}
        known = answers(index)
        assert index._snapshot.holds(ROW.split())
        assert all(named_rows() <= segment.rows for segment in index._snapshot.segments)
    with SearchIndex.replace(tmp_path / "fresh", standing.values()) as index:
        assert answers(index) == known
        assert all(known)


def test_rows_that_a_segment_was_not_made_with_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later table may name rows of which a segment knows nothing, nor a merged one all of it."""
    documents = [document(number, text) for number, text in enumerate(TEXTS * 3)]
    with SearchIndex.replace(tmp_path / "whole", documents) as index:
        expected = answers(index)
    monkeypatch.setattr(named_rows_of_storage, "_tree", dict)
    monkeypatch.setattr(whoosh_codec, "named_rows", lambda: frozenset({"cu xanh tuoi"}))
    with SearchIndex.open(tmp_path / "index", create=True) as index:
        index.update(documents[:12])
        assert not index._snapshot.holds(ROW.split())
        monkeypatch.undo()
        for number in range(12, len(documents)):
            index.update([documents[number]])
            assert not index._snapshot.holds(ROW.split())
        assert len(index._snapshot.segments) < len(documents) - 12
        assert answers(index) == expected
