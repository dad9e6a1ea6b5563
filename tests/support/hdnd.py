"""The command as a person runs it: a process of its own, away from the source tree."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import search_cli

_SCRIPT = Path(sys.executable).with_name("hdnd")
PACKAGES = Path(search_cli.__file__).parent.parent


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@dataclass(frozen=True)
class Demo:
    """An archive that `hdnd demo` made, and what it said."""

    home: Path
    first_run: Done


def command_line(*arguments: str) -> list[str]:
    start = [str(_SCRIPT)] if _SCRIPT.exists() else [sys.executable, "-m", "search_cli"]
    return [*start, *arguments]


def environment(home: Path | None = None, **more: str) -> dict[str, str]:
    """The environment of a command that speaks English, unless `more` says otherwise."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HDND_")}
    if not _SCRIPT.exists():
        kept["PYTHONPATH"] = str(PACKAGES)
    if home:
        kept["HDND_HOME"] = str(home)
    return {**kept, "HDND_LANG": "en", **more}


def run_hdnd(
    *arguments: str, home: Path | None = None, env: Mapping[str, str] | None = None
) -> Done:
    """Run the command with pipes in place of a terminal."""
    ran = subprocess.run(
        command_line(*arguments),
        env=environment(home, **(env or {})),
        cwd=tempfile.gettempdir(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
    )
    return Done(ran.returncode, ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8"))


def run_hdnd_on_terminal(
    *arguments: str, home: Path | None = None, env: Mapping[str, str] | None = None
) -> Done:
    """Run the command on a terminal of 60 columns; `out` has all that the terminal was sent."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command_line(*arguments),
        env=environment(home, **{"TERM": "xterm", "COLUMNS": "60", **(env or {})}),
        cwd=tempfile.gettempdir(),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    sent = bytearray()
    try:
        while piece := os.read(ours, 65536):
            sent += piece
    except OSError:  # Linux says EIO when the other side has gone
        pass
    os.close(ours)
    text = sent.decode("utf-8").replace("\r\n", "\n")
    return Done(process.wait(timeout=60), text, "")
