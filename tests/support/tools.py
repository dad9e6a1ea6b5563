"""Programs of others that our exports must please, in an environment of their own.

`HDND_TEST_TOOLS` is the folder of its programs, made with `pip install` of wacz 0.6, bagit 1.9,
cdxj-indexer 1.5, fastwarc 2.0 and pywb 2.10. Without it the tests that need them are skipped, but
not where continuous integration runs.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest


def tool(name: str) -> Path:
    """The path of one of these programs."""
    folder = os.environ.get("HDND_TEST_TOOLS")
    if folder:
        return Path(folder, name)
    if os.environ.get("CI"):
        pytest.fail("HDND_TEST_TOOLS does not name the folder of wacz, bagit, cdxj-indexer, pywb")
    pytest.skip("HDND_TEST_TOOLS names no folder of wacz, bagit, cdxj-indexer and pywb")


def run_tool(name: str, *arguments: str | Path, cwd: Path | None = None) -> str:
    """Run it; what it wrote to stdout. It must succeed."""
    ran = subprocess.run(
        [tool(name), *map(str, arguments)], cwd=cwd, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
