"""A crawl that is killed at any moment goes on where it was: nothing lost, nothing twice.

A seed stands for a moment: an even one for a step (a statement, a write, a sync, a rename), an odd
one for a time. `make soak` runs hundreds: seeds 1000 to 1299, and three kills in a row from 2000 to
2039. Each names its seed when it fails; `pytest tests/crawler/test_kill.py -k "[SEED]"` repeats it.
"""

import random
import subprocess
import time
from collections import Counter

import pytest

from archive.catalogue import database
from archive.reading import ArchiveReader
from archive.store import Archive
from crawler.extraction.extract import Extractor
from crawler.sample_portal import SampleAttachment, SampleImage, SamplePortal
from portal_visitor import article, series
from support.crawling import Crawled, crawl_in_process, end_of, home_in, start_crawl
from support.keeping import dump_of
from support.warcs import faults

ARTICLES = [
    *series(22),
    article(
        "anh",
        categories=("tiep-xuc-cu-tri", "hoat-dong-hdnd"),
        images=(SampleImage(1, "Ảnh"), SampleImage(1)),
        attachments=(SampleAttachment("a b.pdf", "Tệp"),),
    ),
]
COUNT_STEPS = """
import atexit, sys
from pathlib import Path
from support.dying import Steps
steps = Steps(None)
steps.watch()
atexit.register(lambda: print(steps.taken, file=sys.stderr))
"""
DIE = "from support.dying import Steps\nSteps({step}).watch()\n"


def state(home):
    """What is held, by names that do not change from visit to visit."""
    with ArchiveReader.open(home) as reader:
        one = reader.catalogue.connection.execute
        captures = Counter(
            (row["what"], row["role"])
            for row in one(
                "SELECT coalesce(article, identity_url) AS what, role"
                " FROM capture JOIN page USING (seq) WHERE role != 'robots'"
            )
        )
        versions = {
            (row["article"], row["digest"]) for row in one("SELECT article, digest FROM version")
        }
        urls = {(row["article"], row["url"]) for row in one("SELECT * FROM article_url")}
        return captures, versions, urls


@pytest.fixture(scope="module")
def portal():
    with SamplePortal(ARTICLES) as portal:
        yield portal


@pytest.fixture(scope="module")
def unkilled(portal, tmp_path_factory):
    """The archive of a crawl that nobody killed, its number of steps and its time."""
    home = home_in(tmp_path_factory.mktemp("unkilled"))
    process = start_crawl(home, portal, prelude=COUNT_STEPS)
    began = time.monotonic()
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return state(home), int(err.splitlines()[-1]), time.monotonic() - began


def kill(home, portal, seed, steps, seconds) -> None:
    chance = random.Random(seed)
    if seed % 2 == 0:
        process = start_crawl(home, portal, prelude=DIE.format(step=chance.randint(1, steps)))
    else:
        process = start_crawl(home, portal)
        try:
            process.wait(chance.uniform(0.3, 1.0) * seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    end_of(home, process)


def goes_on(tmp_path, portal, unkilled, seed, *, kills) -> Crawled:
    print(f"seed {seed}, {kills} kills")
    expected, steps, seconds = unkilled
    home = home_in(tmp_path / "home")
    for number in range(kills):
        kill(home, portal, seed + 2 * number * 1000, steps, seconds)

    crawled = crawl_in_process(home, portal)

    assert not crawled.error, crawled
    assert crawled.summary["finished"]
    captures, versions, urls = state(home)
    assert versions == expected[1]
    assert urls == expected[2]
    assert set(captures) == set(expected[0])
    assert not faults(home.warc)
    assert not list(home.warc.glob("*.open"))
    held = dump_of(home)
    database.discard(home.catalogue)
    with Archive(home, Extractor()):
        pass
    assert dump_of(home) == held
    return crawled


def crawls_in(crawled):
    with ArchiveReader.open(crawled.home) as reader:
        row = reader.catalogue.connection.execute(
            "SELECT count(DISTINCT crawl) FROM run"
        ).fetchone()
        return int(row[0])


def captured_twice(crawled):
    captures, _, _ = state(crawled.home)
    return {url for url, times in captures.items() if times > 1}


@pytest.mark.parametrize("seed", range(6))
def test_a_crawl_killed_at_a_random_moment_goes_on_where_it_was(tmp_path, portal, unkilled, seed):
    crawled = goes_on(tmp_path, portal, unkilled, seed, kills=1)

    if crawled.summary["resumed"]:
        assert captured_twice(crawled) == set()


def test_a_crawl_killed_again_and_again_ends_all_the_same(tmp_path, portal, unkilled):
    crawled = goes_on(tmp_path, portal, unkilled, 100, kills=3)

    # One that ended before its kill was due is followed by another, which asks anew.
    if crawled.summary["resumed"] and crawls_in(crawled) == 1:
        assert captured_twice(crawled) == set()


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1000, 1300))
def test_a_crawl_killed_at_any_of_hundreds_of_moments(tmp_path, portal, unkilled, seed):
    crawled = goes_on(tmp_path, portal, unkilled, seed, kills=1)

    if crawled.summary["resumed"]:
        assert captured_twice(crawled) == set()


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2000, 2040))
def test_a_crawl_killed_five_times(tmp_path, portal, unkilled, seed):
    goes_on(tmp_path, portal, unkilled, seed, kills=5)


