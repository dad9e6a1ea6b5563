"""The index follows the archive, and all that is derived can be made again."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from archive.catalogue import database
from archive.catalogue.database import open_for_reading
from crawler.extraction.extract import RULE
from crawler.sample_portal import SamplePortal
from indexer import SearchIndex
from portal_visitor import series
from support.crawling import crawl_in_process, home_in
from support.hdnd import Done, run_hdnd


def answers(home: Path) -> Done:
    return run_hdnd("search", "giám sát", "--json", "--limit", "50", home=home)


def test_an_index_that_is_up_to_date_is_left_alone(copy_of_demo: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (copy_of_demo / "index").iterdir()}
    done = run_hdnd("index", home=copy_of_demo)
    assert (done.status, done.out) == (0, "Search index: up to date, nothing to do.\n")
    assert {path: path.stat().st_mtime_ns for path in (copy_of_demo / "index").iterdir()} == before


def test_a_missing_index_is_built(copy_of_demo: Path) -> None:
    before = answers(copy_of_demo)
    (copy_of_demo / "index").rename(copy_of_demo / "elsewhere")
    done = run_hdnd("index", home=copy_of_demo)
    assert done.out == "Search index built (there was none yet): 68 articles.\n"
    assert answers(copy_of_demo).json["hits"] == before.json["hits"]


def test_an_index_beside_it_that_is_built_is_no_nothing_to_do(copy_of_demo: Path) -> None:
    shutil.rmtree(copy_of_demo / "index-versions")
    done = run_hdnd("index", home=copy_of_demo)
    assert (done.status, done.out) == (0, "Search index of earlier versions built.\n")
    assert run_hdnd("index", home=copy_of_demo).out.endswith("nothing to do.\n")


@pytest.mark.parametrize("lock", ["lock", "derived/facts.lock", "index.new/hdnd_WRITELOCK"])
def test_while_a_removal_makes_the_index_again_a_search_says_so(
    copy_of_demo: Path, lock: str
) -> None:
    shutil.rmtree(copy_of_demo / "index")
    assert "no search index yet" in answers(copy_of_demo).err
    (copy_of_demo / lock).parent.mkdir(exist_ok=True)
    with FileLock(copy_of_demo / lock):
        done = answers(copy_of_demo)
    assert done.status == 8
    assert "until the command that is at work has made it" in done.err
    assert "if it was cut off: `hdnd index`" in done.err


def test_a_damaged_index_is_built_anew_and_the_reason_said(copy_of_demo: Path) -> None:
    file = max((copy_of_demo / "index").iterdir(), key=lambda path: path.stat().st_size)
    file.write_bytes(file.read_bytes()[:-1])
    assert answers(copy_of_demo).status == 8
    done = run_hdnd("index", home=copy_of_demo)
    assert done.status == 0
    assert "is damaged" in done.out
    assert answers(copy_of_demo).status == 0


def test_a_flipped_bit_that_no_search_has_met_yet_is_found_by_the_next_update(
    copy_of_demo: Path,
) -> None:
    for file in (copy_of_demo / "index").glob("*.words"):
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        file.write_bytes(data)
    done = run_hdnd("index", home=copy_of_demo)
    assert done.status == 0
    assert "is damaged" in done.out
    assert run_hdnd("index", home=copy_of_demo).out.startswith("Search index: up to date")


@pytest.mark.parametrize("watermark", [10**15, (RULE + 1) * 10**12, None])
def test_an_index_of_another_rule_or_ahead_of_the_archive_is_built_anew(
    copy_of_demo: Path, watermark: int | None
) -> None:
    SearchIndex.replace(copy_of_demo / "index", [], watermark=watermark).close()
    done = run_hdnd("index", home=copy_of_demo)
    assert done.out.startswith("Search index built (")
    assert answers(copy_of_demo).json["total"] == 24


def test_an_index_that_lacks_articles_it_should_have_is_built_anew(copy_of_demo: Path) -> None:
    with SearchIndex.open(copy_of_demo / "index") as index:
        lost = index.search("giám sát").hits[0].id
        index.remove([lost], watermark=index.watermark)
    done = run_hdnd("index", home=copy_of_demo)
    assert "it does not hold just the archive's articles" in done.out
    assert answers(copy_of_demo).json["total"] == 24


def test_rebuild_gives_the_same_catalogue_and_the_same_answers(copy_of_demo: Path) -> None:
    before = (
        database.dump(open_for_reading(copy_of_demo / "catalogue.sqlite")),
        answers(copy_of_demo),
    )
    done = run_hdnd("rebuild", home=copy_of_demo)
    assert done.status == 0, done.err
    assert done.lines[-1] == "Search index built: 68 articles."
    assert before == (
        database.dump(open_for_reading(copy_of_demo / "catalogue.sqlite")),
        answers(copy_of_demo),
    )


@pytest.mark.parametrize("damage", ["lost", "garbage", "flipped"])
def test_rebuild_mends_a_catalogue_that_cannot_be_read(copy_of_demo: Path, damage: str) -> None:
    file = copy_of_demo / "catalogue.sqlite"
    data = bytearray(file.read_bytes())
    if damage == "lost":
        file.unlink()
    elif damage == "garbage":
        file.write_bytes(b"no database at all" * 100)
    else:
        data[4096 : 4096 * 40] = bytes(byte ^ 0xFF for byte in data[4096 : 4096 * 40])
        file.write_bytes(data)
    done = run_hdnd("rebuild", home=copy_of_demo)
    assert done.status == 0, done.err
    assert run_hdnd("status", "--json", home=copy_of_demo).json["articles"] == 68


def test_a_damaged_catalogue_is_named_with_the_way_out(copy_of_demo: Path) -> None:
    (copy_of_demo / "catalogue.sqlite").write_bytes(b"no database at all" * 100)
    done = run_hdnd("status", home=copy_of_demo)
    assert done.status == 6
    assert "catalogue.sqlite" in done.err
    assert "`hdnd rebuild`" in done.err


@pytest.mark.parametrize("command", ["index", "rebuild"])
def test_without_an_archive_nothing_is_made(tmp_path: Path, command: str) -> None:
    done = run_hdnd(command, home=tmp_path / "nowhere")
    assert done.status == 2
    assert "there is no archive" in done.err
    assert not (tmp_path / "nowhere").exists()


def test_records_that_a_disk_lost_are_told_of(tmp_path: Path) -> None:
    """The machine goes down at the end of a crawl, and the disk kept less than it had said."""
    home = home_in(tmp_path)
    down = "import os\nfrom crawler.sessions.site_crawl import SiteCrawl\n"
    down += "SiteCrawl.close = lambda *_: os.kill(os.getpid(), 9)\n"
    with SamplePortal(series(3)) as portal:
        assert crawl_in_process(home, portal, prelude=down).killed
    (segment,) = home.warc.glob("*.open")
    segment.write_bytes(segment.read_bytes()[:-700])

    done = run_hdnd("index", home=home.path)

    assert done.status == 0, done.err
    assert "The disk has lost records that an earlier run had kept." in done.err
    assert re.search(r"from the \d+ records that are left; `hdnd verify`", done.err)
    assert "not entered in the catalogue" not in done.err
    assert "has lost" not in run_hdnd("index", home=home.path).err
