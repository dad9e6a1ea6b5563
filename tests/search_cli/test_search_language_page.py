"""docs/search-language.md shows what the demo's archive answers."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.hdnd import Demo, command_line, environment

PAGE = Path(__file__).parents[2] / "docs" / "search-language.md"
LEFT_OUT = "…"


def examples() -> Iterator[tuple[str, list[str]]]:
    """Each command of the page with the lines shown under it."""
    command, shown = "", list[str]()
    for line in [*PAGE.read_text("utf-8").splitlines(), "end"]:
        if line.strip().startswith("$ "):
            command, shown = line.strip().removeprefix("$ "), []
        elif command and (line.startswith("    ") or not line):
            if line.strip() not in ("", LEFT_OUT):
                shown.append(line.strip())
        elif command:
            yield command, shown
            command = ""


@pytest.mark.parametrize(("command", "shown"), list(examples()))
def test_the_output_shown_is_the_demos(demo: Demo, command: str, shown: list[str]) -> None:
    hdnd = " ".join(command_line())
    ran = subprocess.run(
        ["sh", "-c", re.sub(r"\bhdnd\b", lambda _: hdnd, command)],
        env=environment(demo.home),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode in (0, 1), ran.stderr
    lines = iter([*ran.stderr.splitlines(), *ran.stdout.splitlines()])
    for wanted in shown:
        pattern = ".*".join(map(re.escape, wanted.split(LEFT_OUT)))
        assert any(re.fullmatch(pattern, line.strip()) for line in lines), (wanted, ran.stdout)


def test_every_command_shown_is_one() -> None:
    assert len(list(examples())) >= 8
