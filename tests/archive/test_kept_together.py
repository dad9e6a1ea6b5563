"""Responses that arrive together go to the disk together, and nothing is different for it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from archive import run as run_module
from archive.ground.home import Home
from archive.model import Capture, Exchange, Outcome, Role
from archive.reading import ArchiveReader
from archive.run import RunWriter
from archive.store import Archive
from support.dying import dies_at_statement
from support.keeping import JsonExtract, dump_of, exchange, page, writing
from support.warcs import faults, records


def article(number: int) -> Exchange:
    return exchange(f"/{number}", page(f"Bài {number}", id=str(number)), minutes=number)


def keep_together(
    archive: Archive, run: RunWriter, exchanges: Sequence[Exchange]
) -> list[list[Capture]]:
    """Keep and derive exchanges as a crawl does; what was kept at a time."""
    groups = []
    for kept in run.keep_all([(one, None) for one in exchanges]):
        archive.derive_all(kept)
        groups.append([capture for capture, _ in kept])
    return groups


def test_they_share_one_sync_and_are_given_back_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    with writing(tmp_path) as (archive, run):
        monkeypatch.setattr(os, "fsync", synced.append)
        ((first, *rest),) = keep_together(archive, run, [article(n) for n in range(5)])
        monkeypatch.undo()
    assert len(synced) == 1
    assert [capture.url[-2:] for capture in (first, *rest)] == ["/0", "/1", "/2", "/3", "/4"]
    assert [capture.seq for capture in rest] == [first.seq + n for n in range(1, 5)]
    assert not faults(Home(tmp_path).warc)


def test_they_make_the_rows_that_they_make_one_by_one(tmp_path: Path) -> None:
    texts = []
    for name, size in (("together", 6), ("apart", 1)):
        home = Home(tmp_path / name)
        with writing(home) as (archive, run):
            for at in range(0, 6, size):
                keep_together(archive, run, [article(n % 4) for n in range(at, at + size)])
        with ArchiveReader.open(home) as reader:
            texts.append(
                [
                    tuple(row)
                    for row in reader.catalogue.connection.execute(
                        "SELECT a.id, a.version, a.first_captured_at, a.last_captured_at, c.seq"
                        " FROM article a JOIN change c USING (id) ORDER BY a.id"
                    )
                ]
            )
    assert texts[0] == texts[1]
    assert len(texts[0]) == 4


def test_the_same_payload_twice_at_a_time_is_stored_once(tmp_path: Path) -> None:
    with writing(tmp_path) as (archive, run):
        same = [exchange(f"/{n}.jpg", b"the same picture", role=Role.IMAGE) for n in range(3)]
        groups = keep_together(archive, run, same)
    assert [capture.refers_to is None for (capture,) in groups] == [True, False, False]


def test_large_bodies_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with writing(tmp_path) as (archive, run):
        large = [exchange(f"/{n}", bytes([n]) * (2 << 20)) for n in range(3)]
        groups = keep_together(archive, run, large)
    assert [len(group) for group in groups] == [1, 1, 1]


def test_what_is_noted_while_they_are_settled_comes_after_all_of_them(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with writing(home) as (archive, run):
        for kept in run.keep_all([(article(n), None) for n in range(3)]):
            archive.derive_all(kept)
            run.note("https://other.example/", Role.IMAGE, Outcome.NOT_FETCHED, "elsewhere", None)
    held = dump_of(home)
    with Archive(home, JsonExtract()) as archive:
        archive.rebuild()
    assert dump_of(home) == held


def links(count: int) -> list[tuple[str, Role]]:
    return [(f"https://other.example/{n}.png", Role.IMAGE) for n in range(count)]


def test_what_was_not_fetched_of_one_page_shares_one_sync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    with writing(tmp_path) as (_, run):
        monkeypatch.setattr(os, "fsync", synced.append)
        run.note_all(links(900), Outcome.NOT_FETCHED, "elsewhere", "https://mau.example/")
        monkeypatch.undo()
    assert len(synced) == 1
    assert not faults(Home(tmp_path).warc)


def test_outcomes_noted_together_are_the_records_that_they_are_one_by_one(tmp_path: Path) -> None:
    found = []
    for name in ("together", "apart"):
        home = Home(tmp_path / name)
        with writing(home) as (_, run):
            told = (Outcome.NOT_FETCHED, "elsewhere", "https://mau.example/")
            if name == "together":
                run.note_all(links(5), *told)
            else:
                for url, role in links(5):
                    run.note(url, role, *told)
        found.append(
            [
                (r.type, r.url, {k: v for k, v in r.values.items() if k != "hdnd-run"})
                for r in records(home.warc)
                if "outcome" in r.values
            ]
        )
    assert found[0] == found[1]
    assert len(found[0]) == 5


def test_no_more_outcomes_than_memory_holds_are_put_on_the_disk_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "_MOST_NOTES", 4)
    synced: list[int] = []
    with writing(tmp_path) as (_, run):
        monkeypatch.setattr(os, "fsync", synced.append)
        run.note_all(links(10), Outcome.NOT_FETCHED, "elsewhere", None)
        run.note_all([], Outcome.NOT_FETCHED, "elsewhere", None)
        monkeypatch.undo()
    assert len(synced) == 3
    with ArchiveReader.open(Home(tmp_path)) as reader:
        rows = reader.catalogue.connection.execute("SELECT url FROM outcome ORDER BY seq")
        assert [row["url"] for row in rows] == [url for url, _ in links(10)]


def test_a_process_that_dies_at_any_step_of_it_loses_nothing_that_was_given_back(
    tmp_path: Path,
) -> None:
    step = 0
    died = True
    while died:
        step += 7
        home = Home(tmp_path / str(step))
        given_back = tmp_path / f"given back {step}"

        def act(home: Home = home, given_back: Path = given_back) -> None:
            with writing(home) as (archive, run):
                groups = run.keep_all([(article(n), None) for n in (0, 1, 0, 2, 3)])
                for kept in groups:
                    with given_back.open("a") as file:
                        print(*(capture.record_id for capture, _ in kept), sep="\n", file=file)
                    archive.derive_all(kept)

        died = dies_at_statement(step, act)
        if not (home.path / "catalogue.sqlite").exists():
            continue
        with Archive(home, JsonExtract()):
            pass
        there = {r.fields["WARC-Record-ID"] for path in home.warc.iterdir() for r in records(path)}
        if given_back.exists():
            assert set(given_back.read_text().split()) <= there, step
        assert not faults(home.warc), step
        held = dump_of(home)
        with Archive(home, JsonExtract()) as archive:
            archive.rebuild()
        assert dump_of(home) == held, step
