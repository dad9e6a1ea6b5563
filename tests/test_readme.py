"""The README's stories, typed as they stand, come to what stands below them.

`…` stands for whatever is there on its line, and on a line of its own for any lines.
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crawler.sample_portal import SamplePortal, bundled_articles
from support.hdnd import environment

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
_COLUMNS = "100"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Typed:
    """A command of a story, and what stands below it."""

    command: str
    below: list[str] = field(default_factory=list)


def story(title: str) -> list[Typed]:
    """The commands of a chapter, in order."""
    chapter = README.read_text("utf-8").split(f"\n## {title}\n")[1].split("\n## ")[0]
    typed: list[Typed] = []
    for block in re.findall(r"```console\n(.*?)```", chapter, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                typed.append(Typed(line[2:]))
            else:
                typed[-1].below.append(line)
    return typed


def run(script: str, env: Mapping[str, str]) -> tuple[int, list[str], list[str]]:
    """The status of a script, the lines that it prints on a terminal, and those of stderr."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        ["bash", "-c", script],
        cwd=ROOT,
        env={**env, "TERM": "xterm", "COLUMNS": _COLUMNS},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
    )
    os.close(theirs)
    sent = bytearray()
    try:
        while piece := os.read(ours, 65536):
            sent += piece
    except OSError:
        pass
    os.close(ours)
    assert process.stderr
    said = process.stderr.read().decode()
    status = process.wait(timeout=120)
    shown = _COLOUR.sub("", sent.decode("utf-8").replace("\r\n", "\n"))
    return status, shown.splitlines(), said.splitlines()


def agrees(below: list[str], printed: list[str]) -> bool:
    lines = [
        r"(.*\n)*" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n"
        for line in below
    ]
    return re.fullmatch("".join(lines), "".join(f"{line}\n" for line in printed)) is not None


def follow(typed: list[Typed], env: Mapping[str, str], stand_ins: Mapping[str, str]) -> None:
    before = ""
    for one in typed:
        command = one.command
        for name, value in stand_ins.items():
            command = command.replace(name, value)
        if command.startswith("export "):
            before += f"{command}\n"
            continue
        status, shown, said = run(before + command, env)
        printed = shown or [line for line in said if line.startswith(("hdnd:", "      "))]
        told = "\n".join([one.command, *shown, *said])
        fails = bool(one.below) and one.below[0].startswith("hdnd:")
        assert (status != 0) == fails or command.startswith("warcio "), told
        assert not one.below or agrees(one.below, printed), told


@pytest.fixture
def hdnd_on_path() -> dict[str, str]:
    env = environment()
    return {**env, "PATH": f"{Path(sys.executable).parent}:{env['PATH']}"}


@pytest.fixture
def portal() -> Iterator[SamplePortal]:
    with SamplePortal(bundled_articles()) as portal:
        yield portal


def test_the_archivists_story(
    hdnd_on_path: dict[str, str], portal: SamplePortal, tmp_path: Path
) -> None:
    stand_ins = {"127.0.0.1:8000": portal.host, "~/hdnd-trial": str(tmp_path / "trial")}
    follow(story("Five minutes for an archivist"), hdnd_on_path, stand_ins)


def test_the_journalists_story(hdnd_on_path: dict[str, str], tmp_path: Path) -> None:
    home = tmp_path / "demo"
    subprocess.run(
        ["hdnd", "--home", str(home), "demo"],
        env=hdnd_on_path,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    follow(story("Five minutes for a journalist"), hdnd_on_path, {"$PWD/.demo": str(home)})


def test_every_command_of_the_readme_is_tried() -> None:
    typed = [
        one
        for reader in ("an archivist", "a journalist")
        for one in story(f"Five minutes for {reader}")
    ]
    assert README.read_text("utf-8").count("\n$ ") == len(typed)
    assert sum(bool(one.below) for one in typed) >= 9
