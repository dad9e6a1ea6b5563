"""What `hdnd demo` is made of: where its archive is, what it asks, what one would type."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from archive.ground.home import ENVIRONMENT_VARIABLE, Home, find_home

if TYPE_CHECKING:
    from crawler.sample_portal import SampleArticle

SITE = "thanh-giang"
SEARCHES = (
    ("giam", "sat", "phong", "chay"),
    ('"tiếp xúc cử tri"', "--from", "2021"),
    ("nước", "sạch", "-covid", "--sort", "newest"),
)
"""The searches over the bundled articles: without marks, a phrase since a date, words but one."""


def demo_home(given: str | None) -> Home:
    """The home given, else `$HDND_HOME`, else a folder of the demo's own beside the usual one."""
    if given or os.environ.get(ENVIRONMENT_VARIABLE):
        return find_home(given)
    import platformdirs

    return Home(Path(platformdirs.user_data_dir("hdnd-demo", appauthor=False)))


def write_description(home: Home) -> None:
    """Put the sample site's description where a crawl of this home finds it."""
    import crawler.sample_portal

    source = Path(crawler.sample_portal.__file__).with_name(f"{SITE}.toml")
    home.sites.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, home.sites / source.name)


def searches_for(articles: Sequence[SampleArticle]) -> tuple[tuple[str, ...], ...]:
    """Three searches that find something in articles of one's own, made from their titles."""
    newest = max(articles, key=lambda one: one.published_at.timestamp() if one.published_at else 0)
    words = newest.title.split()
    start = words[:3]
    return (
        tuple(without_marks(word) for word in start),
        (f'"{" ".join(start)}"',),
        (*words[-2:], "--sort", "newest"),
    )


def without_marks(text: str) -> str:
    """Vietnamese text as someone in a hurry types it."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def as_typed(home: Home, given: str | None, *arguments: str) -> str:
    """A command line that does this on the demo's archive, as it would be typed here."""
    words = [_quoted(argument) for argument in arguments]
    if given or not os.environ.get(ENVIRONMENT_VARIABLE):
        words += ["--home", _short(home.path)]
    return " ".join([_program(), *words])


def _quoted(word: str) -> str:
    """The word quoted for a shell where it needs it; Vietnamese letters do not."""
    return word if re.fullmatch(r"[\w@%+=:,./-]+", word) else shlex.quote(word)


def _program() -> str:
    """How this program was called: its bare name if the shell finds it under that."""
    called = Path(sys.argv[0])
    found = shutil.which("hdnd")
    if found and called.exists() and Path(found).samefile(called):
        return "hdnd"
    return _quoted(sys.argv[0]) if called.stem == "hdnd" else "python -m search_cli"


def _short(path: Path) -> str:
    """The shortest way to write the path here: from this folder, with `~`, or whole."""
    ways = [_quoted(str(path))]
    if path.is_relative_to(Path.cwd()):
        ways.append(_quoted(str(path.relative_to(Path.cwd()))))
    if path.is_relative_to(Path.home()):
        ways.append(f"~/{_quoted(str(path.relative_to(Path.home())))}")
    return min(ways, key=len)
