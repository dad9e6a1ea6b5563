"""One real archive for all stories of the command, made by the command itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from support.hdnd import Demo, run_hdnd


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The archive of `hdnd demo`. Tests that change something take a `copy_of_demo`."""
    home = tmp_path_factory.mktemp("demo") / "home"
    first_run = run_hdnd("demo", "--home", str(home))
    assert first_run.status == 0, first_run.err
    return Demo(home, first_run)


@pytest.fixture
def copy_of_demo(demo: Demo, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo.home, tmp_path / "home"))


@pytest.fixture(scope="session")
def articles_of_ones_own(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[dict[str, str]], Path]:
    """An archive of articles written for a test, by name and text."""

    def crawl(texts: dict[str, str]) -> Path:
        folder = tmp_path_factory.mktemp("own")
        for name, text in texts.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        ran = run_hdnd("demo", "--articles", str(folder), "--home", str(folder / "home"))
        assert ran.status == 0, ran.err
        return folder / "home"

    return crawl
