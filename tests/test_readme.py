"""The stories of the README and of the guides, typed as they stand, come to what stands below them.

`…` stands for whatever is there on its line, and on a line of its own for any lines.
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crawler.sample_portal import SamplePortal, bundled_articles
from support.hdnd import environment

ROOT = Path(__file__).parents[1]
FOR_ARCHIVISTS = [
    ("README.md", "Five minutes for an archivist"),
    ("README.vi.md", "Năm phút cho người làm lưu trữ"),
]
FOR_JOURNALISTS = [
    ("README.md", "Five minutes for a journalist"),
    ("README.vi.md", "Năm phút cho nhà báo"),
]
GUIDES = [("docs/huong-dan-nha-bao.md", ""), ("docs/huong-dan-luu-tru.md", "")]
_COLUMNS = "100"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Typed:
    """A command of a story, and what stands below it."""

    command: str
    below: list[str] = field(default_factory=list)


def story(page: str, title: str = "") -> list[Typed]:
    """The commands of a chapter, or of a whole page, in order."""
    text = (ROOT / page).read_text("utf-8")
    if title:
        text = text.split(f"\n## {title}\n")[1].split("\n## ")[0]
    typed: list[Typed] = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
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


@pytest.fixture(scope="module")
def hdnd_on_path() -> dict[str, str]:
    env = environment()
    return {**env, "PATH": f"{Path(sys.executable).parent}:{env['PATH']}"}


@pytest.fixture(scope="module")
def demo(hdnd_on_path: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("readme") / "demo"
    subprocess.run(
        ["hdnd", "--home", str(home), "demo"],
        env=hdnd_on_path,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return home


@pytest.fixture
def portal() -> Iterator[SamplePortal]:
    with SamplePortal(bundled_articles()) as portal:
        yield portal


@pytest.mark.parametrize(("page", "title"), FOR_ARCHIVISTS)
def test_the_archivists_story(
    hdnd_on_path: dict[str, str], portal: SamplePortal, tmp_path: Path, page: str, title: str
) -> None:
    stand_ins = {"127.0.0.1:8000": portal.host, "~/hdnd-trial": str(tmp_path / "trial")}
    follow(story(page, title), hdnd_on_path, stand_ins)


@pytest.mark.parametrize(("page", "title"), [*FOR_JOURNALISTS, *GUIDES])
def test_what_is_asked_of_the_sample_archive(
    hdnd_on_path: dict[str, str], demo: Path, tmp_path: Path, page: str, title: str
) -> None:
    home = shutil.copytree(demo, tmp_path / "demo")
    stand_ins = {"$PWD/.demo": str(home), "~/hdnd-sao-luu": str(tmp_path / "copy")}
    follow(story(page, title), hdnd_on_path, stand_ins)


def test_every_command_of_a_page_is_tried_and_much_of_what_is_printed_stands_there() -> None:
    stories = [*FOR_ARCHIVISTS, *FOR_JOURNALISTS, *GUIDES]
    for page in {page for page, _ in stories}:
        typed = [one for where, title in stories if where == page for one in story(where, title)]
        assert (ROOT / page).read_text("utf-8").count("\n$ ") == len(typed)
        assert sum(bool(one.below) for one in typed) >= 9
