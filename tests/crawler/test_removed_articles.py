"""What was removed from an archive is not asked for again while it is withheld."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.catalogue.queries.withholding import Act
from archive.ground.home import Home
from archive.model import Outcome
from archive.removal import decide_removal
from archive.store import Archive
from archive.withholding import record_act
from crawler import Extractor
from crawler.extraction.platforms import platform_of
from crawler.sample_portal import SamplePortal
from crawler.sessions.removed_articles import WHY, RemovedArticles
from portal_visitor import article, path_of
from support.chronicle import HOST, Chronicle
from support.crawling import crawl_in_process, home_in
from support.recovering import recover_in_process
from support.warcs import records
from support.web_archives import WaybackMachine, visit

STORY, OTHER = article("ky-hop"), article("tin-khac", title="Một tin khác")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Both articles were captured, and the first one removed."""
    home = home_in(tmp_path / "home")
    with Chronicle(home.path, [STORY, OTHER]) as chronicle:
        chronicle.visit()
        story = chronicle.id_of(STORY)
        with chronicle.archive() as archive:
            record_act(archive, story, Act.WITHHOLD, reason="x")
            decide_removal(archive, story, reason="x")
    return home


@pytest.fixture
def portal() -> Iterator[SamplePortal]:
    with SamplePortal([STORY, OTHER], gzip=False) as portal:
        yield portal


def outcomes(home: Home) -> list[tuple[str, str]]:
    told = [record.values for record in records(home.warc) if record.type == "metadata"]
    return [(values["outcome"], values["detail"]) for values in told if "outcome" in values]


def test_a_crawl_passes_it_by_and_says_why(home: Home, portal: SamplePortal) -> None:
    assert crawl_in_process(home, portal).summary["finished"]
    asked = " ".join(request.path for request in portal.requests)
    assert str(OTHER.asset_id) in asked
    assert str(STORY.asset_id) not in asked
    assert (Outcome.NOT_FETCHED.value, WHY) in outcomes(home)


def test_it_is_not_taken_from_a_web_archive_either(home: Home, portal: SamplePortal) -> None:
    kept = [visit(portal, path_of(one), "20190102000000") for one in (STORY, OTHER)]
    with WaybackMachine(kept) as machine:
        assert recover_in_process(home, machine.where).summary["finished"]
    assert [url.removeprefix(HOST) for _, url in machine.replayed] == [path_of(OTHER)]
    assert outcomes(home) == [(Outcome.NOT_FETCHED.value, WHY)]


def test_once_it_is_released_it_may_be_asked_for_again(home: Home) -> None:
    with Chronicle(home.path, [STORY]) as chronicle, chronicle.archive() as archive:
        platform = platform_of(chronicle.site, chronicle.now.date())

        def passed_by(path: str) -> bool:
            return RemovedArticles(archive.catalogue, chronicle.site, platform).has(HOST + path)

        assert passed_by(path_of(STORY))
        assert not passed_by(path_of(OTHER))
        record_act(archive, chronicle.id_of(STORY), Act.RELEASE, reason="x")
        assert not passed_by(path_of(STORY))


def test_an_article_that_only_its_address_names_is_known_by_it(tmp_path: Path) -> None:
    with Chronicle(tmp_path / "home", [STORY]) as chronicle:
        url = f"{HOST}/-/bai-khong-so"
        html = chronicle.portal.answer(path_of(STORY), {}).body.decode()
        chronicle.keep(url, html.replace(str(STORY.asset_id), "").encode())
        with chronicle.archive() as archive:
            (name,) = (
                row["id"] for row in archive.catalogue.connection.execute("SELECT id FROM article")
            )
            record_act(archive, name, Act.WITHHOLD, reason="x")
            decide_removal(archive, name, reason="x")
        with Archive(chronicle.home, Extractor()) as archive:
            platform = platform_of(chronicle.site, chronicle.now.date())
            assert RemovedArticles(archive.catalogue, chronicle.site, platform).has(url)
