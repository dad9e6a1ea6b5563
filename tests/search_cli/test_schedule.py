"""What `hdnd schedule` prints is run here as systemd and cron would run it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from support.crawling import MOC_SON_TOML, home_in
from support.hdnd import Done, environment, run_hdnd

NOTIFY = """echo "it's 100% $HDND_STATUS" > {told}; cat >> {told}"""


def as_systemd_runs_it(line: str) -> list[str]:
    """The words after ExecStart=, by systemd.service(5): double quotes, escapes, `%%`, `$$`."""
    words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', line)
    plain = [re.sub(r"\\(.)", r"\1", quoted) if quoted else bare for quoted, bare in words]
    assert not any(re.search(r"(?<!%)%(%%)*(?!%)", word) for word in plain)
    return [word.replace("%%", "%").replace("$$", "$") for word in plain]


def as_cron_runs_it(line: str) -> list[str]:
    """The command of a crontab line, by crontab(5): five fields, `\\%` is `%`, the rest is sh's."""
    command = line.split(" ", 5)[5]
    assert not re.search(r"(?<!\\)%", command)
    return ["/bin/sh", "-c", command.replace("\\%", "%")]


def line_of(done: Done, start: str) -> str:
    return next(line for line in done.lines if re.match(start, line))


def bare() -> dict[str, str]:
    """All that cron gives a command, and where Python finds a program that is not installed."""
    paths = {name: path for name, path in environment().items() if name == "PYTHONPATH"}
    return {"HOME": "/", "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "LOGNAME": "x", **paths}


def run(
    command: list[str], env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env=environment() if env is None else env,
        capture_output=True,
        timeout=120,
        encoding="utf-8",
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with all that must be quoted in its name, and a site that is not there."""
    description = MOC_SON_TOML.replace("mocson.example", "mocson.invalid")
    home = home_in(tmp_path / 'kho $lưu "trữ" 100% của tôi', description)
    (home.sites / "thanh-giang.toml").unlink()
    return home.path


def test_it_holds_what_systemd_and_cron_need(tmp_path: Path) -> None:
    done = run_hdnd("schedule", "--at", "01:30", home=tmp_path)

    assert done.status == 0
    assert "OnCalendar=*-*-* 01:30:00" in done.out
    assert "\n30 1 * * * " in done.out
    assert "--until 04:45" in done.out


@pytest.mark.parametrize("sites", [(), ("moc-son",), ("moc-son", "hai-ba-trung")])
def test_what_is_printed_runs(home: Path, tmp_path: Path, sites: tuple[str, ...]) -> None:
    told = tmp_path / "told"
    printed = run_hdnd("schedule", *sites, "--notify", NOTIFY.format(told=told), home=home)
    service = as_systemd_runs_it(line_of(printed, "ExecStart=").removeprefix("ExecStart="))
    cron = as_cron_runs_it(line_of(printed, r"\d+ \d+ \* \* \* "))
    for command in (service, cron):
        (home / "known-trouble.json").unlink(missing_ok=True)
        told.unlink(missing_ok=True)
        done = run(command)
        assert done.returncode == 25, done.stderr
        text = told.read_text("utf-8")
        assert text.startswith("it's 100% 25\n")
        assert "moc-son: the site cannot be asked what it allows" in text
        assert ("hai-ba-trung has ended and is skipped." in text) == (sites != ("moc-son",))


def test_cron_mails_what_needs_a_person_once_and_nothing_else(home: Path) -> None:
    cron = as_cron_runs_it(line_of(run_hdnd("schedule", home=home), r"\d+ \d+ \* \* \* "))
    first, second = run(cron), run(cron)

    assert (first.returncode, second.returncode) == (25, 25)
    assert "moc-son: the site cannot be asked" in first.stderr
    assert (first.stdout, second.stdout, second.stderr) == ("", "", "")


@pytest.mark.parametrize(
    ("language", "mailed"),
    [("vi", "moc-son: không tải được robots.txt"), ("en", "moc-son: the site cannot be asked")],
)
def test_a_night_speaks_the_language_that_it_was_arranged_in(
    home: Path, language: str, mailed: str
) -> None:
    printed = run_hdnd("schedule", "--lang", language, home=home)
    assert f" --lang {language} refresh " in line_of(printed, "ExecStart=")
    cron = as_cron_runs_it(line_of(printed, r"\d+ \d+ \* \* \* "))
    done = run(cron, bare())
    assert done.stderr.startswith(mailed)


@pytest.mark.parametrize("option", ["--at", "--until"])
def test_a_time_that_is_none_is_named_by_its_option(option: str, tmp_path: Path) -> None:
    done = run_hdnd("schedule", option, "25:00", home=tmp_path)

    assert done.status == 2
    assert f"'{option}'" in done.err


def test_a_night_ends_three_hours_and_a_quarter_after_it_began(home: Path) -> None:
    assert "--until 09:15" in run_hdnd("schedule", "--at", "06:00", home=home).out
    assert "--until 02:15" in run_hdnd("schedule", "--at", "23:00", home=home).out
    never = run_hdnd("schedule", "--at", "06:00", "--until", "6:00", home=home)
    assert never.status == 2
    assert "ends when it begins" in never.err


def test_a_site_that_would_have_no_turn_is_said_before_the_first_night(home: Path) -> None:
    unknown = run_hdnd("schedule", "moc-son", "no-such-site", home=home)
    assert (unknown.status, unknown.out) == (3, "")
    assert "no site is known as 'no-such-site'" in unknown.err

    over = run_hdnd("schedule", "hai-ba-trung", home=home)
    assert (over.status, over.out) == (4, "")

    skipped = run_hdnd("schedule", "moc-son", "hai-ba-trung", home=home)
    assert skipped.status == 0
    assert skipped.err == "hai-ba-trung has ended and will be skipped.\n"
