"""Folders, named pipes, devices and links to nowhere in place of files: named, never opened."""

import os
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.backup import back_up
from archive.export import Selection, selected, to_json_lines
from archive.fixity.check_log import last_checks, log_check
from archive.fixity.repair import repair
from archive.fixity.verify import Verification
from archive.ground.errors import ArchiveDamaged, HdndError, StorageFailed
from archive.ground.home import Home
from archive.ground.lock import WriterLock
from archive.reading import ArchiveReader
from archive.store import Archive
from hdnd.usecases import watch_files
from hdnd.usecases.known_trouble import weigh_trouble
from support.codes import english
from support.keeping import JsonExtract, exchange, keep, page, writing

KINDS: dict[str, Callable[[Path], object]] = {
    "link to nowhere": lambda path: path.symlink_to("/nowhere/at/all"),
    "folder": lambda path: path.mkdir(),
    "named pipe": lambda path: os.mkfifo(path),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "link": lambda path: path.symlink_to(str(path).partition("/home/")[0] + "/outside"),
}
PLACES = (
    "catalogue.sqlite",
    "catalogue.sqlite-wal",
    "manifest.jsonl",
    "frontier.sqlite",
    "lock",
    "lock.holder",
    "checks.jsonl",
    "known-trouble.json",
    "derived/facts.sqlite",
    "derived/facts.lock",
    "index/1.seg",
    "index-versions/TOC",
)


@pytest.fixture(autouse=True)
def nothing_hangs() -> Iterator[None]:
    signal.alarm(60)
    yield
    signal.alarm(0)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    for night in range(2):
        with writing(home) as (archive, run):
            keep(archive, run, exchange("/a", page(f"Đêm {night}", id="1"), minutes=night))
    return home


def put(path: Path, kind: str) -> None:
    path.unlink(missing_ok=True)
    KINDS[kind](path)


def everything(home: Home, target: Path) -> Iterator[Callable[[], object]]:
    def read() -> object:
        with ArchiveReader.open(home) as reader:
            return reader.status()

    def write() -> None:
        with Archive(home, JsonExtract()):
            pass

    def export() -> str:
        with ArchiveReader.open(home) as reader, selected(reader, Selection()) as chosen:
            return "".join(to_json_lines(chosen))

    yield from (read, write, export)
    yield lambda: back_up(home, target)


def mend(home: Home) -> object:
    return repair(home, JsonExtract())


PAIRS = [
    pytest.param(place, kind, marks=() if (a + b) % 3 == 0 else pytest.mark.soak)
    for a, place in enumerate(PLACES)
    for b, kind in enumerate(KINDS)
]


@pytest.mark.parametrize(("place", "kind"), PAIRS)
def test_whatever_lies_in_place_of_a_file_is_named_and_moved_aside(home, tmp_path, place, kind):
    (outside := tmp_path / "outside").write_text("mine")
    (home.path / place).parent.mkdir(exist_ok=True)
    put(home.path / place, kind)
    (damage,) = Verification(home, JsonExtract()).damages()
    assert damage.file == place
    assert damage.remedy
    for act in everything(home, tmp_path / "copy"):
        with pytest.raises((ArchiveDamaged, StorageFailed)) as caught:
            act()
        assert place in english(caught.value.said)
        assert caught.value.hint
    assert "hdnd repair" in english(damage.remedy)
    mend(home)
    assert list(Verification(home, JsonExtract()).damages()) == []
    assert outside.read_text() == "mine"


@pytest.mark.parametrize("kind", ["link", "named pipe"])
def test_what_a_person_wrote_is_a_plain_file_too(home, tmp_path, kind):
    (outside := tmp_path / "outside").write_text("mine")
    watch = ("watches/tim.json", "watches/tim.jsonl", "watches.lock")
    places = ("people.tsv", "sites/mau.toml", *watch)
    for place in places:
        (home.path / place).parent.mkdir(exist_ok=True)
        put(home.path / place, kind)
    assert {damage.file for damage in Verification(home).damages()} == {*places}
    for act in everything(home, tmp_path / "copy"):
        with pytest.raises(ArchiveDamaged):
            act()
    for act in (lambda: watch_files.watches(home), lambda: watch_files.watch(home, "tim")):
        with pytest.raises(ArchiveDamaged, match=r"tim\.json"):
            act()
    with pytest.raises(ArchiveDamaged), WriterLock(home.watches_lock):
        pass
    mend(home)
    assert list(Verification(home).damages()) == []
    assert outside.read_text() == "mine"


@pytest.mark.parametrize("kind", KINDS)
def test_notes_are_not_read_and_not_written_where_something_else_lies(home, tmp_path, kind):
    (outside := tmp_path / "outside").write_text("mine")
    for path in (home.checks, home.known_trouble):
        put(path, kind)
    assert last_checks(home) == []
    moment = datetime.now(UTC)
    about = {
        "deep": False,
        "since": 0,
        "segments": ["hdnd-000001-20240305021500-a.warc.gz"],
        "read": (1, 1),
        "head": None,
        "damages": 0,
    }
    assert not log_check(home, began=moment, ended=moment, **about)
    assert weigh_trouble(home, [], [], moment) == {}
    assert outside.read_text() == "mine"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["hdnd-000009-20240101000000-mau.warc.gz", "x", "b\udcff.warc.gz"])
def test_whatever_lies_among_the_segments_is_moved_aside(home, tmp_path, name, kind):
    put(home.warc / name, kind)
    (damage,) = Verification(home, JsonExtract()).damages()
    assert (damage.file, bool(damage.remedy)) == (name, True)
    for act in (*everything(home, tmp_path / "copy"), lambda: mend(home)):
        try:
            act()
        except HdndError as error:
            assert name in english(error.said) or "lacks" in english(error.said)  # noqa: PT017
    assert [path.name for path in home.warc.iterdir() if path.name == name] == []
    assert list(Verification(home, JsonExtract()).damages()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_segment_in_whose_place_something_else_lies_is_lost_and_named(home, tmp_path, kind):
    first = sorted(home.warc.iterdir())[0]
    put(first, kind)
    assert {damage.file for damage in Verification(home).damages()} == {first.name}
    with pytest.raises(ArchiveDamaged) as caught:
        back_up(home, tmp_path / "copy")
    assert first.name in english(caught.value.said)
    done = repair(home, JsonExtract())
    assert [damage.file for damage in done.unmended] == [first.name]
