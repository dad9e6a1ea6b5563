"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """Folders of real pages and articles, which are no part of the project.

    They lie in `$HDND_SHARED`, else in `../shared` beside the project. Without them a test skips;
    under continuous integration it fails.
    """
    root = Path(os.environ.get("HDND_SHARED") or Path(__file__).parents[2] / "shared")

    def folder(name: str) -> Path:
        if not (root / name).is_dir():
            message = f"there is no folder of real {name} here: name its parent in HDND_SHARED"
            if os.environ.get("CI") == "true":
                pytest.fail(message)
            pytest.skip(message)
        return root / name

    return folder
