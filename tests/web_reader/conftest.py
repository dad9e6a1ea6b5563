"""One archive and one real server for all that is said of the reader's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.sample_portal.font import lozenge_font
from hdnd.messages.catalogues import LOCALE
from hdnd.usecases.watching import add_watch
from hdnd.usecases.withholding import withhold
from support.catalogues import compile_all
from support.chronicle import DAY, Chronicle
from support.hdnd import run_hdnd
from support.listener import Listener, listening
from support.reader import Visited
from support.reader_story import (
    EDITED,
    FACTS,
    FONT_URL,
    GONE,
    HOSTILE,
    HOSTILE_URL,
    STYLE,
    STYLE_URL,
    WITHHELD,
    hostile_page,
)


@pytest.fixture(scope="session")
def listener() -> Iterator[Listener]:
    """Somebody outside, who should hear nothing."""
    with listening() as listener:
        yield listener


@pytest.fixture(scope="session")
def chronicle(tmp_path_factory: pytest.TempPathFactory, listener: Listener) -> Iterator[Chronicle]:
    """Articles that were edited, went away, are withheld, mean harm, have facts and files."""
    compile_all(Path(LOCALE))
    articles = [EDITED, GONE, WITHHELD, HOSTILE, FACTS]
    with Chronicle(tmp_path_factory.mktemp("reader") / "home", articles) as chronicle:
        chronicle.visit()
        shorter = replace(EDITED, paragraphs=("Có 15 đại biểu dự họp.",), views=500)
        chronicle.publish(shorter)
        del chronicle.portal.articles[GONE.asset_id]
        for _ in range(3):
            chronicle.visit(after=8 * DAY)
        chronicle.keep(HOSTILE_URL, hostile_page(listener.address).encode())
        chronicle.keep(FONT_URL, lozenge_font(), "font/ttf")
        chronicle.keep(STYLE_URL, STYLE.encode(), "text/css")
        assert run_hdnd("index", home=chronicle.home.path).status == 0
        add_watch(chronicle.home, ["họp"], name="hop", edits=True)
        withhold(chronicle.home, chronicle.id_of(WITHHELD), reason="a person asked for it")
        yield chronicle


@pytest.fixture(scope="session")
def reader(chronicle: Chronicle) -> Iterator[Visited]:
    """The archive on a real server on loopback."""
    with Visited(chronicle.home) as visited:
        yield visited
