"""Segments that several workers wrote: their names, their order, and one catalogue of them all."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from archive.catalogue.database import Catalogue
from archive.fixity.check_log import last_checks, log_check
from archive.fixity.verify import Verification
from archive.ground.errors import UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.store import Archive
from archive.warc import manifest
from archive.warc.manifest import closed_segments
from archive.warc.replacing import next_name
from archive.warc.segment_names import LeaseHolder, SegmentName, in_order, is_held, parse
from hdnd.usecases.verifying import verification
from support.keeping import NOON, SITE, JsonExtract, dump_of, exchange, keep, page

PLAIN = "hdnd-000012-20240305021500-hai-ba-trung.warc.gz"
HELD = "hdnd-000012-20240305021500-hai-ba-trung_worker-1_7.warc.gz"


def test_a_name_tells_number_time_site_worker_and_epoch():
    plain = SegmentName(12, "20240305021500", "hai-ba-trung")
    held = SegmentName(12, "20240305021500", "hai-ba-trung", LeaseHolder("worker-1", 7))
    assert (str(plain), str(held)) == (PLAIN, HELD)
    assert (parse(PLAIN), parse(HELD)) == (plain, held)
    assert (is_held(PLAIN), is_held(HELD)) == (False, True)
    assert parse(next_name(HELD)) == held
    assert parse(next_name(next_name(PLAIN))) == plain


@pytest.mark.parametrize(
    "name",
    [
        HELD + ".open",
        "hdnd-000012-20240305021500-a_W_7.warc.gz",
        "hdnd-000012-20240305021500-a_w_.warc.gz",
        "hdnd-000012-20240305021500-a_w.warc.gz",
        "hdnd-000012-20240305021500-a_../x_7.warc.gz",
        "hdnd-000012-20240305021500-a_w_1_2.warc.gz",
        "hdnd-12-20240305021500-a.warc.gz",
        "",
    ],
)
def test_what_no_segment_is_called_is_no_name(name):
    assert parse(name) is None


def name(number, began, site, worker=None, epoch=0):
    return str(SegmentName(number, began, site, LeaseHolder(worker, epoch) if worker else None))


def test_segments_follow_by_time_site_epoch_and_number():
    first, second = "20261130021500", "20261130021501"
    wanted = [
        name(9, first, "binh-an"),
        name(4, first, "an-hoa", "w-2", 1),
        name(5, first, "an-hoa", "w-2", 1),
        name(1, first, "an-hoa", "w-1", 2),
        name(1, first, "binh-an", "w-1", 1),
        name(10, second, "an-hoa"),
        name(2, second, "an-hoa", "w-1", 3),
    ]
    for seed in range(20):
        mixed = random.Random(seed).sample(wanted, len(wanted))
        assert in_order(mixed) == wanted


def test_a_clock_that_is_behind_turns_no_epoch_and_no_number_around():
    late, early = "20261130021500", "20261130015900"
    epochs = [name(7, late, "a", "w-1", 1), name(1, early, "a", "w-2", 2)]
    numbers = [name(1, late, "a"), name(2, early, "a")]
    assert in_order(reversed(epochs)) == epochs
    assert in_order(reversed(numbers)) == numbers
    other = name(1, "20261130020000", "b", "w-3", 1)
    assert in_order([*epochs, other]) == [other, *epochs]


class Worker:
    """A home of a worker, whose clock is some minutes off."""

    def __init__(self, folder: Path, called: str, *, off: float = 0) -> None:
        self.home, self.called = Home(folder / called), called
        self.off = timedelta(minutes=off)

    def crawls(self, site: str, epoch: int, at: float, *titles: str) -> None:
        moment = NOON + timedelta(minutes=at) + self.off
        holder = LeaseHolder(self.called, epoch)
        with Archive(self.home, JsonExtract(), holder=holder, clock=lambda: moment) as archive:
            run = archive.begin_run(SITE | {"id": site})
            for title in titles:
                body = page(title, id=title[:1])
                keep(archive, run, exchange(f"/{site}/{title[:1]}", body, minutes=at))
            run.end("finished", {})


@pytest.fixture
def workers(tmp_path: Path) -> list[Worker]:
    one, two = Worker(tmp_path, "w-1"), Worker(tmp_path, "w-2", off=-60)
    one.crawls("an-hoa", 1, 0, "1 họp", "2 giám sát")
    one.crawls("binh-an", 1, 5, "1 họp")
    two.crawls("an-hoa", 2, 10, "1 họp lần hai", "3 tiếp dân")
    one.crawls("an-hoa", 3, 20, "2 giám sát", "4 bầu cử")
    return [one, two]


def segments_of(workers: list[Worker]) -> list[Path]:
    return [path for worker in workers for path in closed_segments(worker.home)]


def gathered(home: Home, paths: list[Path], *, at_once: bool) -> Home:
    home.warc.mkdir(parents=True)
    for path in paths:
        shutil.copy(path, home.warc)
        if not at_once:
            with Archive(home, JsonExtract()):
                pass
    with Archive(home, JsonExtract()) as archive:
        archive.rebuild()
    return home


def orders(paths: list[Path]) -> Iterator[list[Path]]:
    yield from map(list, list(permutations(paths))[::9])


def test_the_catalogue_of_all_is_the_same_whatever_came_first(workers, tmp_path):
    paths = segments_of(workers)
    assert len(paths) == 4
    home = gathered(Home(tmp_path / "all"), paths, at_once=True)
    told = dump_of(home)
    for number, order in enumerate(orders(paths)):
        assert dump_of(gathered(Home(tmp_path / f"{number}"), order, at_once=False)) == told
    assert sum(line.startswith("article ") for line in told) == 5


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "all")
    with Archive(home, JsonExtract()):
        return home


def comes(home: Home, *paths: Path) -> Message | None:
    """Segments come into a home; why its catalogue was made again, if it was."""
    for path in paths:
        shutil.copy(path, home.warc)
    manifest.take_in(home, [manifest.describe(path, previous=None) for path in paths])
    with Archive(home, JsonExtract()) as archive:
        return archive.recovery.outdated


def test_what_came_later_than_its_time_is_no_damage(workers, home):
    an_hoa_1, binh_an, an_hoa_3, an_hoa_2 = segments_of(workers)
    assert comes(home, binh_an) is None
    assert comes(home, an_hoa_1, an_hoa_2) is None
    assert comes(home, an_hoa_3) is None
    check = Verification(home, extract=JsonExtract())
    assert list(check.damages()) == []
    assert check.not_checked == ()


def test_what_comes_after_a_segment_that_refers_to_it_has_the_catalogue_made_again(workers, home):
    an_hoa_1, binh_an, an_hoa_3, an_hoa_2 = segments_of(workers)
    assert comes(home, binh_an, an_hoa_3) is None
    assert comes(home, an_hoa_1, an_hoa_2) == Message("archive.segments-came-late")
    told = dump_of(home)
    with Archive(home, JsonExtract()) as archive:
        archive.rebuild()
    assert dump_of(home) == told
    assert list(Verification(home, extract=JsonExtract()).damages()) == []


def test_a_revisit_refers_to_no_other_site_for_that_may_lie_with_another_worker(tmp_path):
    worker = Worker(tmp_path, "w-1")
    for site in ("an-hoa", "binh-an", "an-hoa"):
        with Archive(worker.home, JsonExtract(), holder=LeaseHolder("w-1", 1)) as archive:
            run = archive.begin_run(SITE | {"id": site})
            keep(archive, run, exchange(f"/{site}.png", b"\x89PNG the same"))
            run.end("finished", {})
    with Catalogue.open(worker.home) as catalogue:
        rows = catalogue.connection.execute("SELECT site, refers_to FROM capture ORDER BY seq")
        told = [(row["site"], row["refers_to"] is not None) for row in rows]
    assert told == [("an-hoa", False), ("binh-an", False), ("an-hoa", True)]


def test_a_check_notes_of_whom_the_segments_are_that_it_read(workers, tmp_path):
    home = gathered(Home(tmp_path / "all"), segments_of(workers), at_once=True)
    read = [path.name for path in closed_segments(home) if "_w-1_" in path.name]
    moment = datetime.now(NOON.tzinfo)
    assert log_check(
        home, began=moment, ended=moment, deep=False, since=0, segments=read, read=(1, 1),
        head=None, damages=0,
    )  # fmt: skip
    (check,) = last_checks(home)
    assert check.read == "w-1:1-3"
    others = [path.name for path in closed_segments(home) if path.name not in read]
    assert [check.has_read(one) for one in (*read, *others)] == [True, True, True, False]


def test_numbers_of_several_workers_are_no_place_to_begin_a_check_at(workers):
    with pytest.raises(UsageError, match="since-among-workers"):
        verification(workers[0].home, lambda progress: None, since="hdnd-000002")
