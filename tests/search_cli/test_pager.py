"""What is more than a screen goes to a pager, and only before a person."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import tempfile
import termios

import pytest

from support.hdnd import Demo, command_line, environment, run_hdnd


def on_screen(demo: Demo, lines: int, *arguments: str, **env: str) -> str:
    """What a terminal of so many lines is sent; the pager is `sed`, which marks each line."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 80, 0, 0))
    given = {"TERM": "xterm", "PAGER": "sed s/^/PAGED:/", **env}
    process = subprocess.Popen(
        command_line(*arguments),
        env=environment(demo.home, **given),
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
    except OSError:
        pass
    os.close(ours)
    assert process.wait(timeout=60) == 0
    return sent.decode("utf-8").replace("\r\n", "\n")


@pytest.mark.parametrize(
    "arguments",
    [("search", "quận"), ("show", "thanh-giang-3147152"), ("history", "thanh-giang-3147152")],
)
def test_more_than_a_screen_is_paged(demo: Demo, arguments: tuple[str, ...]) -> None:
    assert on_screen(demo, 5, *arguments).count("PAGED:") > 5


def test_what_fits_is_not(demo: Demo) -> None:
    assert "PAGED:" not in on_screen(demo, 200, "search", "quận")
    assert "PAGED:" not in on_screen(demo, 5, "search", "quận", TERM="dumb")


def test_in_a_pipe_there_is_no_pager(demo: Demo) -> None:
    env = {"PAGER": "sed s/^/PAGED:/", "TERM": "xterm"}
    assert "PAGED:" not in run_hdnd("search", "quận", home=demo.home, env=env).out


def test_a_long_address_breaks_no_page_of_answers(demo: Demo) -> None:
    lines = on_screen(demo, 200, "search", "quận", COLUMNS="60", NO_COLOR="1").splitlines()
    addresses = [line.strip() for line in lines if "https://" in line]
    assert len(addresses) == 10
    assert all(len(line) <= 60 for line in lines)
    assert any("…" in address for address in addresses)
    whole = run_hdnd("search", "quận", home=demo.home).lines
    assert not any("…" in line for line in whole if "https://" in line)
