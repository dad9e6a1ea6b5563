"""Runs that are interrupted, lose their frontier, or find a site that has changed its face."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time

import pytest

from archive.reading import ArchiveReader
from portal_visitor import series
from support.crawling import crawl_in_process, home_in
from support.hdnd import command_line, environment
from support.hostile_portal import Guest, HostilePortal, response, says

ARTICLE = r"/-/view_content/\d"


def test_a_lost_frontier_costs_nothing(tmp_path):
    home = home_in(tmp_path)
    with HostilePortal(series(25)) as portal:
        crawl_in_process(home, portal)
        before = len(portal.requests)
        for path in home.path.glob("frontier.sqlite*"):
            path.unlink()
        refreshed = crawl_in_process(home, portal, kind="refresh", days=1)

    assert refreshed.summary["kind"] == "refresh"
    assert refreshed.summary["new_articles"] == 0
    assert len(portal.requests) - before <= 4


def test_a_frontier_that_outlived_its_archive_begins_anew(tmp_path):
    home = home_in(tmp_path)
    with HostilePortal(series(4)) as portal:
        crawl_in_process(home, portal, max_requests=5)
        shutil.rmtree(home.warc)
        for path in home.path.glob("catalogue.sqlite*"):
            path.unlink()
        refused = crawl_in_process(home, portal)
        home.manifest.unlink()
        crawled = crawl_in_process(home, portal)

    assert refused.error == "ArchiveDamaged"
    assert "restore them from a backup" in refused.hint
    assert not crawled.summary["resumed"]
    assert crawled.summary["finished"]
    assert crawled.summary["articles"] == 4


def test_listings_that_show_no_article_any_more_are_no_quiet_night(tmp_path):
    home = home_in(tmp_path)
    bare = says(200, b'<html><div class="portlet-asset-publisher"></div></html>')
    with HostilePortal(series(2)) as portal:
        crawl_in_process(home, portal)
        portal.on(r"^/(hoat-dong-hdnd|tiep-xuc-cu-tri)(\?|$)", bare)
        refreshed = crawl_in_process(home, portal, kind="refresh", days=1)

    assert refreshed.error == "NothingFetched"
    assert "no article any more" in refreshed.message


@pytest.mark.parametrize("times", [1, 2], ids=["once", "twice"])
def test_an_interruption_ends_the_run_and_the_same_command_goes_on(tmp_path, times):
    def slow(guest: Guest) -> bytes:
        time.sleep(0.3)
        return response(guest.answer)

    home = home_in(tmp_path)
    with HostilePortal(series(30)) as portal:
        portal.on(ARTICLE, slow)
        arguments = ("crawl", "thanh-giang", "--host", portal.host, "--quiet")
        process = subprocess.Popen(
            command_line(*arguments),
            env=environment(home.path),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        while len(portal.paths(ARTICLE)) < 6:
            time.sleep(0.05)
        for _ in range(times):
            process.send_signal(signal.SIGINT)
            time.sleep(0.02)
        _, told = process.communicate(timeout=30)
        portal.off()
        again = crawl_in_process(home, portal)

    assert process.returncode == 130
    if times == 1:
        assert "same command goes on" in told
    assert again.summary["resumed"]
    assert again.summary["articles"] == 30
    with ArchiveReader.open(home) as reader:
        assert {record.captures for _, _, record in reader.changes(0)} <= {1, 2}
