"""One reader for all tests of a file; the fonts that their papers are printed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.extraction.attachments.reader import AttachmentReader


@pytest.fixture(scope="module")
def reader() -> Iterator[AttachmentReader]:
    with AttachmentReader() as opened:
        yield opened


@pytest.fixture(scope="session", autouse=True)
def _printed(paper_fonts: None) -> None:
    """Every paper here is printed."""
