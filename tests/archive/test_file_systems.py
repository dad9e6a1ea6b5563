"""A file system of a network is known by what Linux says of the mount."""

from __future__ import annotations

import errno
import fcntl
import os
from dataclasses import replace
from pathlib import Path

import pytest

from archive import store
from archive.ground.errors import StorageFailed
from archive.ground.file_systems import network_file_system
from archive.ground.home import Home
from archive.store import Archive
from crawler import Extractor
from hdnd.usecases.reading import status
from hdnd.views.status import status_json
from search_cli.status_view import status_lines

LINES = """\
22 27 0:21 / /proc rw,relatime shared:5 - proc proc rw
31 27 {number} / /srv/archives rw,relatime shared:9 master:2 - {kind} {source} rw,hard,sync
40 27 0:99 / /mnt rw - nfs4 other:/ rw
"""


def mounts(folder: Path, kind: str) -> Path:
    device = folder.stat().st_dev
    number = f"{os.major(device)}:{os.minor(device)}"
    path = folder / "mountinfo"
    path.write_text(LINES.format(number=number, kind=kind, source="host:/all"), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "fuse.sshfs", "9p"])
def test_a_mount_from_another_machine_is_named(tmp_path: Path, kind: str) -> None:
    assert network_file_system(tmp_path, mounts=mounts(tmp_path, kind)) == kind


@pytest.mark.parametrize("kind", ["ext4", "xfs", "ceph", "overlay"])
def test_a_disk_is_none(tmp_path: Path, kind: str) -> None:
    assert network_file_system(tmp_path, mounts=mounts(tmp_path, kind)) is None


def test_what_cannot_be_known_is_none(tmp_path: Path) -> None:
    assert network_file_system(tmp_path / "nowhere") is None
    assert network_file_system(tmp_path, mounts=tmp_path / "nowhere") is None
    (tmp_path / "odd").write_bytes(b"\xff\n - \n1 2 - \n\n")
    assert network_file_system(tmp_path, mounts=tmp_path / "odd") is None


def test_who_writes_there_and_who_asks_for_the_state_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    home = Home(tmp_path / "home")
    with Archive(home, Extractor()):
        pass
    assert not caplog.records
    monkeypatch.setattr(store, "network_file_system", lambda path: "nfs4")
    with Archive(home, Extractor()):
        pass
    (record,) = caplog.records
    assert (record.levelname, record.__dict__["reason"]) == ("WARNING", "nfs4")

    held = status(home)
    assert status_json(held)["network_file_system"] is None
    assert not any("network" in line for line in status_lines(held))
    there = replace(held, network="nfs4")
    assert status_json(there)["network_file_system"] == "nfs4"
    assert "(nfs4)" in list(status_lines(there))[-1]


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.ENOLCK])
def test_where_nothing_can_be_locked_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """No file in place of the lock: one that a killed process left would hold for good."""

    def flock(file: int, how: int) -> None:
        raise OSError(code, os.strerror(code))

    home = Home(tmp_path / "home")
    with Archive(home, Extractor()):
        pass
    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(StorageFailed) as refused, Archive(home, Extractor()):
        pass
    assert os.strerror(errno.ENOLCK) in str(refused.value)
