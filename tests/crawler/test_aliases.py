"""The addresses of one page are one article, also when its id turns up late."""

from datetime import timedelta

import pytest

from archive.catalogue.queries.consistency import inconsistencies
from archive.ground.home import Home
from archive.model import Exchange, Role
from archive.reading import ArchiveReader
from archive.store import Archive
from crawler.extraction.extract import Extractor
from support.extracting import SITE, article_html
from support.keeping import NOON, dump_of

BASE = "https://quanmau.example"
BY_ID = "/hoat-dong-hdnd/-/view_content/7-giam-sat.html"
HERE, THERE = "/hoat-dong-hdnd", "/tiep-xuc-cu-tri"
ELSEWHERE = "/tiep-xuc-cu-tri/-/view_content/7-giam-sat.html"
BY_TITLE = "/hoat-dong-hdnd/-/asset_publisher/HgNzlI7sMGQj/content/giam-sat"
WITH_ID = article_html("<p>Một</p>")
WITHOUT_ID = WITH_ID.replace(' id="_101_7"', "")


def listing(*paths):
    items = "".join(
        f'<div class="asset-bounddary"><h3 class="asset-title"><a href="{path}">x</a></h3></div>'
        for path in paths
    )
    return f'<div class="portlet-asset-publisher">{items}</div>'


class Portal:
    """Pages fetched into an archive one after the other."""

    def __init__(self, archive):
        self.archive = archive
        self.run = archive.begin_run(SITE.describe())
        self.count = 0

    def fetch(self, path, html, *, role=Role.ARTICLE):
        self.count += 1
        body = html.replace("407", str(400 + self.count)).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        capture = self.run.keep(
            Exchange(
                url=BASE + path,
                role=role,
                started_at=NOON + timedelta(minutes=self.count),
                request=b"GET / HTTP/1.1\r\n\r\n",
                response_head=head.encode(),
                body=body,
            )
        )
        self.archive.derive_one(capture)


@pytest.fixture
def portal(tmp_path):
    with Archive(Home(tmp_path), Extractor()) as archive:
        portal = Portal(archive)
        yield portal
        portal.run.end("finished", {})
    before = dump_of(Home(tmp_path))
    with Archive(Home(tmp_path), Extractor()) as archive:
        archive.rebuild()
    assert dump_of(Home(tmp_path)) == before


def articles(tmp_path):
    with ArchiveReader.open(Home(tmp_path)) as reader:
        rows = reader.catalogue.connection.execute("SELECT id FROM article ORDER BY id").fetchall()
        return [reader.article(row["id"]) for row in rows]


ALIASES = [
    BY_ID,
    f"{BY_ID};jsessionid=0A1B2C",
    f"{BY_ID}?redirect=%2Fhoat-dong-hdnd",
    f"{BY_ID}?inheritRedirect=true",
    f"{BY_ID}?p_p_state=pop_up",
    BY_ID.replace("view_content", "view_content/pop_up") + "?_101_viewMode=print",
]


def test_aliases_that_change_nothing_are_one_address(portal, tmp_path):
    for path in ALIASES:
        portal.fetch(path, WITH_ID)

    (record,) = articles(tmp_path)
    assert record.id == "mau-7"
    assert record.urls == (BASE + BY_ID,)
    assert (record.captures, record.versions) == (len(ALIASES), 1)


def test_two_categories_and_both_forms_are_one_article_with_all_its_addresses(portal, tmp_path):
    for path in (BY_ID, ELSEWHERE, BY_TITLE):
        portal.fetch(path, WITH_ID)

    (record,) = articles(tmp_path)
    assert set(record.urls) == {BASE + BY_ID, BASE + ELSEWHERE, BASE + BY_TITLE}
    assert record.url == BASE + BY_ID
    assert record.versions == 1


TWO = {"page here": (BY_ID, WITH_ID, Role.ARTICLE), "listing there": (THERE, None, Role.LISTING)}


