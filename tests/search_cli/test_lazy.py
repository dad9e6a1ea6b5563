"""A search waits for nothing that it does not need."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from search_cli.import_guard import NAMES
from support.hdnd import Demo, environment

HEAVY = {
    "bs4",
    "crawler",
    "platformdirs",
    "rich",
    "obstore",
    "scrapy",
    "selectolax",
    "sqlite3",
    "twisted",
    "warcio",
}
NOT_FOR_WHAT_IS_FOUND = {
    "archive.ground.causes",
    "indexer.engines.local.search.unknown_values",
    "indexer.language.periods",
    "indexer.query.amounts",
    "indexer.query.spans",
    "indexer.query.units",
    "indexer.engines.local.search.phrase_matcher",
    "indexer.engines.local.search.sequences",
    "indexer.engines.local.storage.whoosh_writer",
    "indexer.language.occurrences",
    "heapq",
    "difflib",
    "indexer.engines.local.search.near",
    "indexer.engines.local.search.query_coverage",
    "indexer.engines.local.search.explain",
    "indexer.query.fallbacks",
    "indexer.query.keyboards",
    "indexer.query.likely_marks",
    "indexer.query.question_words",
    "pathlib",
    "rapidfuzz",
    "urllib.parse",
    "whoosh",
}
MOST_OF_OURS = 95
"""So many modules of ours a search takes at most: each costs it 0.1 to 0.2 ms before it begins."""

SEARCH_ONLY = """
import sys
before = set(sys.modules)
from search_cli.main import main
status = main(sys.argv[1:])
loaded = sorted(set(sys.modules) - before)
import json
print(json.dumps([status, loaded]))
"""
TELLS = """
import sys
from archive.ground.message import Message
from hdnd.messages.telling import told
print(told(Message("indexer.read-as-sentence"), "en"))
import json
print(json.dumps(sorted(sys.modules)))
"""
COLLECTS = """
import gc, sys
import click
gc.disable()
from search_cli.app import hdnd
hdnd.get_command(click.Context(hdnd), sys.argv[1])
print(gc.isenabled())
"""


def modules_after(demo: Demo, *arguments: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", SEARCH_ONLY, *arguments],
        env=environment(demo.home),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    status, modules = json.loads(ran.stdout.splitlines()[-1])
    assert status == 0
    return set(modules)


def test_a_search_imports_nothing_that_crawls_or_keeps(demo: Demo) -> None:
    for form in ([], ["--json"], ["--csv"], ["--count"]):
        modules = modules_after(demo, "search", "giám", "sát", *form)
        assert not modules & (HEAVY | NOT_FOR_WHAT_IS_FOUND | {"hdnd.messages.catalogues"})
    modules = modules_after(demo, "--lang", "vi", "search", "giám", "sát")
    assert not modules & (HEAVY | NOT_FOR_WHAT_IS_FOUND)


def test_a_search_imports_few_modules(demo: Demo) -> None:
    modules = modules_after(demo, "search", "giám", "sát")
    assert len([name for name in modules if name.split(".")[0] in NAMES]) <= MOST_OF_OURS
    assert "logging" not in modules


def test_a_message_without_values_needs_nothing_that_fills_them_in() -> None:
    line = [sys.executable, "-c", TELLS]
    ran = subprocess.run(line, env=environment(), capture_output=True, check=True, encoding="utf-8")
    said, modules = ran.stdout.splitlines()
    assert said.startswith("read as a sentence")
    assert not set(json.loads(modules)) & {"hdnd.messages.filling", "hdnd.messages.stored"}


def test_help_imports_no_command(demo: Demo) -> None:
    modules = modules_after(demo, "--help")
    assert not modules & (HEAVY | {"whoosh", "indexer", "archive"})
    assert not [name for name in modules if name.startswith("search_cli.commands.")]


def test_showing_an_article_imports_no_crawler_and_no_search_engine(demo: Demo) -> None:
    assert not modules_after(demo, "sites") & {"scrapy", "twisted", "whoosh"}


@pytest.mark.parametrize(
    ("command", "collects"),
    [("search", False), ("show", False), ("crawl", True), ("index", True), ("demo", True)],
)
def test_garbage_is_collected_in_all_that_may_run_long(command: str, collects: bool) -> None:
    line = [sys.executable, "-c", COLLECTS, command]
    ran = subprocess.run(line, env=environment(), capture_output=True, check=True, encoding="utf-8")
    assert ran.stdout.split() == [str(collects)]
