"""The cluster of the index or the store is away: what was crawled is kept, and told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.ground.home import Home
from archive.reading import ArchiveReader
from crawler.sample_portal import SamplePortal, bundled_articles
from support import seaweed
from support.crawling import home_in
from support.hdnd import Done, run_hdnd

UNAVAILABLE, UNREACHABLE = 17, 15
SITE = "thanh-giang"


@pytest.fixture
def away() -> dict[str, str]:
    """An environment whose cluster and store nobody answers for."""
    there = f"127.0.0.1:{seaweed.free_ports(1)[0]}"
    return {
        "HDND_INDEX": f"opensearch://{there}/articles",
        "HDND_STORE": "s3://hdnd/away",
        "AWS_ENDPOINT_URL": f"http://{there}",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_REGION": "us-east-1",
    }


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return home_in(tmp_path / "home").path


def kept(home: Path) -> int:
    with ArchiveReader.open(Home(home)) as reader:
        return reader.article_count()


def of_the_portal(home: Path, *line: str, env: dict[str, str]) -> Done:
    with SamplePortal(bundled_articles()) as portal:
        return run_hdnd(*line, "--host", portal.host, home=home, env=env)


def test_a_crawl_is_told_and_the_status_says_what_is_left(home: Path, away: dict[str, str]) -> None:
    del away["HDND_STORE"]
    ran = of_the_portal(home, "crawl", SITE, "--max-requests", "6", env=away | {"HDND_LANG": "vi"})
    assert ran.status == UNAVAILABLE
    assert "6 " in ran.out
    assert "`hdnd index` sẽ cập nhật chỉ mục" in ran.err
    assert kept(home) > 0
    indexed = run_hdnd("index", home=home)
    assert (indexed.status, str(kept(home)) in indexed.out) == (0, True)
    article = a_kept_article(home)
    for line in (("withhold", "--reason", "Tòa án"), ("release", "--reason", "Bị hủy")):
        acted = run_hdnd(line[0], article, *line[1:], home=home, env=away)
        assert (acted.status, "The act is recorded." in acted.err) == (UNAVAILABLE, True)


def a_kept_article(home: Path) -> str:
    with ArchiveReader.open(Home(home)) as reader:
        return next(record.id for _, _, record in reader.changes(0) if record)


def test_a_night_is_told_whole_and_a_person_called(
    home: Path, away: dict[str, str], tmp_path: Path
) -> None:
    note = tmp_path / "note"
    line = ("refresh", SITE, "--max-requests", "6", "--json", "--notify", f"cat >{note}")
    ran = of_the_portal(home, *line, env=away)
    assert ran.status == UNAVAILABLE
    told = json.loads(ran.out)
    assert told["status"] == UNAVAILABLE
    assert [site["site"] for site in told["sites"]] == [SITE]
    assert {"error"} == told["index"].keys() == told["store"].keys()
    said = note.read_text(encoding="utf-8")
    assert "`hdnd index` brings" in said
    assert "`hdnd store push` goes on" in said
    assert kept(home) > 0
    del away["HDND_INDEX"]
    assert of_the_portal(home, *line[:4], env=away).status == UNREACHABLE


def test_a_demonstration_says_what_it_kept_and_asks_no_question(
    tmp_path: Path, away: dict[str, str]
) -> None:
    del away["HDND_STORE"]
    texts = tmp_path / "texts"
    texts.mkdir()
    stamp = "Ngày đăng 05/02/2024 | 17:00 | Lượt xem: 407"
    (texts / "1.txt").write_text(f"Giám sát chợ\n{stamp}\n\nMột đoạn.\n", encoding="utf-8")
    ran = run_hdnd("demo", "--articles", str(texts), "--home", str(tmp_path / "demo"), env=away)
    assert ran.status == UNAVAILABLE
    assert "1 new article" in ran.out
    assert "$ hdnd search" not in ran.out
    repaired = run_hdnd("repair", home=tmp_path / "demo", env=away)
    assert (repaired.status, "nothing was changed" in repaired.out) == (UNAVAILABLE, True)
