"""A crawl of the sample portal from end to end, in a process of its own."""

from collections import Counter

import pytest

from archive.ground.home import Home
from archive.reading import ArchiveReader
from archive.store import Archive
from crawler.extraction.extract import Extractor
from crawler.sample_portal import MOC_SON, SampleAttachment, SampleImage, SamplePortal
from crawler.sample_portal import bundled_articles as bundled
from portal_visitor import article, series
from support.crawling import MOC_SON_TOML, crawl_in_process, home_in, start_crawl
from support.faulty_portal import FaultyPortal
from support.keeping import dump_of
from support.warcs import faults, records

HDND = ("hoat-dong-hdnd", "tiep-xuc-cu-tri")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The bundled articles, crawled; and what the portal was asked for."""
    home = home_in(tmp_path_factory.mktemp("whole"))
    with SamplePortal(bundled()) as portal:
        crawled = crawl_in_process(home, portal)
        yield crawled, portal, [request.path for request in portal.requests]


def of_hdnd(articles):
    return [one for one in articles if not one.categories or set(one.categories) & set(HDND)]


def test_every_article_of_the_sites_categories_is_archived_and_no_other(whole):
    crawled, _, _ = whole
    wanted = {f"thanh-giang-{one.asset_id}" for one in of_hdnd(bundled())}
    with crawled.reader() as reader:
        held = {id_ for id_, _, _ in reader.changes(0)}

    assert held == wanted
    assert crawled.summary["articles"] == crawled.summary["new_articles"] == len(wanted)
    assert crawled.summary["finished"]
    assert crawled.summary["reason"] == "finished"


def test_every_article_is_read_as_it_was_written(whole):
    crawled, _, _ = whole
    with crawled.reader() as reader:
        for one in of_hdnd(bundled()):
            record = reader.article(f"thanh-giang-{one.asset_id}")
            found = record.article
            assert found.title == one.title
            assert (found.lead or "") == one.lead
            assert (record.poster or "") == one.author
            assert found.published_at == one.published_at
            assert record.views == one.views
            assert [a.name for a in found.attachments] == [a.name for a in one.attachments]
            captions = [image.caption for image in one.images if image.caption]
            links = [attachment.text for attachment in one.attachments]
            texts = [" ".join(block.text.split()) for block in found.blocks if block.text]
            assert Counter(texts) == Counter([*one.paragraphs, *captions, *links])
            paragraphs = [text for text in texts if text in one.paragraphs]
            assert paragraphs == list(one.paragraphs)
            images = [url for block in found.blocks for url in block.images]
            assert len(images) == len(one.images)
            assert all(url.startswith("https://thanhgiang.example/image/") for url in images)


def test_no_address_is_asked_for_twice(whole):
    _, _, asked = whole
    bare = [path.partition(";")[0].partition("?redirect")[0] for path in asked]

    assert [path for path, times in Counter(bare).items() if times > 1] == []


def test_the_trap_of_languages_is_never_stepped_into(whole):
    _, _, asked = whole

    assert [path for path in asked if "/vi" in path.split("?")[0].split("/-/")[-1][-4:]] == []
    assert [path for path in asked if path.rstrip("/").endswith(("/vi", "/en"))] == []


def test_other_news_related_lists_and_the_front_page_are_left_alone(whole):
    _, _, asked = whole

    assert [path for path in asked if path.startswith("/tin-tuc") or path == "/"] == []
    assert [path for path in asked if "print" in path or "pop_up" in path] == []


def test_images_and_attachments_come_with_their_articles(whole):
    crawled, _, asked = whole
    articles = of_hdnd(bundled())
    images = sum(len(one.images) for one in articles)
    attachments = sum(len(one.attachments) for one in articles)

    assert len([path for path in asked if path.startswith("/image/")]) == images > 10
    files = [path for path in asked if path.startswith(("/UploadFile", "/documents"))]
    assert len(files) == attachments > 3
    with crawled.reader() as reader:
        kinds = Counter(
            row["media_type"]
            for row in reader.catalogue.connection.execute("SELECT * FROM capture")
        )
    assert kinds["image/png"] == images


def test_robots_txt_is_asked_for_first_and_its_absence_allows(whole):
    _, _, asked = whole

    assert asked[0] == "/robots.txt"


def test_every_request_has_one_counted_outcome(whole):
    crawled, _, asked = whole

    assert sum(crawled.counts.values()) == len(asked)
    with crawled.reader() as reader:
        assert reader.status().captures == len(asked)
        assert reader.problems() == []
        (run,) = reader.runs()
    assert run.counts == crawled.counts
    assert run.reason == "finished"


def test_progress_is_told_after_every_request_down_to_nothing_left(whole):
    crawled, _, asked = whole

    assert len(crawled.progress) == len(asked)
    assert crawled.progress[-1][1] == 0


def test_the_warcs_are_valid_and_hold_each_exchange(whole):
    crawled, _, asked = whole
    found = records(crawled.home.warc)

    assert not faults(crawled.home.warc)
    kinds = Counter(record.type for record in found)
    assert kinds["response"] + kinds["revisit"] == kinds["request"] == len(asked)
    lines = [
        record.block.split(b"\r\n")[0].decode() for record in found if record.type == "request"
    ]
    assert Counter(lines) == Counter(f"GET {path} HTTP/1.1" for path in asked)
    (info,) = [record for record in found if record.type == "warcinfo"]
    assert info.values["robots"] == "obey"
    assert info.values["http-header-user-agent"].startswith("hdnd-archive/")
    assert info.values["hdnd-certificates"] == "recorded, not verified"


def test_addresses_in_the_archive_are_those_of_the_site(whole):
    crawled, portal, _ = whole
    with crawled.reader() as reader:
        for _, _, record in reader.changes(0):
            for url in record.urls:
                assert url.startswith("https://thanhgiang.example/"), url
                assert portal.host not in url
                assert "jsessionid" not in url
                assert "redirect" not in url.lower()


def test_an_article_under_two_categories_is_one_with_both_addresses(whole):
    crawled, _, asked = whole
    twice = [one for one in bundled() if set(one.categories) >= set(HDND)]
    assert twice
    with crawled.reader() as reader:
        for one in twice:
            urls = reader.article(f"thanh-giang-{one.asset_id}").urls
            assert {url.split("/")[3] for url in urls} == set(HDND)
            assert len([path for path in asked if f"/{one.asset_id}-" in path]) == 1
            labels = reader.article(f"thanh-giang-{one.asset_id}").categories
            assert labels == ("Hoạt động HĐND", "Tiếp xúc cử tri")


def test_a_rebuild_gives_the_same_catalogue(whole, tmp_path):
    crawled, _, _ = whole
    before = dump_of(crawled.home)
    copy = Home(tmp_path)
    copy.warc.mkdir()
    for path in crawled.home.warc.iterdir():
        (copy.warc / path.name).write_bytes(path.read_bytes())
    with Archive(copy, Extractor()):
        pass

    assert dump_of(copy) == before


def test_a_second_crawl_finds_no_article_and_no_version_anew(tmp_path):
    """The counts have moved, the clock and the language have changed."""
    home = home_in(tmp_path)
    articles = [one for one in bundled() if "hoat-dong-hdnd" in one.categories][:24]
    with SamplePortal(articles) as portal:
        crawl_in_process(home, portal)
        again = crawl_in_process(home, portal)

    assert (again.summary["new_articles"], again.summary["new_versions"]) == (0, 0)
    assert again.counts["revisit"] > 0
    assert again.summary["resumed"] is False
    assert not faults(home.warc)
    with again.reader() as reader:
        assert len(reader.runs()) == 2
        for one in articles:
            record = reader.article(f"thanh-giang-{one.asset_id}")
            assert (record.versions, record.captures) == (1, 2)
            if one.views is not None:
                assert record.views > one.views


def test_a_second_site_of_another_layout_needs_a_description_and_nothing_else(tmp_path):
    home = home_in(tmp_path, MOC_SON_TOML)
    with SamplePortal(bundled(), layout=MOC_SON) as portal:
        crawled = crawl_in_process(home, portal, site="moc-son")
        asked = [request.path for request in portal.requests]
        wanted = [
            one
            for one in bundled()
            if {"hoi-dong-nhan-dan", "y-kien-cu-tri"} & set(MOC_SON.slugs(one))
        ]

    assert crawled.summary["articles"] == len(wanted)
    assert not [path for path in asked if "tin-trong-huyen" in path]
    with crawled.reader() as reader:
        assert reader.problems() == []
        for one in wanted:
            record = reader.article(f"moc-son-{one.asset_id}")
            assert record.article.title == one.title
            assert record.article.published_at == one.published_at
            assert "/asset_publisher/" in record.url
            assert set(record.categories) <= {"Hội đồng nhân dân huyện", "Ý kiến cử tri"}


def test_chunked_and_uncompressed_pages_are_read_alike(tmp_path):
    one = article("a", images=(SampleImage(1, "Ảnh"),))
    home = home_in(tmp_path)
    with SamplePortal([one], chunked=True, gzip=False) as portal:
        crawled = crawl_in_process(home, portal)

    with crawled.reader() as reader:
        assert reader.article(f"thanh-giang-{one.asset_id}").article.title == one.title
    heads = [record.head for record in records(home.warc) if record.type == "response"]
    assert all(b"X-Orig-Transfer-Encoding: chunked\r\n" in head for head in heads)
    assert not faults(home.warc)


def test_what_the_portal_changes_is_a_new_version_of_that_article_alone(tmp_path):
    articles = series(3)
    home = home_in(tmp_path)
    with SamplePortal(articles) as portal:
        crawl_in_process(home, portal)
        changed = article("bai-001", paragraphs=("Một đoạn văn đã sửa.",))
        portal.articles[changed.asset_id] = changed
        del portal.articles[articles[2].asset_id]
        again = crawl_in_process(home, portal)

    assert (again.summary["new_articles"], again.summary["new_versions"]) == (0, 1)
    with again.reader() as reader:
        assert reader.article_count() == 3
        assert reader.article(f"thanh-giang-{changed.asset_id}").versions == 2
        assert reader.article(f"thanh-giang-{articles[2].asset_id}").captures == 1


def test_a_swapped_file_behind_the_same_link_is_kept_as_a_capture_of_its_own(tmp_path):
    def with_file(text):
        return article("a", attachments=(SampleAttachment("nghi-quyet.pdf", text),))

    home = home_in(tmp_path)
    with SamplePortal([with_file("Bản một")]) as portal:
        crawl_in_process(home, portal)
        portal.articles[with_file("").asset_id] = with_file("Bản hai")
        crawl_in_process(home, portal)

    pdfs = [
        record
        for record in records(home.warc)
        if record.type in ("response", "revisit") and record.url.endswith("t=1661571175221")
    ]
    assert [record.type for record in pdfs] == ["response", "response"]


def test_the_pager_is_followed_not_built(tmp_path):
    """The portal links page 2 in its own way, and page 3 from there."""
    articles = series(45)
    home = home_in(tmp_path)
    with SamplePortal(articles) as portal:
        crawl_in_process(home, portal)
        listings = [r.path for r in portal.requests if r.path.startswith("/hoat-dong-hdnd?")]

    assert [path.rpartition("=")[2] for path in listings] == ["2", "3"]
    assert all("p_p_col_count=3&_101_delta=20" in path for path in listings)


def test_endless_paging_ends_where_nothing_new_is_shown(tmp_path):
    """The last page's pager goes on and on, with the same articles on every page."""

    class Endless(FaultyPortal):
        def answer(self, target, headers):
            told = super().answer(target, headers)
            if target.startswith("/hoat-dong-hdnd") and "/-/" not in target:
                number = int(target.rpartition("=")[2]) if "?" in target else 1
                pager = (
                    '<ul class="pager lfr-pagination-buttons"><li class="first"><a href="/">1</a>'
                    '</li><li><a href="/">2</a></li><li><a href="/hoat-dong-hdnd?cur='
                    f'{number + 1}">3</a></li></ul></body>'
                )
                body = told.body.replace(b"</body>", pager.encode())
                return type(told)(told.status, body, told.headers)
            return told

    home = home_in(tmp_path)
    with Endless(series(3), {}) as portal:
        crawled = crawl_in_process(home, portal)

    assert crawled.summary["finished"]
    assert [path for path in portal.asked() if "cur=" in path] == ["/hoat-dong-hdnd?cur=2"]
    with ArchiveReader.open(home) as reader:
        assert reader.article_count() == 3


def test_a_fault_of_our_own_ends_a_crawl_that_can_be_gone_on_with(tmp_path):
    """Not a silent wait for a response that nobody will settle."""
    home = home_in(tmp_path)
    faulty = (
        "from crawler.extraction.completeness import Completeness\n"
        "def why_cut(*response): raise RuntimeError('our fault')\n"
        "Completeness.why_cut = why_cut"
    )
    with SamplePortal(series(2)) as portal:
        crawl = start_crawl(home, portal, prelude=faulty)
        _, said = crawl.communicate(timeout=60)
        finished = crawl_in_process(home, portal)

    assert crawl.returncode == 1
    assert "RuntimeError: our fault" in said
    assert finished.summary["articles"] == 2
