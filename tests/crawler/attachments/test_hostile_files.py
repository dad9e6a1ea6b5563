"""A file that asks for too much costs itself alone: it is named, and the next one is read."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive.attachment_text import PageText, ReadingProblem
from crawler.extraction.attachments.limits import ADDRESS_SPACE, MAX_FILE, MAX_PAGES
from crawler.extraction.attachments.reader import AttachmentReader
from crawler.extraction.attachments.sandbox import walled
from support import papers
from support.bombs import BOMBS
from support.office import docx, package, xlsx

LEFT_OUT = ReadingProblem("limit", "entities of its own")
HARMLESS = {
    "a form that draws itself",
    "rich text a million groups deep",
}


@pytest.fixture(scope="module")
def honest(reader):
    return reader.read(papers.resolution())


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_stopped_at_a_limit_and_the_next_file_is_read(reader, honest, name):
    reader.peak = 0
    found = reader.read(BOMBS[name]())
    if name not in HARMLESS:
        assert found.problem is not None
        assert found.problem.code == "limit"
    assert len(found.pages) <= MAX_PAGES
    assert reader.peak <= ADDRESS_SPACE
    assert reader.read(papers.resolution()) == honest


def test_pages_before_a_limit_are_kept(reader):
    found = reader.read(BOMBS["two thousand pages and one"]())
    assert (len(found.pages), found.problem) == (2000, ReadingProblem("limit", "2000 pages"))


def test_entities_are_not_expanded_and_files_not_fetched(reader, tmp_path):
    (tmp_path / "secret").write_text("bí mật")
    outside = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    cell = '<row><c t="inlineStr"><is><t>a&e;b</t></is></c></row>'
    unused = outside + "<w:p><w:t>ab</w:t></w:p>"
    for data, used in (
        (xlsx({"S": cell}, head=outside), True),
        (docx("<w:p><w:r><w:t>a&e;b</w:t></w:r></w:p>", head=outside), True),
        (package({"[Content_Types].xml": "", "word/document.xml": unused}), False),
    ):
        found = reader.read(data)
        assert [page.text for page in found.pages] == ["ab"]
        assert found.problem == (LEFT_OUT if used else None)


def test_a_file_too_large_is_not_even_handed_over():
    with AttachmentReader() as unused:
        assert unused.read(b"%PDF-" + bytes(MAX_FILE)).problem == ReadingProblem("limit", "64 MiB")
        assert unused._server is None


@pytest.fixture
def on_path(tmp_path, monkeypatch):
    """A program that stands in for tesseract."""

    def put(script: str) -> None:
        program = tmp_path / "tesseract"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    return put


def test_at_the_end_of_its_time_a_child_goes_with_all_that_it_started(on_path, tmp_path):
    on_path(f"sleep 1000 & echo $! > {tmp_path}/pid.tmp 2>/dev/null; sleep 1000")
    with AttachmentReader() as slow:
        found = slow.ocr(papers.resolution(), PageText(1, ""), seconds=1)
        assert found == ReadingProblem("limit", "time")
        for _ in range(100):
            if not _programs_in(tmp_path):
                break
            time.sleep(0.1)
        assert _programs_in(tmp_path) == []
        assert slow.read(papers.resolution()).problem is None


def _programs_in(folder: Path) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = process.read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        if str(folder) in command:
            found.append(command)
    return found


def test_a_reply_without_an_end_is_cut_off(on_path):
    on_path("cat /dev/zero")
    with AttachmentReader() as flooded:
        found = flooded.ocr(papers.resolution(), PageText(1, ""), seconds=20)
        assert isinstance(found, ReadingProblem)
        assert flooded.read(papers.resolution()).problem is None


TELLS_INTERFACES = r"""
n=$(grep -c : /proc/net/dev)
echo 'level ...'
printf '5\t1\t1\t1\t1\t1\t0\t0\t90\t20\t99\tinterfaces%s\n' "$n"
"""


def test_behind_bubblewrap_there_is_no_network(on_path):
    on_path(TELLS_INTERFACES)
    is_walled = walled(["true"]) != ["true"]
    with AttachmentReader() as reader:
        told = reader.ocr(papers.resolution(), PageText(1, ""), seconds=30).text
        assert reader.read(papers.resolution()).problem is None
    assert told.startswith("interfaces")
    assert told == "interfaces1" or not is_walled


def test_bubblewrap_that_does_not_work_is_left_out(on_path, tmp_path):
    (tmp_path / "bwrap").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "bwrap").chmod(0o755)
    on_path("true")
    assert walled(["true"]) == ["true"]
    with AttachmentReader() as reader:
        assert reader.read(papers.resolution()).problem is None


def test_a_server_that_died_is_started_anew(reader):
    with AttachmentReader() as mortal:
        mortal.read(papers.resolution())
        mortal._server.kill()
        mortal._server.wait()
        assert mortal.read(papers.resolution()).problem is None


def test_closing_does_not_wait_for_a_file_that_takes_long(on_path):
    on_path("sleep 1000")
    slow = AttachmentReader()
    slow.read(papers.resolution())
    server = slow._server
    task = json.dumps({"ocr": 1, "part": "", "size": len(papers.resolution())}).encode()
    server.stdin.write(task + b"\n" + papers.resolution())
    server.stdin.flush()
    slow.close()
    assert server.returncode is not None


def test_a_child_can_neither_write_files_nor_reach_the_terminal(tmp_path):
    script = (
        "import os, json, sys\n"
        "from crawler.extraction.attachments.child import confine\n"
        "reader, writer = os.pipe()\n"
        "if os.fork() == 0:\n"
        "    confine(writer)\n"
        "    told = {'leads': os.getpgid(0) == os.getpid()}\n"
        "    told['out'] = os.readlink('/proc/self/fd/1')\n"
        "    try:\n"
        "        with open(sys.argv[1], 'w') as file:\n"
        "            file.write('x')\n"
        "            file.flush()\n"
        "    except OSError as error:\n"
        "        told['refused'] = error.errno\n"
        "    os.write(writer, json.dumps(told).encode())\n"
        "    os._exit(0)\n"
        "os.close(writer)\n"
        "print(os.read(reader, 9999).decode())\n"
    )
    target = tmp_path / "never-written"
    ran = subprocess.run(
        [sys.executable, "-c", script, target], capture_output=True, text=True, check=True
    )
    told = json.loads(ran.stdout)
    assert told["leads"] is True
    assert told["out"] == os.devnull
    assert told["refused"] == errno.EFBIG
    assert target.read_bytes() == b""
