"""What is there is found: under another name, as a copy, in a backup; what is gone is named."""

import random
import shutil
from pathlib import Path

import pytest

from archive.backup import back_up
from archive.fixity.damage import DamagedPart
from archive.fixity.repair import repair
from archive.fixity.repaired import Repaired
from archive.fixity.verify import Verification
from archive.ground.home import Home
from archive.model import Outcome, Role
from archive.warc import manifest
from support.codes import english
from support.keeping import JsonExtract, dump_of, exchange, keep, page, writing
from support.warcs import records


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Three closed segments; article 3 never changes, the others every night."""
    home = Home(tmp_path / "home")
    for night in range(3):
        with writing(home) as (archive, run):
            for number in range(4):
                said = f"Đêm {night}." if number < 3 else "Như cũ."
                body = page(f"Bài {number}", id=str(number), blocks=[said])
                keep(archive, run, exchange(f"/{number}", body, minutes=night * 1440 + number))
            keep(archive, run, exchange("/a.doc", b"a file", role=Role.ATTACHMENT))
            run.note("https://mau.example/x", Role.ARTICLE, Outcome.FAILED, "timeout", None)
    return home


def segments(home: Home) -> list[Path]:
    return sorted(home.warc.iterdir())


def flip(path: Path, at: int, bit: int = 0) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << bit
    path.write_bytes(data)


def found(home: Home) -> list[tuple[DamagedPart, str, str]]:
    damages = Verification(home, JsonExtract()).damages()
    return [(damage.part, damage.file, english(damage.what)) for damage in damages]


def mend(home: Home, source: Home | None = None) -> Repaired:
    done = repair(home, JsonExtract(), source=source)
    assert not repair(home, JsonExtract()).anything or done.unmended
    return done


@pytest.mark.parametrize("name", ["hdnd-000009-20240101000000-mau.warc.gz", "x.warc.gz", "old"])
def test_a_segment_under_another_name_gets_its_own_back(home, name):
    before, path = dump_of(home), segments(home)[1]
    head = manifest.head(home)
    path.rename(path.with_name(name))
    assert found(home) == [(DamagedPart.SEGMENT, path.name, f"it lies here as warc/{name}")]
    done = mend(home)
    assert done.put_right == [(name, path.name)]
    assert (done.unmended, done.lost, done.salvaged, done.catalogue_rebuilt) == ([], [], [], False)
    assert (dump_of(home), found(home), manifest.head(home)) == (before, [], head)


def test_a_segment_that_lies_aside_is_brought_back(home):
    before, path = dump_of(home), segments(home)[1]
    home.aside.mkdir()
    path.rename(home.aside / path.name)
    assert mend(home).put_right == [(path.name, path.name)]
    assert (dump_of(home), found(home)) == (before, [])


@pytest.mark.parametrize("name", ["hdnd-000009-20240101000000-mau.warc.gz", "copy of it.warc.gz"])
@pytest.mark.parametrize("opened", [False, True])
def test_a_stray_copy_of_a_segment_is_moved_aside_and_nothing_is_made_anew(home, name, opened):
    before, path = dump_of(home), segments(home)[0]
    shutil.copy(path, path.with_name(name))
    if opened:
        with writing(home):
            pass
        before = dump_of(home)
    assert (DamagedPart.SEGMENT, name, f"it is a copy of {path.name}") in found(home)
    done = mend(home)
    assert done.moved_aside == [name]
    assert (home.aside / name).read_bytes() == path.read_bytes()
    assert (done.unmended, done.lost, done.salvaged) == ([], [], [])
    assert (dump_of(home), found(home)) == (before, [])


def test_what_is_no_segment_is_moved_aside(home):
    (home.warc / "notes.txt").write_text("mine")
    (home.warc / "folder").mkdir()
    done = mend(home)
    assert done.moved_aside == ["folder", "notes.txt"]
    assert (home.aside / "notes.txt").read_text() == "mine"
    assert (done.unmended, found(home)) == ([], [])


@pytest.mark.parametrize("seed", range(40))
def test_a_manifest_with_a_flipped_bit_is_put_back_as_it_was(home, seed):
    chance = random.Random(seed)
    before, whole = dump_of(home), home.manifest.read_bytes()
    files = {path: path.read_bytes() for path in segments(home)}
    flip(home.manifest, chance.randrange(len(whole)), chance.randrange(8))
    assert {part for part, _, _ in found(home)} == {DamagedPart.MANIFEST}
    done = mend(home)
    assert (done.manifest_restored, done.unmended, done.lost) == (True, [], [])
    assert home.manifest.read_bytes() == whole
    assert {path: path.read_bytes() for path in segments(home)} == files
    assert (dump_of(home), found(home)) == (before, [])


def test_a_size_that_was_changed_in_the_last_line_is_the_manifests_damage(home):
    whole = home.manifest.read_bytes()
    flip(home.manifest, len(whole) - 3)
    assert {part for part, _, _ in found(home)} == {DamagedPart.MANIFEST}
    done = mend(home)
    assert (done.manifest_restored, done.unmended, done.lost) == (True, [], [])
    assert (home.manifest.read_bytes(), found(home)) == (whole, [])


def test_a_lost_segment_is_one_damage_and_each_of_its_captures_is_named(home):
    path = segments(home)[1]
    path.unlink()
    assert found(home) == [(DamagedPart.SEGMENT, path.name, "the file is lost")]
    done = mend(home)
    assert [damage.file for damage in done.unmended] == [path.name]
    assert [(one.url[-5:], one.article, one.others) for one in done.lost] == [
        ("ple/0", "mau-0", 2),
        ("ple/1", "mau-1", 2),
        ("ple/2", "mau-2", 2),
        ("ple/3", "mau-3", 2),
        ("a.doc", None, 0),
    ]


def test_a_flipped_bit_is_named_with_the_article_that_it_cost_and_nothing_else_is(home):
    path = segments(home)[1]
    response = next(r for r in records(path) if r.type == "response" and r.url.endswith("/2"))
    flip(path, response.offset + response.length // 2)
    damages = list(Verification(home, JsonExtract()).damages())
    assert {damage.file for damage in damages} == {path.name}
    assert (damages[0].article, damages[0].others) == ("mau-2", 2)
    done = mend(home)
    assert [(one.url[-5:], one.article, one.others) for one in done.lost] == [("ple/2", "mau-2", 2)]
    assert (done.unmended, found(home)) == ([], [])


@pytest.mark.parametrize("what", ["lost", "flipped", "cut", "all", "manifest"])
def test_a_backup_gives_back_what_it_can_prove(home, tmp_path, what):
    before, files = dump_of(home), {path: path.read_bytes() for path in segments(home)}
    head = manifest.head(home)
    back_up(home, tmp_path / "copy")
    first, second, third = segments(home)
    if what == "lost":
        first.unlink()
    elif what == "flipped":
        flip(second, 3000)
    elif what == "cut":
        third.write_bytes(third.read_bytes()[:-100])
    elif what == "all":
        for path in (first, second, third):
            path.unlink()
    else:
        home.manifest.unlink()
        second.unlink()
    done = mend(home, Home(tmp_path / "copy"))
    assert (done.unmended, done.lost, done.salvaged) == ([], [], [])
    assert {path: path.read_bytes() for path in segments(home)} == files
    assert (dump_of(home), found(home), manifest.head(home)) == (before, [], head)


def test_a_backup_whose_segment_is_another_is_not_believed(home, tmp_path):
    back_up(home, tmp_path / "copy")
    copy, path = Home(tmp_path / "copy"), segments(home)[1]
    flip(copy.warc / path.name, 500)
    path.unlink()
    done = mend(home, copy)
    assert (done.brought_back, [damage.file for damage in done.unmended]) == ([], [path.name])


def test_a_manifest_that_names_a_place_outside_moves_nothing_there(home, tmp_path):
    path = segments(home)[0]
    data = home.manifest.read_bytes()
    home.manifest.write_bytes(data.replace(path.name.encode(), b"../../payload.sh"))
    mend(home)
    assert not (tmp_path / "payload.sh").exists()
    assert path.exists()
