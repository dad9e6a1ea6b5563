"""The real pages are no part of the project: their tests skip without them, but not under CI."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(("ci", "status", "said"), [("true", 1, "1 error"), ("", 0, "1 skipped")])
def test_a_missing_folder_is_a_skip_and_under_ci_a_failure(tmp_path, ci, status, said):
    name = "tests/crawler/test_real_pages.py"
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pytest", "-p", "no:cacheprovider", name, "-k", "twenty_six"],
        cwd=ROOT,
        env={**os.environ, "HDND_SHARED": str(tmp_path), "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == status, done.stdout
    assert said in done.stdout
