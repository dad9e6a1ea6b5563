"""Dates stand in the index as what day, month and year are at one position."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import Document, SearchIndex
from indexer.engines.local.search.told_rows import _are_apart
from indexer.engines.local.storage import whoosh_codec
from indexer.engines.local.storage.named_dates import dates_of
from indexer.engines.local.storage.named_rows import named_rows
from indexer.engines.local.storage.pairs import by_position
from indexer.language.occurrences import analyse_document
from indexer.query.tree import Atom


def counted(title: str, lead: str | None, *body: str) -> dict[str, int]:
    rows = dates_of(by_position(analyse_document(title, lead, body, first=1000)))
    return {date.decode().split(" ")[0]: count for (date,), count in rows.items()}


def test_a_date_is_known_with_and_without_its_day_and_its_year() -> None:
    assert counted("Họp 3/4/2020", "ngày 3 tháng 4 năm 2020", "Tháng 4/2020", "Dự án, tháng 4") == {
        "=d3+=m4+=y2020": 1 << 6 | 1 << 4,
        "=d3+=m4": 1 << 6 | 1 << 4,
        "=m4+=y2020": 1 << 6 | 1 << 4 | 1,
    }


def test_what_has_several_days_at_once_is_told_apart() -> None:
    assert counted("", None, "Ngày 3-4/5/2020") == {
        "=+": 1, "=m5+=y2020": 1,
        "=d3+=m5": 1, "=d3+=m5+=y2020": 1, "=d4+=m5": 1, "=d4+=m5+=y2020": 1,
    }  # fmt: skip


def test_dates_are_told_apart_unless_one_is_a_part_of_another() -> None:
    day, other, month, year = (
        tuple(Atom(part, f"{part}0") for part in parts.split())
        for parts in ("=d3 =m4 =y2020", "=d4 =m4 =y2020", "=m4 =y2020", "=y2020")
    )
    assert _are_apart({day, other})
    assert _are_apart({day, other, (*month[:1], Atom("=y2021", "=y20210"))})
    assert not _are_apart({day, month})
    assert not _are_apart({month, year})
    assert not _are_apart({day, day[:2]})


def test_dates_that_a_segment_was_not_made_with_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["Ngày 3/4/2020", "3-5/4/2020", "Tháng 4/2020", "Tháng 3, năm 2020, ngày 4", "5/2020"]
    documents = [
        Document(f"d{number}", text, None, (text,), None, "s", None, "u")
        for number, text in enumerate(texts * 2)
    ]
    queries = ["ngày 3/4/2020", "từ 2/4/2020 đến 4/4/2020", "từ tháng 3/2020 đến tháng 4/2020"]
    with SearchIndex.replace(tmp_path / "whole", documents) as index:
        expected = [index.search(query).hits for query in queries]
        assert all(expected)
    with monkeypatch.context() as patched:
        patched.setattr(whoosh_codec, "DATES", frozenset())
        patched.setattr("indexer.engines.local.storage.whoosh_writer.dates_of", lambda text: {})
        with SearchIndex.replace(tmp_path / "index", documents[:6]) as index:
            assert not index._snapshot.holds(["=m4+=y2020"])
    with SearchIndex.open(tmp_path / "index") as index:
        index.update(documents[6:])
        assert {bool(segment.rows - named_rows()) for segment in index._snapshot.segments} == {
            True, False,
        }  # fmt: skip
        found = [index.search(query).hits for query in queries]
    assert [{hit.id for hit in hits} for hits in found] == [
        {hit.id for hit in hits} for hits in expected
    ]
