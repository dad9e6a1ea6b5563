"""A check leaves a note: when, by whom, what was read, what was found."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as Xml
from zipfile import ZipFile

import pytest

from archive.export import Selection, selected, write_bag, write_wacz
from archive.fixity.check_log import last_checks, log_check
from archive.ground.home import Home
from archive.reading import ArchiveReader
from support.keeping import NOON, exchange, keep, page, writing

PREMIS = "{http://www.loc.gov/premis/v3}"


def log(home: Home, *, damages: int = 0) -> bool:
    return log_check(
        home,
        began=NOON,
        ended=NOON + timedelta(minutes=3),
        deep=True,
        since=0,
        segments=[f"hdnd-00000{number}-20240305021500-a.warc.gz" for number in (1, 2)],
        read=(30, 4000),
        head="ab" * 32,
        damages=damages,
    )


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/1", page("Một", id="1")))
    return home


def test_the_last_check_is_the_one_that_is_told(home: Home) -> None:
    assert last_checks(home) == []
    assert log(home, damages=2)
    assert log(home)
    (check,) = last_checks(home)
    assert (check.segments, check.records, check.bytes, check.damages) == (2, 30, 4000, 0)
    assert "@" in check.by
    assert [one.damages for one in last_checks(home, 9)] == [2, 0]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b"[1]",
        b"{}",
        b"\xff",
        b'{"ended": 1}',
        b"[" * 70_000,
        json.dumps({"began": "x", "ended": "x"}).encode(),
        b'{"began":"2024","ended":"hom qua","by":"","software":"","deep":false,"since":0,'
        b'"segments":1,"records":1,"bytes":1,"head":null,"damages":0}',
    ],
)
def test_a_line_that_is_none_is_passed_over(home: Home, line: bytes) -> None:
    log(home, damages=1)
    with home.checks.open("ab") as file:
        file.write(line + b"\n")
    assert all(check.damages == 1 for check in last_checks(home))
    log(home)
    assert last_checks(home)[0].damages == 0


def test_where_nothing_can_be_written_a_check_is_none_the_less_one(tmp_path: Path) -> None:
    assert not log(Home(tmp_path / "nowhere"))


@pytest.mark.parametrize("form", ["wacz", "bag"])
def test_a_package_carries_what_ties_it_to_a_deposited_head(home: Home, form: str) -> None:
    log(home, damages=2)
    log(home)
    target = home.path.parent / form
    with ArchiveReader.open(home) as reader, selected(reader, Selection()) as chosen:
        (write_wacz if form == "wacz" else write_bag)(chosen, target, title="Thử")
    if form == "wacz":
        with ZipFile(target) as package:
            proof = {
                name.removeprefix("proof/"): package.read(name)
                for name in package.namelist()
                if name.startswith("proof/")
            }
            listed = {r["path"] for r in json.loads(package.read("datapackage.json"))["resources"]}
            assert {f"proof/{name}" for name in proof} <= listed
    else:
        folder = target / "data" / "proof"
        proof = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        listed_files = (target / "manifest-sha256.txt").read_text(encoding="utf-8")
        assert all(f"data/proof/{name}" in listed_files for name in proof)
    assert proof.keys() == {
        "README.txt",
        "manifest.jsonl",
        "archive-format.md",
        "site-mau.json",
        "premis.xml",
    }
    assert proof["manifest.jsonl"] == home.manifest.read_bytes()
    assert proof["archive-format.md"].startswith(b"# ")
    assert json.loads(proof["site-mau.json"])["host"] == "mau.example"
    events = Xml.fromstring(proof["premis.xml"]).findall(f"{PREMIS}event")
    outcomes = [event.findtext(f".//{PREMIS}eventOutcome") for event in events]
    assert outcomes == ["fail", "pass"]
    assert "ab" * 32 in (events[1].findtext(f".//{PREMIS}eventOutcomeDetailNote") or "")
