"""One article from two web archives and a file of another program: its history is one."""

import json

import pytest

from archive.fixity.verify import Verification
from archive.importing import import_files
from archive.store import Archive
from crawler.extraction.extract import Extractor
from crawler.import_routing import SiteRouting
from crawler.sample_portal import SamplePortal
from portal_visitor import article, path_of
from support.crawling import Crawled, home_in, thanh_giang
from support.keeping import dump_of
from support.recovering import recover_in_process
from support.web_archives import HOST, CommonCrawlServer, WaybackMachine, visit, write_warc


def told(title):
    return article("ky-hop", title=title)


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """Seven captures of an article: what two archives and a file have of it, day by day."""
    path = path_of(told(""))
    with SamplePortal([], gzip=False) as portal:

        def seen(title, timestamp, **more):
            one = told(title)
            portal.articles[one.asset_id] = one
            return visit(portal, path, timestamp, **more)

        machine = [
            seen("Bản 1", "20190101000000"),
            seen("Bản 2", "20210101000000"),
            seen("Bản 1", "20230101000000", url=f"http://www.{HOST}:80{path}"),
        ]
        other_category = f"https://{HOST}{path_of(told(''), 'tiep-xuc-cu-tri')}"
        crawls = {
            "CC-MAIN-2020-05": [seen("Bản 1", "20200101000000")],
            "CC-MAIN-2022-05": [seen("Bản 3", "20220101000000", url=other_category)],
        }
        file = [seen("Bản 0", "20180601000000"), seen("Bản 4", "20240101000000")]
    warc = tmp_path_factory.mktemp("file") / "other.warc.gz"
    write_warc(warc, file)
    with WaybackMachine(machine) as one, CommonCrawlServer(crawls) as other:
        yield one.where, other.where, warc


@pytest.mark.parametrize(
    "order", ["wayback crawl file", "crawl file wayback", "file wayback crawl"]
)
def test_versions_come_in_the_order_of_their_days_whatever_came_first(sources, tmp_path, order):
    wayback, crawl, warc = sources
    home = home_in(tmp_path / "home")
    for name in order.split():
        if name == "file":
            with Archive(home, Extractor()) as archive:
                import_files(archive, [warc], SiteRouting([thanh_giang()]))
        else:
            recover_in_process(home, wayback if name == "wayback" else crawl)

    with Crawled(home).reader() as reader:
        assert reader.status().articles == 1
        held = reader.article(f"thanh-giang-{told('').asset_id}")
        titles = [
            json.loads(row["content"])["title"]
            for row in reader.catalogue.connection.execute(
                "SELECT content FROM observation o JOIN version"
                " ON version.article = o.article AND version.digest = o.version"
                " ORDER BY o.captured_at"
            )
        ]
    assert titles == ["Bản 0", "Bản 1", "Bản 1", "Bản 2", "Bản 3", "Bản 1", "Bản 4"]
    assert (held.captures, held.versions) == (7, 5)
    assert held.article.title == "Bản 4"
    before = dump_of(home)
    assert not list(Verification(home, extract=Extractor()).damages())
    with Archive(home, Extractor()) as archive:
        archive.rebuild()
    assert dump_of(home) == before
