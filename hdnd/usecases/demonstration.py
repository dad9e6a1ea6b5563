"""A demonstration on a made-up portal: where its archive is, and what it asks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from archive.ground.home import ENVIRONMENT_VARIABLE, Home, find_home
from crawler.sample_portal import SampleArticle, SamplePortal, bundled_articles, load_articles
from hdnd.usecases.search import open_index, search
from indexer import Answer
from indexer.language.vietnamese import fold

SITE = "thanh-giang"


@dataclass(frozen=True, slots=True)
class DemoSearch:
    """A search as it is typed, and what of it is the query; the rest are options."""

    query: tuple[str, ...]
    options: tuple[str, ...] = ()
    how: Mapping[str, Any] = field(default_factory=dict)


_SEARCHES = (
    DemoSearch(("giam", "sat", "phong", "chay")),
    DemoSearch(('"tiếp xúc cử tri"',), ("--from", "2021"), {"since": date(2021, 1, 1)}),
    DemoSearch(("nước", "sạch", "-covid"), ("--sort", "newest"), {"sort": "newest"}),
)
"""Searches of the bundled articles: without marks, a phrase since a date, words but one."""


class Demonstration:
    """The portal of a made-up district, to be served, crawled and searched."""

    def __init__(self, home: Home, articles: Path | None = None, *, port: int = 0) -> None:
        shown = load_articles(articles) if articles else bundled_articles()
        self.home = home
        self.portal = SamplePortal(shown, port=port)
        self.searches = _searches_for(shown) if articles else _SEARCHES
        _write_description(home)

    def ask(self, asked: DemoSearch, limit: int) -> Answer:
        """The answer to one of its searches."""
        with open_index(self.home) as index:
            return search(self.home, index, " ".join(asked.query), limit=limit, **asked.how)[0]


def demo_home(given: str | None) -> Home:
    """The home given, else `$HDND_HOME`, else a folder of the demo's own beside the usual one."""
    if given or os.environ.get(ENVIRONMENT_VARIABLE):
        return find_home(given)
    import platformdirs

    return Home(Path(platformdirs.user_data_dir("hdnd-demo", appauthor=False)))


def _write_description(home: Home) -> None:
    """Put the sample site's description where a crawl of this home finds it."""
    import crawler.sample_portal

    source = Path(crawler.sample_portal.__file__).with_name(f"{SITE}.toml")
    home.sites.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, home.sites / source.name)


def _searches_for(articles: Sequence[SampleArticle]) -> tuple[DemoSearch, ...]:
    """Three searches that find something in articles of one's own, made from their titles."""
    newest = max(articles, key=lambda one: one.published_at.timestamp() if one.published_at else 0)
    words = newest.title.split()
    start = words[:3]
    return (
        DemoSearch(tuple(fold(word) for word in start)),
        DemoSearch((f'"{" ".join(start)}"',)),
        DemoSearch(tuple(words[-2:]), ("--sort", "newest"), {"sort": "newest"}),
    )
