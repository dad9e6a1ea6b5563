"""A part of the archive is read every night, and in a month all of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.fixity.check_log import last_checks
from archive.fixity.rotation import due, last_read
from archive.ground.home import Home
from hdnd.usecases.verifying import check_a_part
from support.keeping import writing


@pytest.fixture
def home(tmp_path: Path) -> Home:
    for _ in range(31):
        with writing(tmp_path):
            pass
    return Home(tmp_path)


def night(home: Home) -> list[str]:
    return [damage.file for damage in check_a_part(home, lambda progress: None)]


def test_every_segment_is_read_once_before_one_is_read_again(home: Home) -> None:
    read: list[str] = []
    for _ in range(16):
        assert (since := last_read(home)).since is None
        assert since.never == 31 - len(read)
        read += [path.name for path in due(home)]
        assert night(home) == []
    assert read[:31] == sorted(path.name for path in home.warc.iterdir())
    assert (last_read(home).never, last_read(home).since) == (0, last_checks(home, 16)[0].ended_at)
    assert [check.read for check in last_checks(home, 16)][:2] == ["1-2", "3-4"]


def test_a_flipped_bit_is_found_in_its_turn_and_a_damaged_manifest_at_once(home: Home) -> None:
    path = due(home)[1]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert night(home) == [path.name]
    assert last_checks(home)[0].damages == 1
    assert night(home) == []
    lines = home.manifest.read_bytes()
    home.manifest.write_bytes(lines.replace(b'"records": 2', b'"records": 3', 1))
    assert "manifest.jsonl" in night(home)


def test_a_line_of_checks_that_nobody_here_wrote_is_harmless(home: Home) -> None:
    night(home)
    told = json.loads(home.checks.read_text())
    for read in ("1-9999999", "x", "5-", "-", 7, None, "1 2 " * 9000):
        home.checks.write_text(json.dumps({**told, "read": read}) + "\n")
        assert len(due(home)) == 2, read