def test_a_crawl_killed_after_its_last_page_ends_well(tmp_path, portal):
    """All was fetched, and only the end was not recorded."""
    home = home_in(tmp_path)
    prelude = (
        "import os, signal\nfrom crawler.sessions.site_crawl import SiteCrawl\n"
        "SiteCrawl.close = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert crawl_in_process(home, portal, prelude=prelude).killed

    crawled = crawl_in_process(home, portal)

    assert not crawled.error, crawled
    assert crawled.summary["resumed"]
    assert crawled.summary["articles"] == len(ARTICLES)
    assert crawled.summary["new_articles"] == 0


def test_a_lost_frontier_costs_a_crawl_and_no_article(tmp_path, portal):
    home = home_in(tmp_path)
    prelude = DIE.format(step=900)
    assert crawl_in_process(home, portal, prelude=prelude).killed
    for path in home.path.glob("frontier.sqlite*"):
        path.unlink()

    crawled = crawl_in_process(home, portal)

    assert not crawled.summary["resumed"]
    assert crawled.summary["articles"] == len(ARTICLES)
    assert not faults(home.warc)


def test_a_crawl_whose_last_records_a_disk_lost_fetches_them_again(tmp_path, portal, unkilled):
    home = home_in(tmp_path)
    assert crawl_in_process(home, portal, prelude=DIE.format(step=1200)).killed
    (segment,) = home.warc.glob("*.open")
    segment.write_bytes(segment.read_bytes()[:-700])

    crawled = crawl_in_process(home, portal)

    assert crawled.summary["finished"]
    assert state(home)[1:] == unkilled[0][1:]
    assert not faults(home.warc)


def test_a_second_crawl_at_the_same_time_is_told_who_is_at_work(tmp_path, portal):
    home = home_in(tmp_path)
    slow = (
        "import time\nfrom crawler.sessions.site_crawl import SiteCrawl\nclose = SiteCrawl.close\n"
    )
    slow += "SiteCrawl.close = lambda *a: (print('last', flush=1), time.sleep(60), close(*a))[-1]\n"
    first = start_crawl(home, portal, prelude=slow)
    assert first.stdout is not None
    assert first.stdout.readline() == "last\n"

    second = crawl_in_process(home, portal)

    assert second.error == "LockHeld"
    assert str(first.pid) in second.message
    first.kill()
    first.communicate()
    assert crawl_in_process(home, portal).summary["articles"] == len(ARTICLES)


FULL = """
import errno, os
from archive.warc.segments import SegmentWriter
write = SegmentWriter._write_all
left = [{room}]
def write_some(segment, data):
    if len(data) > left[0]:
        write(segment, data[:left[0]])
        left[0] = 0
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    left[0] -= len(data)
    write(segment, data)
SegmentWriter._write_all = write_some
"""


def test_a_disk_that_fills_up_ends_the_crawl_with_a_message_and_it_goes_on_later(
    tmp_path, portal, unkilled
):
    home = home_in(tmp_path)
    crawled = crawl_in_process(home, portal, prelude=FULL.format(room=60_000))
    assert crawled.error == "StorageFailed"
    assert "No space" in crawled.message
    assert "safe" in crawled.hint

    again = crawl_in_process(home, portal)

    assert again.summary["resumed"]
    assert state(home) == unkilled[0]
    assert not faults(home.warc)


def test_a_read_only_home_is_refused_before_anything_is_asked_for(tmp_path, portal):
    home = home_in(tmp_path)
    asked = len(portal.requests)
    refuse = (
        "import errno\nfrom archive.ground.lock import WriterLock\ndef acquire(lock):\n"
        "    raise PermissionError(errno.EROFS, 'Read-only file system')\n"
        "WriterLock.acquire = acquire\n"
    )
    crawled = crawl_in_process(home, portal, prelude=refuse)

    assert crawled.error == "StorageFailed"
    assert str(home.path) in crawled.message
    assert len(portal.requests) == asked
