"""An article that was cut is said to be so wherever it is told."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal_visitor import article
from support.chronicle import Chronicle
from support.hdnd import run_hdnd

CUT = article("bi-cat", paragraphs=("Đoạn đầu còn đây.", "Đoạn sau không tới nơi."))
WHOLE = article("nguyen-ven", paragraphs=("Đoạn đầu còn đây.",))
WHY = "the response was cut short (disconnect)"


@pytest.fixture(scope="module")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronicle]:
    with Chronicle(tmp_path_factory.mktemp("cut") / "home", [CUT, WHOLE]) as chronicle:
        chronicle.cut = "Đoạn sau"
        chronicle.visit()
        yield chronicle


def told(chronicle: Chronicle, *arguments: str) -> str:
    done = run_hdnd(*arguments, home=chronicle.home.path)
    assert done.status == 0, done.err
    return done.out


@pytest.mark.parametrize("command", ["show", "cite"])
def test_a_person_is_told(chronicle: Chronicle, command: str) -> None:
    assert WHY in told(chronicle, command, chronicle.id_of(CUT))
    assert "Not whole" not in told(chronicle, command, chronicle.id_of(WHOLE))


def test_bibtex_says_so_in_the_note(chronicle: Chronicle) -> None:
    assert WHY in told(chronicle, "cite", chronicle.id_of(CUT), "--format", "bibtex")


@pytest.mark.parametrize("command", ["show --json", "cite --format json"])
def test_json_says_so(chronicle: Chronicle, command: str) -> None:
    cut, whole = (
        json.loads(told(chronicle, *command.split(), chronicle.id_of(one))) for one in (CUT, WHOLE)
    )
    assert cut["problem"] == WHY
    assert cut["truncated"] == "disconnect"
    assert whole["problem"] is whole["truncated"] is None


@pytest.mark.parametrize("form", ["jsonl", "csv", "jsonld"])
def test_exports_say_so(chronicle: Chronicle, form: str) -> None:
    text = told(chronicle, "export", "--format", form)
    if form == "csv":
        rows = {row["id"]: row["problem"] for row in csv.DictReader(io.StringIO(text))}
    elif form == "jsonl":
        rows = {one["id"]: one["problem"] for one in map(json.loads, text.splitlines())}
    else:
        graph = json.loads(text)["@graph"]
        rows = {one["identifier"]: one.get("creativeWorkStatus") for one in graph}
    assert WHY in rows[chronicle.id_of(CUT)]
    assert not rows[chronicle.id_of(WHOLE)]


def test_once_it_came_whole_it_is_whole(tmp_path: Path) -> None:
    with Chronicle(tmp_path / "home", [CUT]) as chronicle:
        chronicle.cut = "Đoạn sau"
        chronicle.visit()
        chronicle.cut = ""
        chronicle.visit()
        assert "Not whole" not in told(chronicle, "show", chronicle.id_of(CUT))
