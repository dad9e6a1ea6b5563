"""The catalogue is derived: made again from the WARCs alone, it is the same."""

import json
import shutil
import sqlite3
import subprocess
import sys

import pytest

from archive import run as run_module
from archive.catalogue import database
from archive.ground.errors import ArchiveDamaged, ArchiveTooNew, UsageError
from archive.ground.home import Home
from archive.model import Outcome, Role
from archive.reading import ArchiveReader
from archive.store import Archive
from support.codes import english
from support.crawling import environment
from support.dying import dies_at_statement
from support.keeping import JsonExtract, dump_of, exchange, keep, page, writing
from support.warcs import faults

REBUILD = """
import json, sys
from pathlib import Path
from support.keeping import JsonExtract, dump_of
from archive.ground.home import Home
from archive.store import Archive
home = Home(Path(sys.argv[1]))
with Archive(home, JsonExtract()) as archive:
    archive.rebuild()
print(json.dumps(dump_of(home)))
"""


def a_history(folder, monkeypatch):
    """Merges, revisits, failures, cut pages, rolled segments, an unfinished run."""
    monkeypatch.setattr(run_module, "SEGMENT_LIMIT", 5000)
    with writing(folder) as (archive, run):
        keep(archive, run, exchange("/a", page("Một")), exchange("/b", page("Hai", id="2")))
        keep(archive, run, exchange("/c", page("Hai", id="2"), minutes=1))
        run.note("https://mau.example/d", Role.ARTICLE, Outcome.FAILED, "TimeoutError", None)
    with writing(folder, site={"id": "khac"}) as (archive, run):
        keep(archive, run, exchange("/a", page("Khác", id="2")))
        run.note("https://x.example/e", Role.IMAGE, Outcome.NOT_FETCHED, "host", "https://mau")
    with Archive(Home(folder), JsonExtract()) as archive:
        run = archive.begin_run({"id": "mau"})
        keep(archive, run, exchange("/a", page("Một", id="1", views=4), minutes=2))
        keep(archive, run, exchange("/b", page("Hai rưỡi", id="2"), minutes=3))
        cut = exchange("/b", page("Hai", id="2", views=1), minutes=4, truncated="disconnect")
        keep(archive, run, cut)
    return Home(folder)


def test_a_rebuild_in_a_fresh_process_gives_every_row_again(tmp_path, monkeypatch):
    home = a_history(tmp_path, monkeypatch)
    before = dump_of(home)
    kinds = {line.split(" ")[0] for line in before}
    assert kinds >= {"run", "capture", "outcome", "page", "article", "alias", "version"}

    done = subprocess.run(
        [sys.executable, "-P", "-c", REBUILD, str(tmp_path)],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout) == before
    assert not faults(home.warc)


def test_two_catalogues_made_of_the_same_segments_differ_in_their_id_alone(tmp_path, monkeypatch):
    a_history(tmp_path / "one", monkeypatch)
    shutil.copytree(tmp_path / "one", tmp_path / "other", ignore=lambda *_: ["catalogue.sqlite"])
    files = []
    for name in ("one", "other"):
        home = Home(tmp_path / name)
        with Archive(home, JsonExtract()) as archive:
            archive.rebuild()
        with ArchiveReader.open(home) as reader:
            made = database.identity(reader.catalogue.connection)
        files.append(home.catalogue.read_bytes().replace(made.encode(), b"id"))
    assert files[0] == files[1]


def test_a_lost_catalogue_is_made_again_when_the_archive_is_next_written(tmp_path, monkeypatch):
    home = a_history(tmp_path, monkeypatch)
    with Archive(home, JsonExtract()):
        pass
    before = dump_of(home)
    for path in tmp_path.glob("catalogue.sqlite*"):
        path.unlink()

    with Archive(home, JsonExtract()) as archive:
        assert archive.recovery.taken_in == 9
        assert archive.recovery.rederived == 7

    assert dump_of(home) == before


def test_a_better_rule_is_replayed_over_the_whole_history(tmp_path, monkeypatch):
    home = a_history(tmp_path, monkeypatch)
    with Archive(home, JsonExtract(rule=2, shout=True)) as archive:
        assert archive.recovery.rederived == 7
        assert archive.recovery.taken_in == 0

    with ArchiveReader.open(home) as reader:
        assert reader.rule() == 2
        titles = {found.article.title for _, _, found in reader.changes(0) if found}
    assert titles == {"MỘT", "HAI RƯỠI", "KHÁC"}
    replayed = dump_of(home)
    with Archive(home, JsonExtract(rule=2, shout=True)) as archive:
        assert archive.recovery.rederived == 0
        archive.rebuild()
    assert dump_of(home) == replayed


