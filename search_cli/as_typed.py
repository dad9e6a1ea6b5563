"""A command line as one would type it here."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from archive.ground.home import ENVIRONMENT_VARIABLE, Home


def as_typed(home: Home, given: str | None, *arguments: str) -> str:
    """A command line that does this on the demo's archive, as it would be typed here."""
    words = [_quoted(argument) for argument in arguments]
    if given or not os.environ.get(ENVIRONMENT_VARIABLE):
        words += ["--home", _short(home.path)]
    return " ".join([_program(), *words])


def program() -> list[str]:
    """The words by which this very program is called from anywhere."""
    called = Path(sys.argv[0])
    if called.name == "hdnd" and called.exists():
        return [str(called.absolute())]
    return [sys.executable, "-m", "search_cli"]


def for_cron(words: Sequence[str]) -> str:
    """A command in a crontab: as a shell reads it, `%` escaped (crontab(5))."""
    return shlex.join(words).replace("%", r"\%")


def for_systemd(words: Sequence[str]) -> str:
    """A command after `ExecStart=`: quoted, its `%` and `$` doubled (systemd.service(5))."""
    return " ".join(_for_systemd(word) for word in words)


def _for_systemd(word: str) -> str:
    word = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return word if re.fullmatch(r"[\w%+=:,./@-]+", word) else f'"{word}"'


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
