"""Segments that lie in object storage alone, as far as this machine can tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.ground.errors import HdndError
from archive.ground.home import Home
from archive.warc import segment_files
from archive.warc.receipts import Receipt, add_receipts, receipts_of, write_receipts
from archive.warc.stored_segment import standing_for
from support.keeping import exchange, keep, page, writing

NAME = "hdnd-000001-20240305021500-mau{}.warc.gz"


def receipt(name: str, size: int = 9) -> Receipt:
    return Receipt(name, size, "0" * 64, "s3://bucket/prefix", "2026-11-30T00:00:00Z")


@pytest.mark.parametrize(
    ("stored", "here", "standing"),
    [
        ([""], [], [""]),
        ([""], [""], []),
        (["", ".repaired-1"], [], [".repaired-1"]),
        ([""], [".repaired-1"], []),
        (["", ".repaired-1"], [".repaired-2"], []),
        ([".repaired-1"], [""], [".repaired-1"]),
        ([".repaired-9", ".repaired-10"], [], [".repaired-10"]),
    ],
)
def test_a_segment_stands_if_no_file_is_here_and_no_later_one_in_its_place(
    stored: list[str], here: list[str], standing: list[str]
) -> None:
    found = standing_for(map(NAME.format, stored), map(NAME.format, here))
    assert found == [NAME.format(one) for one in standing]


def test_a_segment_with_a_receipt_is_listed_and_has_a_size(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.warc.mkdir()
    add_receipts(home, [receipt(NAME.format("")), receipt("../strange"), receipt("x.warc.gz")])
    path = home.warc / NAME.format("")
    assert segment_files.segments_in(home.warc) == [path]
    assert segment_files.segment_path(home.warc, path.name) == path
    assert (segment_files.size_of(path), segment_files.is_file(path)) == (9, True)
    assert segment_files.files_in(tmp_path / "aside") == []


def test_the_next_segment_has_a_number_that_none_in_storage_has(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.warc.mkdir()
    write_receipts(home, [receipt("hdnd-000041-20240305021500-mau.warc.gz")])
    assert segment_files.number_of(segment_files.segments_in(home.warc)[0]) == 41


def test_the_last_receipt_of_a_segment_counts_and_a_torn_line_does_not(tmp_path: Path) -> None:
    home = Home(tmp_path)
    name = NAME.format("")
    add_receipts(home, [receipt(name, 1)])
    add_receipts(home, [receipt(name, 2)])
    with home.receipts.open("ab") as file:
        file.write(b'{"file": "hdnd-0000')
    assert receipts_of(home)[name].size == 2
    write_receipts(home, [])
    assert receipts_of(home) == {}


def test_without_a_store_nothing_is_written_about_one(tmp_path: Path) -> None:
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/1", page("Bài", id="1")))
    assert not {"receipts.jsonl", "store.lock"} & {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize(
    "address", ["", "s3:/x", "s3://", "https://x/y", "s3://B/x", "s3://bb/../x"]
)
def test_what_is_no_address_of_a_store_is_refused(address: str) -> None:
    from archive.objects import ObjectStore

    with pytest.raises(HdndError, match="no-store-address"):
        ObjectStore.at(address)
