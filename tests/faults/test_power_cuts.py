"""The power goes at any moment of any work: nothing that was acknowledged is lost.

A state of the disk is drawn by a seed; `pytest tests/faults/test_power_cuts.py -k "[SEED]"` repeats
it. `make soak` draws thousands.
"""

import random
import re
import shutil
import sqlite3
import subprocess
import zlib
from contextlib import closing
from urllib.parse import unquote, urlsplit

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from archive.ground.home import Home
from crawler.sample_portal import SampleAttachment, SampleImage
from portal_visitor import article, series
from support.crawling import crawl_command, crawl_in_process, environment, home_in
from support.hdnd import command_line, run_hdnd
from support.hdnd import environment as hdnd_environment
from support.hostile_portal import HostilePortal
from support.power_cuts import MODES, record
from support.warcs import faults, records

ARTICLES = [
    *series(14),
    article(
        "anh", images=(SampleImage(1, "Ảnh"),), attachments=(SampleAttachment("a b.pdf", "Tệp"),)
    ),
]
BATCH = 4
"""Requests under way at once, which a cut may make the crawl ask again."""


@pytest.fixture(scope="module")
def portal():
    with HostilePortal(ARTICLES) as portal:
        yield portal


@pytest.fixture(scope="module")
def crawl(portal, tmp_path_factory):
    """What a crawl did to the disk."""
    home = home_in(tmp_path_factory.mktemp("recorded") / "home")
    scratch = tmp_path_factory.mktemp("scratch")
    return record(
        crawl_command(home, portal),
        home.path,
        scratch,
        cwd=home.path,
        env=environment(),
        stdout=subprocess.DEVNULL,
    )


def whole_records(folder):
    """The records of the WARC files of a folder up to the first that is not whole."""
    found = []
    for path in sorted(folder.glob("*.warc.gz*")):
        data, offset = path.read_bytes(), 0
        while offset < len(data):
            inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                content = inflater.decompress(data[offset:])
            except zlib.error:
                break
            if not inflater.eof:
                break
            found.append(content)
            offset = len(data) - len(inflater.unused_data)
    return found


def field_of(record, name):
    found = re.search(rb"\r\n" + name + rb": ([^\r]*)", record)
    return found[1].decode() if found else ""


def is_over(home):
    """Whether the crawl had ended before the cut: then the next one is another, and asks anew."""
    try:
        with closing(sqlite3.connect(home.frontier)) as frontier:
            return bool(frontier.execute("SELECT 1 FROM crawl WHERE finished").fetchone())
    except sqlite3.DatabaseError:
        return False


def check(crawl, portal, folder, seed):
    chance = random.Random(seed)
    mode = MODES[seed % len(MODES)]
    moment = chance.randrange(len(crawl.operations) + 1)
    print(f"seed {seed}: {mode}, before operation {moment} of {len(crawl.operations)}")
    crawl.state(folder / "durable", moment, "lost", chance)
    held = whole_records(folder / "durable" / "warc")
    crawl.state(folder / "home", moment, mode, chance)
    home = Home(folder / "home")
    over = is_over(home)
    answered = {
        urlsplit(field_of(one, b"WARC-Target-URI")).path
        for one in held
        if field_of(one, b"WARC-Type") in ("response", "revisit")
    }
    portal.requests.clear()

    crawled = crawl_in_process(home, portal)

    assert not crawled.error, crawled
    assert crawled.summary["finished"]
    assert crawled.summary["articles"] == len(ARTICLES)
    assert not faults(home.warc)
    ids = {field_of(one, b"WARC-Record-ID") for one in held}
    assert ids <= {one.fields["WARC-Record-ID"] for one in records(home.warc)}
    verified = run_hdnd("verify", home=home.path)
    assert verified.status == 0, verified
    asked = {unquote(urlsplit(one.path).path) for one in portal.requests}
    again = asked & {unquote(path) for path in answered} - {"/robots.txt"}
    assert over or len(again) <= BATCH, again


@pytest.mark.parametrize("seed", range(8))
def test_a_crawl_goes_on_after_a_power_cut_and_nothing_is_lost(tmp_path, portal, crawl, seed):
    check(crawl, portal, tmp_path, seed)


@pytest.mark.soak
@pytest.mark.parametrize("first", range(1000, 11000, 50))
def test_a_crawl_goes_on_after_thousands_of_power_cuts(tmp_path, portal, crawl, first):
    for seed in range(first, first + 50):
        check(crawl, portal, tmp_path / str(seed), seed)
        shutil.rmtree(tmp_path / str(seed))


WORK = {
    "import": ("import", "{scratch}/other.warc.gz"),
    "index": ("index",),
    "rebuild": ("rebuild",),
    "backup": ("backup", "{home}/../copy"),
    "repair": ("repair",),
}


