"""Whatever goes wrong: what, where, what to do, on stderr, and a status that scripts can trust."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import click
import pytest

from archive.ground import errors
from archive.ground.errors import HdndError
from archive.ground.message import Message
from search_cli import failures, main
from search_cli.commands import search
from support.hdnd import PACKAGES, Demo, command_line, environment, run_hdnd

STATUS_PAGE = Path(__file__).parents[2] / "docs" / "exit-status.md"


def all_errors(kind: type[HdndError] = HdndError) -> list[type[HdndError]]:
    return [kind, *(one for child in kind.__subclasses__() for one in all_errors(child))]


def documented() -> dict[int, str]:
    rows = re.findall(r"^\| (\d+) \| (.*) \|$", STATUS_PAGE.read_text("utf-8"), re.MULTILINE)
    return {int(status): text for status, text in rows}


def test_every_exit_status_is_documented() -> None:
    ours = {main.BROKEN_PIPE, failures.TROUBLE, failures.FAULT, failures.INTERRUPTED, 0, 1}
    ours.add(failures.FOREIGN_PACKAGE)
    assert documented().keys() == ours | {error.exit_code for error in all_errors()}


def test_every_error_is_named_beside_its_status() -> None:
    for error in all_errors():
        if error is not HdndError:
            assert f"`{error.__name__}`" in documented()[error.exit_code]


def test_no_error_of_ours_looks_like_success_or_nothing_found() -> None:
    assert all(error.exit_code > 1 for error in all_errors())


def test_statuses_that_need_no_import_agree_with_the_classes() -> None:
    assert errors.ArchiveDamaged.exit_code == failures.DAMAGED
    assert errors.StorageFailed.exit_code == failures.STORAGE_FAILED


def search_that_raises(
    error: BaseException, monkeypatch: pytest.MonkeyPatch, language: str = "en"
) -> int:
    def raise_it(*_: object) -> None:
        raise error

    monkeypatch.setattr(search, "open_index", raise_it)
    return main.main(["search", "--lang", language, "giám sát"])


def test_a_crash_is_70_and_says_what_to_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert search_that_raises(ValueError("no such \x1b thing"), monkeypatch) == 70
    said = capsys.readouterr().err
    assert "Please report" in said
    assert "ValueError: no such  thing" in said
    assert "Traceback" not in said


def test_an_error_has_its_message_hint_and_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    error = errors.IndexUnusable("the index is odd\x1b[31m", hint=Message("Build it."))
    assert search_that_raises(error, monkeypatch) == 8
    assert capsys.readouterr().err == "hdnd: the index is odd[31m\n      Build it.\n"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interruption_is_130(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    assert search_that_raises(error, monkeypatch) == 130


def test_a_full_disk_is_10_and_names_the_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert search_that_raises(OSError(28, "No space left", "/data/x"), monkeypatch, "vi") == 10
    assert "/data/x: đĩa đã đầy" in capsys.readouterr().err
    assert search_that_raises(OSError(28, "No space left", "/data/x"), monkeypatch) == 10
    assert "/data/x: No space left on device" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["serach"], ["search"], ["search", "x", "--limit", "0"], ["show"], []]
)
def test_wrong_use_is_2(arguments: list[str]) -> None:
    done = run_hdnd(*arguments)
    assert done.status == 2
    assert done.err
    assert not done.out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_that_cannot_be_written_is_10(demo: Demo) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        ran = subprocess.run(
            command_line("search", "giám sát"),
            env=environment(demo.home),
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert ran.returncode == 10
    assert b"Traceback" not in ran.stderr
    assert b"Exception" not in ran.stderr


def test_a_reader_who_leaves_early_ends_it_quietly(demo: Demo) -> None:
    process = subprocess.Popen(
        command_line("search", "giám sát", "--limit", "50"),
        env=environment(demo.home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=60) == 141
    assert said == b""


def test_the_version_is_that_of_the_distribution() -> None:
    assert re.fullmatch(r"hdnd \d+\.\d+\.\d+\n", run_hdnd("--version").out)


def test_the_packages_under_test_are_where_they_should_be() -> None:
    assert (PACKAGES / "archive" / "ground" / "errors.py").exists()
