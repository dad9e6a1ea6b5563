"""A long command ends when it is asked to, leaves nothing behind, and lets no other user write."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path
from threading import Timer
from typing import TextIO

import pytest

from archive.ground.scratch import scratch_folder
from support.foreign import Warc
from support.hdnd import Demo, command_line, environment
from support.keeping import page


def large_import(folder: Path) -> Path:
    """A file that takes some seconds to import."""
    warc = Warc()
    for number in range(3000):
        warc.response(f"/{number}", page(f"Bài {number}"))
    return warc.save(folder / "x.warc.gz")


def begin(*arguments: str, home: Path, scratch: Path) -> subprocess.Popen[bytes]:
    scratch.mkdir(exist_ok=True)
    env = environment(home, TMPDIR=str(scratch))
    return subprocess.Popen(
        command_line(*arguments), env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def wait_until(happens: Path, pattern: str) -> None:
    for _ in range(600):
        if any(happens.glob(pattern)):
            return
        time.sleep(0.02)
    pytest.fail(f"no {pattern} in {happens}")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_long_command_that_is_asked_to_end_does_so_as_with_ctrl_c(
    copy_of_demo: Path, tmp_path: Path, number: signal.Signals
) -> None:
    before = {path.name for path in (copy_of_demo / "warc").iterdir()}
    for site in copy_of_demo.glob("sites/*.toml"):
        site.unlink()
    path = large_import(tmp_path)
    (copy_of_demo / "sites").mkdir(exist_ok=True)
    (copy_of_demo / "sites" / "mau.toml").write_text(
        'id = "mau"\nname = "Mẫu"\nhost = "mau.example"\nplatform = "liferay"\n'
        '[categories]\n"/tin" = "Tin"\n',
        encoding="utf-8",
    )
    process = begin("import", "--quiet", str(path), home=copy_of_demo, scratch=tmp_path / "scratch")
    wait_until(copy_of_demo / "warc", "hdnd-*.open")
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert b"interrupted" in said
    assert list((tmp_path / "scratch").iterdir()) == []
    assert before <= {path.name for path in (copy_of_demo / "warc").iterdir()}


def test_what_a_killed_process_left_in_the_temporary_folder_goes_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = tmp_path / "hdnd-scratch-left"
    left.mkdir()
    (left / "held").touch()
    (left / "catalogue.sqlite").touch()
    with scratch_folder() as one, scratch_folder() as other:
        assert one.is_dir()
        assert other.is_dir()
        assert not left.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_another_process_cleared_before_it_was_held_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made: list[Path] = []

    def make(*how: str | None) -> str:
        made.append(Path(really_make(*how)))
        if len(made) == 1:
            held = (made[0] / "held").open("w")
            fcntl.flock(held, fcntl.LOCK_EX)
            Timer(0.1, clear, [held]).start()
        return str(made[-1])

    def clear(held: TextIO) -> None:
        shutil.rmtree(made[0])
        held.close()

    really_make = tempfile.mkdtemp
    monkeypatch.setattr("tempfile.mkdtemp", make)
    with scratch_folder() as folder:
        assert folder == made[1]
        assert folder.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_an_export_leaves_nothing_in_the_temporary_folder_even_if_it_is_killed(
    demo: Demo, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    target = tmp_path / "x.wacz"
    process = begin(
        "export", "--format", "wacz", "--to", str(target), home=demo.home, scratch=scratch
    )
    wait_until(tmp_path, "x.wacz*")
    process.kill()
    process.wait()
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(("umask", "mode"), [(0o000, 0o644), (0o022, 0o644), (0o077, 0o600)])
def test_no_other_user_may_write_to_an_archive(tmp_path: Path, umask: int, mode: int) -> None:
    home = tmp_path / "home"
    process = subprocess.run(
        command_line("demo", "--home", str(home)),
        env=environment(),
        umask=umask,
        capture_output=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in home.rglob("*")}
    assert {m for path, m in modes.items() if path.is_file()} <= {mode, mode & 0o600}
    assert not any(m & 0o022 for m in modes.values())
    assert os.access(home, os.W_OK)
