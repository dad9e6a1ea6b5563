"""`hdnd crawl`: what it says, how it ends, and that its pages can be searched at once."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.sample_portal import SamplePortal, bundled_articles
from support.crawling import MOC_SON_TOML, NEWS_ALONE, THANH_GIANG_FILE
from support.hdnd import command_line, environment, run_hdnd, run_hdnd_on_terminal


@pytest.fixture
def portal() -> Iterator[SamplePortal]:
    with SamplePortal(bundled_articles()) as portal:
        yield portal


@pytest.fixture
def home(tmp_path: Path) -> Path:
    sites = tmp_path / "home" / "sites"
    sites.mkdir(parents=True)
    (sites / THANH_GIANG_FILE.name).write_text(
        NEWS_ALONE + THANH_GIANG_FILE.read_text("utf-8"), encoding="utf-8"
    )
    return tmp_path / "home"


def test_every_request_is_in_the_sum(home: Path, portal: SamplePortal) -> None:
    done = run_hdnd("crawl", "thanh-giang", "--host", portal.host, home=home)
    assert done.status == 0, done.err
    total, outcomes = re.match(r"(\d+) requests: (.*)\.", done.out).groups()  # type: ignore[union-attr]
    assert int(total) == sum(map(int, re.findall(r"\d+", outcomes))) == len(portal.requests)
    assert "68 new articles" in done.out
    assert run_hdnd("search", "giam sat", "--count", home=home).out == "24\n"


def test_a_person_at_a_terminal_sees_how_far_the_crawl_is(home: Path, portal: SamplePortal) -> None:
    done = run_hdnd_on_terminal(
        "crawl", "thanh-giang", "--host", portal.host, home=home, env={"COLUMNS": "200"}
    )
    assert done.status == 0
    assert re.search(r"Crawling: \d+ new, 0 changed, 0 problems.*\d+/\d+", done.out)
    assert "\x1b[2K" in done.out
    assert "68 new articles" in done.lines[-2]


def test_a_changed_article_is_a_new_version_and_found_by_its_new_words(
    home: Path, portal: SamplePortal
) -> None:
    run_hdnd("crawl", "thanh-giang", "--host", portal.host, home=home)
    asset_id, article = next(
        (number, one) for number, one in portal.articles.items() if "tin-tuc" not in one.categories
    )
    portal.articles[asset_id] = type(article)(
        **{
            name: getattr(article, name)
            for name in article.__slots__  # type: ignore[attr-defined]
            if name != "paragraphs"
        },
        paragraphs=(*article.paragraphs, "Câu mới thêm về thuỷ cung."),
    )
    done = run_hdnd("crawl", "thanh-giang", "--host", portal.host, home=home)
    assert "0 new articles, 1 new version of articles known before" in done.out
    assert "1 article brought up to date" in done.out
    hits = run_hdnd("search", '"thuỷ cung"', "--json", home=home).json["hits"]
    assert [hit["id"] for hit in hits] == [f"thanh-giang-{asset_id}"]


def test_quiet_says_no_progress(home: Path, portal: SamplePortal) -> None:
    done = run_hdnd("crawl", "thanh-giang", "--host", portal.host, "--quiet", home=home)
    assert (done.status, done.err) == (0, "")


def test_an_interrupted_crawl_is_searchable_and_goes_on(home: Path, portal: SamplePortal) -> None:
    slow = THANH_GIANG_FILE.read_text("utf-8").replace("delay_seconds = 0", "delay_seconds = 0.3")
    (home / "sites" / THANH_GIANG_FILE.name).write_text(slow, encoding="utf-8")
    process = subprocess.Popen(
        command_line("crawl", "thanh-giang", "--host", portal.host),
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    while not [one for one in portal.requests if "view_content" in one.path]:
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "goes on from here" in err
    shutil.copy(THANH_GIANG_FILE, home / "sites")
    again = run_hdnd("crawl", "thanh-giang", "--host", portal.host, home=home)
    assert again.status == 0, again.err
    assert "Went on with the crawl that was not finished." in again.out
    assert "68 articles held" in again.out


def test_what_a_killed_crawl_kept_is_indexed(home: Path, portal: SamplePortal) -> None:
    process = subprocess.Popen(
        command_line("crawl", "thanh-giang", "--host", portal.host),
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while len(portal.requests) < 60:
        assert process.poll() is None
    process.kill()
    process.wait()
    done = run_hdnd("index", home=home)
    assert done.status == 0, done.err
    status = run_hdnd("status", "--json", home=home).json
    assert status["articles"] > 10
    assert status["index"]["up_to_date"]


def test_a_site_that_has_ended_is_not_visited(tmp_path: Path) -> None:
    done = run_hdnd("crawl", "hai-ba-trung", home=tmp_path)
    assert done.status == 4
    assert "30/06/2025" in done.err
    assert "--anyway" in done.err
    assert not (tmp_path / "warc").exists()


def test_the_site_may_be_left_out_if_only_one_has_not_ended(tmp_path: Path) -> None:
    assert run_hdnd("crawl", home=tmp_path).status == 4
    (tmp_path / "sites").mkdir()
    for name in ("moc-ha", "moc-son"):
        described = MOC_SON_TOML.replace('"moc-son"', f'"{name}"')
        (tmp_path / "sites" / f"{name}.toml").write_text(described, encoding="utf-8")
    several = run_hdnd("crawl", home=tmp_path)
    assert several.status == 2
    assert "hai-ba-trung, moc-ha, moc-son" in several.err


def test_an_unknown_site_is_status_3(home: Path) -> None:
    assert run_hdnd("crawl", "ba-dinh", home=home).status == 3


def test_two_crawls_at_once_name_each_other(home: Path, portal: SamplePortal) -> None:
    slow = THANH_GIANG_FILE.read_text("utf-8").replace("delay_seconds = 0", "delay_seconds = 1")
    (home / "sites" / THANH_GIANG_FILE.name).write_text(slow, encoding="utf-8")
    first = subprocess.Popen(
        command_line("crawl", "thanh-giang", "--host", portal.host),
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not portal.requests:
        assert first.poll() is None
    second = run_hdnd("crawl", "thanh-giang", "--host", portal.host, home=home)
    index = run_hdnd("index", home=home)
    first.kill()
    first.wait()
    assert second.status == 5
    assert f"process {first.pid}" in second.err
    assert index.status == 0, index.err
    assert f"process {first.pid}" in index.err
