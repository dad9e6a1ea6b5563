"""One reader for all tests of a file; the programs that some of them need."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from crawler.extraction.attachments.reader import AttachmentReader
from support import papers


@pytest.fixture(scope="module")
def reader() -> Iterator[AttachmentReader]:
    with AttachmentReader() as opened:
        yield opened


@pytest.fixture(scope="session", autouse=True)
def fonts() -> None:
    """The fonts that papers are printed in (Debian: fonts-liberation2)."""
    if not papers.has_fonts():
        _missing("there are no Liberation fonts here: install fonts-liberation2")


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
        _missing("there is no tesseract with Vietnamese here: install tesseract-ocr-vie")


def _missing(message: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
