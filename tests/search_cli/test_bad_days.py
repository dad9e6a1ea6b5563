"""The page for bad days, tried: each case is brought about, and what is printed is compared."""

from __future__ import annotations

import re
import shlex
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archive.ground.home import Home
from archive.warc import manifest
from archive.warc.segments import walk
from support.hdnd import Demo, run_hdnd

PAGE = Path(__file__).parents[2] / "docs" / "when-something-goes-wrong.md"
STATUSES = {0, 6, 7, 8, 12, 13}
"""Those that a bad day ends with; never 70."""


@dataclass
class Step:
    command: str
    printed: list[str] = field(default_factory=list)


def cases() -> dict[str, list[list[Step]]]:
    """The blocks of commands below each heading of the page."""
    found: dict[str, list[list[Step]]] = {}
    heading, inside = "", False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:]
            found[heading] = []
        elif line.startswith("    $ hdnd "):
            if not inside:
                found[heading].append([])
            found[heading][-1].append(Step(line[11:]))
            inside = True
        elif line.startswith("    ") and inside:
            found[heading][-1][-1].printed.append(line[4:])
        else:
            inside = False
    return {heading: blocks for heading, blocks in found.items() if blocks}


def segment(home: Path) -> Path:
    (path,) = (home / "warc").glob("hdnd-*.warc.gz")
    return path


def lose_segment(home: Path) -> None:
    segment(home).unlink()


def flip_byte(home: Path) -> None:
    """One byte of the page of an article."""
    path = segment(home)
    pages = (
        m for m in walk(path) if b"WARC-Type: response" in m.data and b"view_content" in m.data
    )
    page = next(pages)
    data = bytearray(path.read_bytes())
    data[page.offset + page.length // 2] ^= 8
    path.write_bytes(data)


def lose_catalogue(home: Path) -> None:
    for path in home.glob("catalogue.sqlite*"):
        path.unlink()


def lose_index(home: Path) -> None:
    shutil.rmtree(home / "index")


def lose_manifest(home: Path) -> None:
    (home / "manifest.jsonl").unlink()


def pull_the_plug(home: Path) -> None:
    path = segment(home)
    path.with_name(path.name + ".open").write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    path.unlink()
    (home / "manifest.jsonl").unlink()


def copy_by_hand(home: Path) -> None:
    shutil.copy(segment(home), home / "warc" / "copy-of.warc.gz")


def write_by_a_newer_release(home: Path) -> None:
    with sqlite3.connect(home / "catalogue.sqlite") as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE name = 'format'")


def nothing(home: Path) -> None:
    pass


DAMAGE: dict[str, list[Callable[[Path], None]]] = {
    "What is wrong?": [nothing],
    "The disk is dead": [nothing],
    "A WARC file is lost": [lose_segment],
    "A WARC file is damaged": [flip_byte],
    "The catalogue is gone or broken": [lose_catalogue],
    "The search index is gone or broken": [lose_index],
    "The manifest is gone": [lose_manifest],
    "The power failed": [pull_the_plug],
    "The folder moved to another machine, or was copied by hand": [nothing, copy_by_hand],
    "The program was upgraded": [write_by_a_newer_release],
    "Somebody hands over an archive": [nothing],
    "A court orders that an article be taken down": [nothing],
    "A court orders that an article be deleted": [nothing],
}
"""What brings about each block of commands."""


@pytest.fixture(scope="module")
def copy(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("copy") / "copy"
    assert run_hdnd("backup", str(target), home=demo.home).status == 0
    return target


def test_every_case_of_the_page_is_tried() -> None:
    assert {heading: len(blocks) for heading, blocks in cases().items()} == {
        heading: len(damages) for heading, damages in DAMAGE.items()
    }


def blocks() -> Iterator[tuple[str, int]]:
    for heading, damages in DAMAGE.items():
        yield from ((heading, number) for number in range(len(damages)))


@pytest.mark.parametrize(("heading", "number"), list(blocks()))
def test_what_the_page_says_is_printed(
    copy_of_demo: Path, copy: Path, tmp_path: Path, heading: str, number: int
) -> None:
    backup = Path(shutil.copytree(copy, tmp_path / "backup"))
    names = {
        "COPY": str(backup),
        "HEAD": manifest.head(Home(copy_of_demo)) or "",
        "ID": an_article(copy_of_demo),
    }
    DAMAGE[heading][number](copy_of_demo)
    for step in cases()[heading][number]:
        arguments = [names.get(word, word) for word in shlex.split(step.command)]
        done = run_hdnd(*arguments, home=copy_of_demo)
        said = done.out + done.err
        assert done.status in STATUSES, said
        for line in step.printed:
            pattern = ".*".join(re.escape(part.strip()) for part in line.strip().split("…"))
            assert re.search(pattern, said), f"{step.command}: {line!r} not in:\n{said}"


def an_article(home: Path) -> str:
    with sqlite3.connect(home / "catalogue.sqlite") as connection:
        (row,) = connection.execute("SELECT id FROM article ORDER BY id LIMIT 1")
    return str(row[0])