def test_a_better_rule_never_looks_like_an_editors_change(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", page("Một", id="1", views=1)))
    with Archive(Home(tmp_path), JsonExtract(rule=2, shout=True)):
        pass
    with writing(tmp_path, JsonExtract(rule=2, shout=True)) as (archive, run):
        keep(archive, run, exchange("/a", page("Một", id="1", views=2), minutes=9))

    with ArchiveReader.open(Home(tmp_path)) as reader:
        assert reader.article("mau-1").versions == 1


def test_captures_that_nobody_derived_are_derived_at_the_next_start(tmp_path):
    with Archive(Home(tmp_path), JsonExtract()) as archive:
        run = archive.begin_run({"id": "mau"})
        keep(archive, run, exchange("/a", page("Một", id="1")))
        run.keep(exchange("/b", page("Hai", id="2")))

    with Archive(Home(tmp_path), JsonExtract()) as archive:
        assert archive.recovery.rederived == 1
    with ArchiveReader.open(Home(tmp_path)) as reader:
        assert reader.article("mau-2").article.title == "Hai"


def test_an_archive_of_a_newer_release_is_refused_by_readers_and_writers(tmp_path):
    with writing(tmp_path):
        pass
    home = Home(tmp_path)
    connection = sqlite3.connect(home.catalogue)
    connection.execute("UPDATE meta SET value = '99' WHERE name = 'format'")
    connection.commit()
    connection.close()

    with pytest.raises(ArchiveTooNew) as caught:
        ArchiveReader.open(home)
    assert str(home.catalogue) in english(caught.value.said)
    assert "upgrade" in english(caught.value.hint).lower()
    with pytest.raises(ArchiveTooNew):
        Archive(home, JsonExtract()).__enter__()
    with pytest.raises(ArchiveTooNew):
        Archive(home, JsonExtract()).__enter__()


def test_a_catalogue_that_is_no_database_is_named_by_a_reader_and_made_again_by_a_writer(tmp_path):
    with writing(tmp_path):
        pass
    home = Home(tmp_path)
    home.catalogue.write_bytes(b"not a database " * 500)

    with pytest.raises(ArchiveDamaged) as caught:
        ArchiveReader.open(home)
    assert str(home.catalogue) in english(caught.value.said)
    assert "rebuild" in english(caught.value.hint)
    with Archive(home, JsonExtract()):
        pass
    ArchiveReader.open(home).close()


def test_a_process_that_dies_while_it_makes_the_catalogue_leaves_nothing_half_made(tmp_path):
    home = Home(tmp_path)
    home.warc.mkdir()
    statements = 0
    died = True
    while died:
        statements += 1
        database.discard(home.catalogue)
        died = dies_at_statement(statements, lambda: database.open_for_writing(home.catalogue))
        database.open_for_writing(home.catalogue).close()
        database.open_for_reading(home.catalogue).close()
    assert statements > 5


def test_a_folder_without_an_archive_says_how_to_begin_one(tmp_path):
    with pytest.raises(UsageError) as caught:
        ArchiveReader.open(Home(tmp_path))
    assert str(tmp_path) in english(caught.value.said)
    assert "hdnd crawl" in english(caught.value.hint)
    assert list(tmp_path.iterdir()) == []


def test_the_status_counts_what_is_held(tmp_path, monkeypatch):
    home = a_history(tmp_path, monkeypatch)
    with ArchiveReader.open(home) as reader:
        status = reader.status()
        runs = reader.runs()

    assert (status.articles, status.captures, status.problems) == (3, 7, 1)
    assert status.sites == ("khac", "mau")
    assert status.undated == 3
    assert [run.reason for run in runs] == ["finished", "finished", None]
    assert status.last_run == runs[-1]
    assert status.warc_bytes == sum(path.stat().st_size for path in home.warc.iterdir())


def test_a_problem_lasts_until_the_page_comes_right(tmp_path):
    url = "https://mau.example/d?redirect=x"
    with writing(tmp_path) as (archive, run):
        run.note(url, Role.ARTICLE, Outcome.FAILED, "TimeoutError", None)
        with ArchiveReader.open(Home(tmp_path)) as reader:
            (problem,) = reader.problems()
        assert (problem.url, problem.what, problem.detail) == (url, "failed", "TimeoutError")
        keep(archive, run, exchange("/d?redirect=x", page("Bốn", id="4")))

    with ArchiveReader.open(Home(tmp_path)) as reader:
        assert reader.problems() == []