@pytest.mark.parametrize("order", [("page here", "listing there"), ("listing there", "page here")])
@pytest.mark.parametrize("shown", [BY_ID, ELSEWHERE], ids=["one address", "two addresses"])
def test_an_article_in_two_categories_has_both_whatever_came_first(portal, tmp_path, order, shown):
    """One page of it is asked for; that it is in the other category, a listing alone tells."""
    for name in order:
        path, html, role = TWO[name]
        portal.fetch(path, html or listing(shown), role=role)

    (record,) = articles(tmp_path)
    assert record.categories == ("Hoạt động HĐND", "Tiếp xúc cử tri")
    with ArchiveReader.open(Home(tmp_path)) as reader:
        assert record.change_seq == 2
        assert not [*inconsistencies(reader.catalogue)]


def test_an_article_without_a_number_has_the_categories_of_the_listings_that_show_it(
    portal, tmp_path
):
    portal.fetch(HERE, listing(BY_TITLE), role=Role.LISTING)
    portal.fetch(THERE, listing(BY_TITLE), role=Role.LISTING)
    portal.fetch(BY_TITLE, WITHOUT_ID)

    (record,) = articles(tmp_path)
    assert record.categories == ("Hoạt động HĐND", "Tiếp xúc cử tri")


def test_a_listing_that_shows_the_same_again_changes_no_article(portal, tmp_path):
    portal.fetch(BY_ID, WITH_ID)
    for _ in range(3):
        portal.fetch(HERE, listing(BY_ID), role=Role.LISTING)

    (record,) = articles(tmp_path)
    assert (record.categories, record.change_seq) == (("Hoạt động HĐND",), 1)


def test_an_article_known_by_its_address_alone_is_merged_when_its_id_turns_up(portal, tmp_path):
    portal.fetch(BY_TITLE, WITHOUT_ID)
    (first,) = articles(tmp_path)
    assert first.id.startswith("mau-u")
    portal.fetch(BY_ID, WITH_ID)
    assert len(articles(tmp_path)) == 2

    portal.fetch(BY_TITLE, WITH_ID)

    (record,) = articles(tmp_path)
    assert record.id == "mau-7"
    assert (record.captures, record.versions) == (3, 1)
    assert set(record.urls) == {BASE + BY_ID, BASE + BY_TITLE}
    with ArchiveReader.open(Home(tmp_path)) as reader:
        assert reader.article(first.id) == record


def test_the_id_may_turn_up_at_the_very_same_address(portal, tmp_path):
    portal.fetch(BY_TITLE, WITHOUT_ID)
    portal.fetch(BY_TITLE, WITH_ID)
    portal.fetch(BY_TITLE, WITHOUT_ID)

    (record,) = articles(tmp_path)
    assert (record.id, record.captures) == ("mau-7", 3)


def test_a_listing_tells_of_addresses_that_were_never_fetched(portal, tmp_path):
    portal.fetch(BY_ID, WITH_ID)
    portal.fetch("/tiep-xuc-cu-tri", listing(f"{ELSEWHERE};jsessionid=1"), role=Role.LISTING)

    (record,) = articles(tmp_path)
    assert record.urls == (BASE + BY_ID, BASE + ELSEWHERE)


def test_a_soft_404_at_an_articles_address_changes_nothing_of_it(portal, tmp_path):
    portal.fetch(BY_ID, WITH_ID)
    portal.fetch(BY_ID, listing(ELSEWHERE))
    portal.fetch(f"{BY_ID}/vi", listing("/hoat-dong-hdnd/-/view_content/9-x.html"))

    (record,) = articles(tmp_path)
    assert (record.captures, record.article.title) == (1, "Tiêu đề")
    with ArchiveReader.open(Home(tmp_path)) as reader:
        assert {problem.what for problem in reader.problems()} == {"soft-404"}
        assert {problem.url for problem in reader.problems()} == {BASE + BY_ID, f"{BASE}{BY_ID}/vi"}


def test_two_articles_of_one_title_stay_two(portal, tmp_path):
    portal.fetch(BY_TITLE, WITHOUT_ID)
    portal.fetch(f"{BY_TITLE}-1", WITHOUT_ID)

    assert len(articles(tmp_path)) == 2
