"""A wheel is told by its commit: built twice it is the same bytes."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("archive", "council", "crawler", "hdnd", "indexer", "search_cli", "web_reader", "docs")
FILES = ("pyproject.toml", "setup.py", "README.md", "LICENSE")


def wheel(folder: Path, umask: int) -> str:
    for part in PARTS:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / part, folder / part, symlinks=True, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
        (folder / name).chmod(0o666 & ~umask)
    before = os.umask(umask)
    try:
        subprocess.run(
            [sys.executable, "-m", "build", "--wheel", "--outdir", folder / "dist", folder],
            check=True,
            capture_output=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1767225600"},
        )
    finally:
        os.umask(before)
    (built,) = (folder / "dist").glob("*.whl")
    return hashlib.sha256(built.read_bytes()).hexdigest()


@pytest.mark.soak
def test_two_wheels_of_one_commit_are_the_same_bytes(tmp_path: Path) -> None:
    assert wheel(tmp_path / "a", 0o022) == wheel(tmp_path / "b", 0o077)