@pytest.fixture(scope="module")
def held(portal, tmp_path_factory):
    """An archive that was crawled but not indexed."""
    home = home_in(tmp_path_factory.mktemp("held") / "home")
    assert not crawl_in_process(home, portal).error
    return home


def write_elsewhere(home, host, target):
    """The responses of an archive as a WARC file that another program wrote, of the site's host."""
    (segment,) = home.warc.glob("*.warc.gz")
    with segment.open("rb") as source, target.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for one in ArchiveIterator(source, no_record_parse=True):
            if one.rec_type == "response":
                url = one.rec_headers.get_header("WARC-Target-URI")
                writer.write_record(
                    writer.create_warc_record(
                        url.replace(f"http://{host}", "https://thanhgiang.example"),
                        "response",
                        payload=one.raw_stream,
                        warc_content_type="application/http; msgtype=response",
                        warc_headers_dict={"WARC-Date": one.rec_headers.get_header("WARC-Date")},
                    )
                )


@pytest.fixture(scope="module", params=WORK)
def work(request, held, portal, tmp_path_factory):
    """A command, what it did to the disk, and how it is run."""
    folder, scratch = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("scratch")
    home = folder / "home"
    if request.param == "import":
        home_in(home)
        write_elsewhere(held, portal.host, scratch / "other.warc.gz")
    else:
        shutil.copytree(held.path, home)
    arguments = [word.format(scratch=scratch, home=home) for word in WORK[request.param]]
    recorded = record(
        command_line(*arguments),
        folder,
        scratch,
        env=hdnd_environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return request.param, recorded, scratch


def check_work(work, folder, seed):
    name, recorded, scratch = work
    chance = random.Random(seed)
    mode, moment = MODES[seed % len(MODES)], chance.randrange(len(recorded.operations) + 1)
    print(f"seed {seed}: {name}, {mode}, before operation {moment} of {len(recorded.operations)}")
    recorded.state(folder / "cut", moment, mode, chance)
    home = folder / "cut" / "home"
    arguments = [word.format(scratch=scratch, home=home) for word in WORK[name]]
    if name == "backup":
        shutil.rmtree(folder / "cut" / "copy", ignore_errors=True)

    done = run_hdnd(*arguments, home=home)

    assert done.status == 0, done
    assert run_hdnd("index", home=home).status == 0
    verified = run_hdnd("verify", home=home)
    assert verified.status == 0, verified
    status = run_hdnd("status", "--json", home=home).json
    assert status["articles"] == len(ARTICLES)
    assert run_hdnd("search", "bài", "--json", home=home).json["total"] == len(ARTICLES)


@pytest.mark.parametrize("seed", range(3))
def test_any_work_can_be_done_again_after_a_power_cut(tmp_path, work, seed):
    check_work(work, tmp_path, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1000, 1400))
def test_any_work_can_be_done_again_after_hundreds_of_power_cuts(tmp_path, work, seed):
    check_work(work, tmp_path, seed)


@pytest.fixture(scope="module")
def removal(held, tmp_path_factory):
    """What the removal of one article did to the disk, and that article."""
    folder, scratch = tmp_path_factory.mktemp("removal"), tmp_path_factory.mktemp("scratch")
    home = Home(shutil.copytree(held.path, folder / "home"))
    story = f"thanh-giang-{ARTICLES[0].asset_id}"
    withheld = run_hdnd("withhold", story, "--reason", "x", home=home.path)
    assert withheld.status == 0, withheld
    recorded = record(
        command_line("remove", story, "--yes", "--reason", "x"),
        folder,
        scratch,
        env=hdnd_environment(home.path),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return story, recorded, {one.fields["WARC-Record-ID"] for one in records(held.warc)}


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2000, 2200))
def test_a_removal_is_done_or_not_begun_after_a_power_cut(tmp_path, removal, seed):
    story, recorded, before = removal
    chance = random.Random(seed)
    mode, moment = MODES[seed % len(MODES)], chance.randrange(len(recorded.operations) + 1)
    print(f"seed {seed}: {mode}, before operation {moment} of {len(recorded.operations)}")
    recorded.state(tmp_path / "cut", moment, mode, chance)
    home = Home(tmp_path / "cut" / "home")

    assert run_hdnd("index", home=home.path).status == 0
    verified = run_hdnd("verify", home=home.path)
    assert verified.status == 0, verified
    gone = before - {one.fields["WARC-Record-ID"] for one in records(home.warc)}
    again = run_hdnd("remove", story, "--yes", "--reason", "x", home=home.path)
    assert again.status == (2 if gone else 0), again
    told = run_hdnd("verify", "--json", home=home.path).json
    (removed,) = told["replacements"]
    assert told["sound"]
    assert not gone or gone == set(removed["removed"])
    assert run_hdnd("search", "bài", "--json", home=home.path).json["total"] == len(ARTICLES) - 1
