"""What all tests share."""

from __future__ import annotations

import os
import shutil
import subprocess
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


@pytest.fixture(scope="session")
def paper_fonts() -> None:
    """The fonts that papers are printed in (Debian: fonts-liberation2)."""
    from support import papers

    if not papers.has_fonts():
        _is_missing("there are no Liberation fonts here: install fonts-liberation2")


@pytest.fixture(scope="session")
def tesseract() -> None:
    """Tesseract with Vietnamese (Debian: tesseract-ocr, tesseract-ocr-vie)."""
    found = shutil.which("tesseract")
    languages = (
        subprocess.run([found, "--list-langs"], capture_output=True, text=True, check=False).stdout
        if found
        else ""
    )
    if "vie" not in languages.split():
        _is_missing("there is no tesseract with Vietnamese here: install tesseract-ocr-vie")


def _is_missing(message: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def pytest_configure(config: pytest.Config) -> None:
    """Commands in this process speak English; catalogues are compiled before any worker reads."""
    os.environ["HDND_LANG"] = "en"
    if not hasattr(config, "workerinput"):
        from support.catalogues import ROOT, compile_all

        compile_all(ROOT / "hdnd" / "messages" / "locale")
