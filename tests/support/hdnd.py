"""The command as a person runs it: a process of its own, away from the source tree."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import search_cli

_LONGEST = 120
_SERVER = Path(__file__).with_name("hdnd_server.py")
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
    """Run the command with files in place of a terminal.

    It is forked from a process that has the command loaded, a third of the time, unless `env` says
    something to Python itself.
    """
    given = environment(home, **(env or {}))
    if not any(name.startswith(("PYTHON", "LC_", "LANG")) for name in env or {}):
        return _run_loaded(command_line(*arguments), given)
    ran = subprocess.run(
        command_line(*arguments),
        env=given,
        cwd=tempfile.gettempdir(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_LONGEST,
    )
    return Done(ran.returncode, ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8"))


def _run_loaded(arguments: list[str], given: Mapping[str, str]) -> Done:
    job = {"arguments": arguments, "environment": given, "folder": tempfile.gettempdir()}
    ours, theirs = os.pipe()
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        os.fdopen(ours, "rb") as told,
    ):
        socket.send_fds(_loaded(), [json.dumps(job).encode()], [out.fileno(), err.fileno(), theirs])
        os.close(theirs)
        child = int(told.readline())
        if not select.select([told], [], [], _LONGEST)[0]:
            os.kill(child, signal.SIGKILL)
            raise subprocess.TimeoutExpired(arguments, _LONGEST)
        status = int(told.readline())
        out.seek(0)
        err.seek(0)
        return Done(status, out.read().decode("utf-8"), err.read().decode("utf-8"))


@cache
def _loaded() -> socket.socket:
    """The socket of a process that has the command loaded; it ends when the socket is closed."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    subprocess.Popen(
        [sys.executable, "-P", str(_SERVER), str(theirs.fileno())],
        pass_fds=[theirs.fileno()],
        env=environment(),
    )
    theirs.close()
    return ours


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
