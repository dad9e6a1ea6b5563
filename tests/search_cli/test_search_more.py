"""`hdnd search` beyond the plain list: earlier versions, counts by year, why, own abbreviations."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from portal_visitor import article
from support.chronicle import DAY, Chronicle
from support.hdnd import Demo, Done, run_hdnd

PROMISE = "Ủy ban hứa hoàn thành cầu vượt trước Tết."
STORY = article("cau-vuot", title="Tiến độ dự án", paragraphs=(PROMISE, "Dự án dài 300 m."))
STEADY = article("cay-xanh", title="Cây xanh", paragraphs=("Trồng cây, làm cầu vượt.",))
GONE = article("cho-cu", title="Chợ cũ", paragraphs=("Chợ có cầu vượt cũ.",))


@pytest.fixture(scope="module")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronicle]:
    """An article that lost a sentence, one that stayed, and one that is gone."""
    with Chronicle(tmp_path_factory.mktemp("more") / "home", [STORY, STEADY, GONE]) as chronicle:
        chronicle.visit()
        assert run_hdnd("index", home=chronicle.home.path).status == 0
        chronicle.publish(replace(STORY, paragraphs=("Dự án dài 300 m.",)))
        del chronicle.portal.articles[GONE.asset_id]
        for _ in range(3):
            chronicle.visit(after=8 * DAY)
        assert run_hdnd("index", home=chronicle.home.path).status == 0
        yield chronicle


def search(chronicle: Chronicle, *arguments: str) -> Done:
    return run_hdnd("search", *arguments, home=chronicle.home.path)


def test_a_deleted_sentence_is_found_and_said_to_be_gone(chronicle: Chronicle) -> None:
    assert search(chronicle, "hứa hoàn thành").status == 1
    ran = search(chronicle, "--history", "hua hoan thanh")
    assert ran.status == 0
    assert ran.lines[0] == "1 article found."
    assert "hứa hoàn thành cầu vượt trước Tết" in ran.out
    assert "These words are gone: removed between 02/03/2024" in ran.out
    assert f"hdnd history {chronicle.id_of(STORY)}" in ran.out


def test_each_answer_says_whether_its_words_still_stand(chronicle: Chronicle) -> None:
    told = search(chronicle, "--history", "cầu vượt", "--json").json
    fates = {hit["id"]: hit["fate"] for hit in told["hits"]}
    assert told["total"] == 3
    assert fates[chronicle.id_of(STORY)].startswith("These words are gone: removed between")
    assert fates[chronicle.id_of(STEADY)].startswith("These words still stood on")
    assert fates[chronicle.id_of(GONE)].startswith("The page is gone since")
    assert told["hits"][0]["id"] == chronicle.id_of(STORY)


def test_words_that_were_never_there_are_not_found_in_the_past_either(chronicle: Chronicle) -> None:
    assert search(chronicle, "--history", "xe buýt điện").status == 1


def test_what_is_withheld_is_not_found_in_the_past_either(chronicle: Chronicle) -> None:
    story = chronicle.id_of(STORY)
    assert run_hdnd("withhold", story, "--reason", "thử", home=chronicle.home.path).status == 0
    try:
        assert search(chronicle, "--history", "hứa hoàn thành").status == 1
    finally:
        run_hdnd("release", story, "--reason", "thử", home=chronicle.home.path)
    assert search(chronicle, "--history", "hứa hoàn thành").status == 0


def test_pages_of_past_and_present_hold_each_answer_once(chronicle: Chronicle) -> None:
    pages = [
        search(chronicle, "--history", "cầu vượt", "--json", "--limit", "1", "--page", str(page))
        for page in (1, 2, 3)
    ]
    ids = [hit["id"] for ran in pages for hit in ran.json["hits"]]
    assert sorted(ids) == sorted(map(chronicle.id_of, (STORY, STEADY, GONE)))


def test_counts_of_nothing_are_said_to_be_none(demo: Demo) -> None:
    ran = run_hdnd("search", "giám xát", "--by", "year", home=demo.home)
    assert (ran.status, ran.out) == (1, "No article found.\n")
    ran = run_hdnd("search", "giám xát", "--by", "year", "--csv", home=demo.home)
    assert (ran.status, ran.out) == (1, "year,count,as_typed\r\n")


def test_counts_by_year_have_bars(demo: Demo) -> None:
    ran = run_hdnd("search", "cử tri", "--by", "year", home=demo.home)
    counts = {line.split()[0]: int(line.split()[1]) for line in ran.lines}
    total = int(run_hdnd("search", "cử tri", "--count", home=demo.home).out)
    assert sum(counts.values()) == total
    assert set(counts) <= {str(year) for year in range(2016, 2026)}
    assert max(ran.lines, key=len).count("█") > 10


def test_a_category_and_attachments_narrow(demo: Demo) -> None:
    every = int(run_hdnd("search", "cử tri", "--count", home=demo.home).out)
    args = ("search", "cử tri", "--count", "--category", "Tiếp xúc cử tri")
    assert 0 < int(run_hdnd(*args, home=demo.home).out) < every
    attached = run_hdnd("search", "cử tri", "--count", "--has-attachment", home=demo.home)
    assert 0 < int(attached.out) < every


def test_explain_says_how_a_query_was_read(demo: Demo) -> None:
    ran = run_hdnd("search", "hdnd quan", "--explain", "--limit", "1", home=demo.home)
    assert ran.status == 0
    assert "hdnd" in ran.err


def test_an_operators_own_abbreviations_count(copy_of_demo) -> None:
    words = ("search", "KXYZ", "--count")
    assert run_hdnd(*words, home=copy_of_demo).out.strip() == "0"
    (copy_of_demo / "abbreviations.tsv").write_text("KXYZ\tcử tri\n", encoding="utf-8")
    assert int(run_hdnd(*words, home=copy_of_demo).out) > 10


def test_show_marks_the_words_of_a_search(demo: Demo) -> None:
    found = run_hdnd("search", "giam sat", "--json", "--limit", "1", home=demo.home).json
    ran = run_hdnd("show", found["hits"][0]["id"], "--highlight", "giam sat", home=demo.home)
    assert "[giám sát]" in ran.out.lower()


def test_a_table_has_all_rows_unless_told_otherwise(demo: Demo) -> None:
    total = int(run_hdnd("search", "quận", "--count", home=demo.home).out)
    assert total > 10
    printed = run_hdnd("search", "quận", "--csv", home=demo.home).out
    whole = list(csv.DictReader(io.StringIO(printed)))
    part = run_hdnd("search", "quận", "--csv", "--limit", "5", home=demo.home)
    assert len(whole) == len({row["id"] for row in whole}) == total
    assert len(part.lines) == 6
    assert "Page 1 of " in part.err
    assert all(len(row["score"].partition(".")[2]) <= 2 for row in whole)


def test_a_table_for_spreadsheets_has_times_as_the_portal_shows_them(
    demo: Demo, tmp_path: Path
) -> None:
    file = tmp_path / "quan.xlsx"
    done = run_hdnd("search", "quận", "--excel", str(file), home=demo.home)
    header, *rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    total = int(run_hdnd("search", "quận", "--count", home=demo.home).out)
    assert (done.status, done.out, len(rows)) == (0, "", total)
    told = run_hdnd("search", "quận", "--json", home=demo.home).json["hits"][0]
    first = dict(zip(map(str, header), rows[0], strict=True))
    assert first["title"] == told["title"]
    assert f"{first['published_at']:%Y-%m-%dT%H:%M}" == told["published_at"][:16]
    assert run_hdnd("search", "quận", "--excel", str(file), home=demo.home).status == 2
    assert run_hdnd("search", "quận", "--excel", str(file), "--json", home=demo.home).status == 2


def test_articles_are_exported_as_a_workbook(demo: Demo, tmp_path: Path) -> None:
    file = tmp_path / "all.xlsx"
    assert run_hdnd("export", "--format", "xlsx", "--to", str(file), home=demo.home).status == 0
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    assert len(rows) == 69
    assert run_hdnd("export", "--format", "xlsx", home=demo.home).status == 2


def test_facts_and_counts_are_tables_for_spreadsheets_too(demo: Demo, tmp_path: Path) -> None:
    for name, line in {
        "by": ("search", "quận", "--by", "year"),
        "passages": ("search", "quận", "--passages"),
        "views": ("views",),
        "activities": ("activities",),
    }.items():
        file = tmp_path / f"{name}.xlsx"
        done = run_hdnd(*line, "--excel", str(file), home=demo.home)
        rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
        assert (done.status, done.out) == (0, ""), done.err
        assert len(rows) > 2
        assert f"{file}: {len(rows) - 1} rows" in done.err
