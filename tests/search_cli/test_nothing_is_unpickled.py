"""An archive from a stranger runs no code: nothing of its folder is ever unpickled."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import shutil
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC

from indexer.engines.local.storage.commit_point import newest, toc_name
from indexer.engines.local.storage.whoosh_writer import schema
from support.foreign import Warc
from support.hdnd import Demo, run_hdnd
from support.keeping import page


class Payload:
    """Makes a folder where it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return os.makedirs, (str(self.mark), 0o777, True)


COMMANDS = [
    ["index"],
    ["search", "hội đồng"],
    ["show", "{id}"],
    ["withhold", "{id}", "--reason", "thử"],
    ["release", "{id}", "--reason", "thử"],
    ["status"],
    ["verify", "--deep"],
    ["attachments"],
    ["import", "{warc}"],
    ["backup", "{copy}"],
    ["repair"],
    ["rebuild"],
    ["index"],
]


def run_all(home: Path, demo: Demo) -> None:
    warc = home.parent / "x.warc.gz"
    Warc().raw("response", "/a", b"HTTP/1.1 200 OK\r\n\r\n" + page("x")).save(warc)
    shown = run_hdnd("search", "hội đồng", "--json", home=demo.home).json
    article = (shown["hits"] if isinstance(shown, dict) else shown)[0]["id"]
    for number, command in enumerate(COMMANDS):
        copy = str(home.parent / f"copy-{number}")
        values = {"id": article, "warc": str(warc), "copy": copy}
        done = run_hdnd(*(part.format(**values) for part in command), home=home)
        assert done.status != 70, (command, done.err)


def test_a_table_of_contents_that_is_made_to_run_code_is_not_read(
    demo: Demo, tmp_path: Path
) -> None:
    """Its checksum in our own list holds: it has no key, so that a stranger can make it so."""
    home, mark = tmp_path / "home", tmp_path / "mark"
    shutil.copytree(demo.home, home)
    index = home / "index"
    generation = newest(index).generation
    storage = RamStorage()
    TOC(schema(), [Payload(mark)], generation).write(storage, "hdnd")
    toc = index / toc_name(generation)
    toc.write_bytes(storage.files[toc.name])
    manifest = index / f"manifest_{generation}.json"
    told = json.loads(manifest.read_bytes())
    told["files"][toc.name] = [
        toc.stat().st_size,
        hashlib.sha256(toc.read_bytes()).hexdigest(),
    ]
    commit = newest(index)._replace(files={k: tuple(v) for k, v in told["files"].items()})
    manifest.write_bytes(commit.to_bytes())
    assert b"makedirs" in toc.read_bytes()

    run_all(home, demo)

    assert not mark.exists()


def test_a_pickle_in_every_file_there_is_runs_no_code(demo: Demo, tmp_path: Path) -> None:
    """All files of a kind at once, one kind after the other."""
    mark = tmp_path / "mark"
    code = pickle.dumps(Payload(mark))
    files = [path.relative_to(demo.home) for path in demo.home.rglob("*") if path.is_file()]
    kinds = {name.suffix or name.name for name in files}
    assert ".toc" in kinds
    for kind in sorted(kinds):
        home = tmp_path / "home"
        shutil.copytree(demo.home, home)
        for name in files:
            if (name.suffix or name.name) == kind:
                (home / name).write_bytes(code)
        for command in (["index"], ["search", "hội đồng"], ["verify"], ["repair"]):
            done = run_hdnd(*command, home=home)
            assert done.status != 70, (kind, command, done.err)
        shutil.rmtree(home)
    assert not mark.exists()
