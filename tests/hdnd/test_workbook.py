"""A table that spreadsheets open: read back by a reader that is not ours (python-calamine)."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from archive.ground.errors import UsageError
from hdnd.views.workbook import write_workbook

VIETNAM = timezone(timedelta(hours=7))


def read(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def test_texts_numbers_days_and_times_are_cells_of_their_kind(tmp_path: Path) -> None:
    row = ["Kỳ họp <thứ 3> & “khác”", 12, 1.5, datetime(2024, 2, 5, 17, 0, tzinfo=VIETNAM)]
    count = write_workbook(tmp_path / "a.xlsx", ["a", "b", "c", "d"], [[*row], [None, "", True]])
    assert count == 2
    header, first, second = read(tmp_path / "a.xlsx")
    assert header == ["a", "b", "c", "d"]
    assert first == [row[0], 12.0, 1.5, datetime(2024, 2, 5, 17, 0)]
    assert second[:3] == ["", "", True]
    write_workbook(tmp_path / "b.xlsx", ["day"], [[date(2024, 2, 29)]])
    assert read(tmp_path / "b.xlsx")[1] == [date(2024, 2, 29)]


@pytest.mark.parametrize("text", ["=1+1", "+84", "@SUM(A1)", "-x", "=HYPERLINK(1)"])
def test_a_text_is_never_a_formula(tmp_path: Path, text: str) -> None:
    write_workbook(tmp_path / "a.xlsx", ["a"], [[text]])
    assert read(tmp_path / "a.xlsx")[1] == [text]
    assert b"<f>" not in ZipFile(tmp_path / "a.xlsx").read("xl/worksheets/sheet1.xml")


def test_what_no_cell_can_hold_is_left_out_or_cut_and_said(tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", ["a", "b"], [["x\x00\x1b\ud800\ufffey", "ố" * 40_000]])
    odd, long = read(tmp_path / "a.xlsx")[1]
    assert odd == "xy"
    assert len(str(long)) == 32_767
    assert str(long).endswith("(cut here: a cell holds no more)")


def test_the_same_table_is_the_same_bytes_and_no_file_is_overwritten(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(tmp_path / name, ["a"], [[1]])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with pytest.raises(UsageError, match="exists-already"):
        write_workbook(tmp_path / "a.xlsx", ["a"], [[2]])
