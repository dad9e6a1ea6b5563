"""A full disk is called one, status 10, by every command; nothing is called damaged for it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.ground.home import Home
from hdnd.usecases.verifying import verification
from support.hdnd import run_hdnd

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")


@pytest.fixture
def small(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={request.param}", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let root mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize(
    ("form", "small"),
    [("backup", "300k"), ("wacz", "300k"), ("bagit", "16k"), ("jsonl", "16k")],
    indirect=["small"],
)
def test_a_target_without_room_is_status_10_and_leaves_nothing(
    copy_of_demo: Path, small: Path, form: str
) -> None:
    target = small / "out"
    command = ["backup", str(target)] if form == "backup" else ["export", "--format", form]
    if form != "backup":
        command += ["--to", str(target)]
    done = run_hdnd(*command, "--home", str(copy_of_demo))
    if done.status == 0:
        assert target.exists()
        return
    assert done.status == 10, done.err
    assert "rebuild" not in done.err
    assert list(small.iterdir()) == []
    assert list(verification(Home(copy_of_demo), lambda _: None).damages()) == []


@pytest.mark.parametrize(
    ("command", "small"),
    [("verify", "16k"), ("verify", "300k"), ("export", "16k")],
    indirect=["small"],
)
def test_a_temporary_folder_without_room_is_no_damage(
    copy_of_demo: Path, tmp_path: Path, small: Path, command: str
) -> None:
    more = ["--format", "wacz", "--to", str(tmp_path / "out.wacz")] if command == "export" else []
    env = {"TMPDIR": str(small), "SQLITE_TMPDIR": str(small)}
    done = run_hdnd(command, *more, "--home", str(copy_of_demo), env=env)
    assert done.status in (0, 10), done.out + done.err
    assert list(small.iterdir()) == []


@pytest.mark.parametrize("small", ["16m"], indirect=True)
@pytest.mark.parametrize(
    ("command", "left"), [("rebuild", 150_000), ("repair", 0), ("index", 150_000)]
)
def test_a_full_disk_leaves_the_archive_as_it_was(
    copy_of_demo: Path, small: Path, command: str, left: int
) -> None:
    home = small / "home"
    try:
        shutil.copytree(copy_of_demo, home)
    except shutil.Error:
        pytest.skip("the sample archive is larger than this disk")
    if command == "repair":
        (home / "catalogue.sqlite").write_bytes(b"no database " * 100)
    room = os.statvfs(small)
    with (small / "filler").open("wb") as filler:
        filler.write(bytes(max(room.f_bavail * room.f_bsize - left, 0)))
    done = run_hdnd(command, "--home", str(home))
    assert done.status in (0, 10), done.out + done.err
    (small / "filler").unlink()
    assert run_hdnd(command, "--home", str(home)).status == 0
    assert list(verification(Home(home), lambda _: None, deep=True).damages()) == []
