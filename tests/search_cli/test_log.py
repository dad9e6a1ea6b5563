"""Whatever runs unattended leaves lines that a stranger can act on, in a file or the journal."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hdnd.log import JsonFormatter, TextFormatter
from portal_visitor import path_of, series
from search_cli import main
from search_cli.commands import search
from support.crawling import home_in
from support.faulty_portal import FaultyPortal, answer
from support.hdnd import Demo, command_line, environment, run_hdnd

PRINTS_ITS_MODULES = """
import sys
from search_cli.main import main
main(sys.argv[1:])
print("logging" in sys.modules, "hdnd.log" in sys.modules)
"""


def records(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """The log of a crawl of a portal whose second article cannot be had."""
    home = home_in(tmp_path_factory.mktemp("log"))
    log = home.path / "log.jsonl"
    ones = series(2)
    with FaultyPortal(
        ones, {f"{path_of(ones[1])[:-6]}bai-viet-bai-001.html": answer(404)}
    ) as portal:
        run_hdnd("crawl", "thanh-giang", "--host", portal.host, "--log", str(log), home=home.path)
    return records(log)


def test_a_run_is_told_from_its_beginning_to_its_end(crawled: list[dict[str, object]]) -> None:
    messages = [record["message"] for record in crawled]
    assert messages[0] == "begins"
    assert messages[-1] == "ends"
    ended = crawled[messages.index("a run ended")]
    assert ended["site"] == "thanh-giang"
    assert ended["run"] == crawled[messages.index("a run begins")]["run"]
    assert str(ended["reason"]).startswith("finished")


def test_what_could_not_be_read_has_run_site_url_and_reason(
    crawled: list[dict[str, object]],
) -> None:
    (problem,) = [one for one in crawled if one["message"] == "a page could not be read"]
    assert problem["level"] == "warning"
    assert problem["site"] == "thanh-giang"
    assert problem["run"]
    assert str(problem["url"]).startswith("https://thanhgiang.example/")
    assert problem["reason"]


def test_a_log_is_text_unless_its_name_says_json_lines(demo: Demo, tmp_path: Path) -> None:
    log = tmp_path / "hdnd.log"
    run_hdnd("status", "--log", str(log), home=demo.home)
    run_hdnd("status", home=demo.home, env={"HDND_LOG": str(log)})
    lines = log.read_text("utf-8").splitlines()
    assert len(lines) == 4
    begins = f'INFO search_cli: begins command="hdnd status" home={demo.home}'
    assert lines[0].split(" ", 1)[1] == begins


@pytest.mark.parametrize("form", [TextFormatter(), JsonFormatter()])
def test_what_comes_from_a_page_stays_on_its_line(form: logging.Formatter) -> None:
    fields = {"url": "http://a/\n\x1b[31m b", "reason": "tên\u202e lạ\x85"}
    record = logging.makeLogRecord({"msg": "a\nb", "levelname": "INFO", **fields})
    text = form.format(record)
    assert text.isprintable()
    assert "tên" in text


def test_under_systemd_the_journal_gets_each_line_with_its_priority(
    demo: Demo, tmp_path: Path
) -> None:
    with (tmp_path / "stderr").open("wb") as stream:
        stat = os.fstat(stream.fileno())
        for journal in (f"{stat.st_dev}:{stat.st_ino}", "8:12345"):
            subprocess.run(
                command_line("index", "--quiet"),
                env=environment(demo.home, JOURNAL_STREAM=journal),
                stderr=stream,
                stdout=subprocess.DEVNULL,
                check=True,
            )
    lines = (tmp_path / "stderr").read_text("utf-8").splitlines()
    assert lines[0] == f'<6>search_cli: begins command="hdnd index" home={demo.home}'
    assert lines[-1] == "<6>search_cli: ends status=0"
    assert sum("begins" in line for line in lines) == 1


def test_a_fault_leaves_its_full_traceback_in_the_log_and_a_sentence_on_the_screen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("no such thing")

    monkeypatch.setattr(search, "open_index", fail)
    log = tmp_path / "hdnd.log"
    assert main.main(["search", "--log", str(log), "giám sát"]) == 70
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert f"Its full traceback is in {log}." in said
    kept = log.read_text("utf-8")
    assert "CRITICAL search_cli: a fault of the program reason=ValueError status=70" in kept
    assert "Traceback (most recent call last):" in kept
    assert 'raise ValueError("no such thing")' in kept
    assert kept.splitlines()[-2] == "ValueError: no such thing"


def test_an_error_stands_in_the_log_in_english_whatever_the_language_of_the_screen(
    tmp_path: Path,
) -> None:
    log, none = tmp_path / "hdnd.jsonl", tmp_path / "none"
    done = run_hdnd("status", "--lang", "vi", "--log", str(log), home=none)
    error = next(one for one in records(log) if one["level"] == "error")
    assert error["status"] == done.status
    assert error["message"] == f"there is no archive in {none}"
    assert done.err.startswith(f"hdnd: chưa có kho lưu trữ ở {none}\n")


def test_a_log_that_cannot_be_opened_is_wrong_use(demo: Demo) -> None:
    done = run_hdnd("status", "--log", "/no/such/folder/log", home=demo.home)
    assert done.status == 2
    assert "/no/such/folder/log" in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_log_that_cannot_be_written_ends_nothing_and_is_said(demo: Demo) -> None:
    done = run_hdnd("status", "--log", "/dev/full", home=demo.home)
    assert done.status == 0
    assert "2 lines of the log could not be written" in done.err


def test_a_search_loads_no_logging(demo: Demo, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PRINTS_ITS_MODULES, "search", "giám sát"],
        env=environment(demo.home, HDND_LOG=str(tmp_path / "log")),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert ran.stdout.splitlines()[-1] == "False False"
    assert not (tmp_path / "log").exists()


def test_without_a_log_nothing_of_it_is_printed(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    ones = series(2)
    missing = path_of(ones[1]).replace("x.html", "bai-viet-bai-001.html")
    with FaultyPortal(ones, {missing: answer(404)}) as portal:
        line = ["crawl", "thanh-giang", "--quiet", "--host", portal.host]
        done = run_hdnd(*line, home=home.path)
    assert done.err.startswith("hdnd: thanh-giang: 1 page could not be fetched or read\n")
    assert "the server answered 404" not in done.err


def test_a_rebuild_that_was_asked_for_is_no_warning(copy_of_demo: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    run_hdnd("rebuild", "--quiet", "--log", str(log), home=copy_of_demo)
    (made,) = [one for one in records(log) if one["logger"] == "archive.store"]
    assert made["message"] == "the catalogue was made again"
    assert {one["level"] for one in records(log)} == {"info"}


def test_a_damage_is_logged_with_its_place(copy_of_demo: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    (segment,) = (copy_of_demo / "warc").glob("*.warc.gz")
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    run_hdnd("verify", "--quiet", "--log", str(log), home=copy_of_demo)
    damaged = [one for one in records(log) if one["message"] == "damaged"]
    assert any(one.get("file") == segment.name and one.get("offset") for one in damaged)
    assert {one["level"] for one in damaged} == {"error"}
    run_hdnd("repair", "--quiet", "--log", str(log), home=copy_of_demo)
    assert "a damaged segment was set aside" in {one["message"] for one in records(log)}
