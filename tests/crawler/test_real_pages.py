"""Real pages of a sibling portal, and two real articles: they lie outside the project."""

import hashlib
import re
import unicodedata
from dataclasses import replace

import pytest

from archive.model import PageKind, Role
from crawler.extraction.extract import extract
from crawler.extraction.publication_stamp import PORTAL_ZONE
from crawler.sample_portal import SamplePortal, load_articles
from support.crawling import crawl_in_process, home_in, thanh_giang
from support.extracting import stored

SIBLING = replace(
    thanh_giang(),
    id="so-mau",
    host="sotttt.hanoi.gov.vn",
    categories={"/chien-luoc-quy-hoach": "Chiến lược quy hoạch"},
)
LISTING = "https://sotttt.hanoi.gov.vn/chien-luoc-quy-hoach"
OF_06 = (
    f"{LISTING}?p_p_id=59_INSTANCE_6aZaRrRqV2Cq&p_p_lifecycle=0&p_p_state=normal"
    "&p_p_mode=view&p_p_col_id=column-2&p_p_col_pos=5&p_p_col_count=6"
)
OF_07 = f"{LISTING}/-/view_content/708168-huong-dan.html/vi"


@pytest.fixture
def page(shared):
    folder = shared("portal-pages")

    def read(number, url, role):
        (path,) = folder.glob(f"{number}_*.html")
        return extract(SIBLING, stored(path.read_bytes(), url=url, role=role))

    return read


def test_the_listing_gives_twenty_articles_and_the_next_page_of_twenty_six(page):
    found = page("01", LISTING, Role.LISTING)

    assert found.kind is PageKind.LISTING
    assert found.total == 26
    articles = [link for link in found.links if link.role is Role.ARTICLE]
    following = [link for link in found.links if link.role is Role.LISTING]
    assert len(articles) == len({link.asset_id for link in articles}) == 20
    assert all(link.asset_id for link in articles)
    assert len(following) == 1
    assert found.problem is None


def digest_of(text):
    """What stands for a real sentence here: none of them is part of the project."""
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("role", [Role.LISTING, Role.ARTICLE])
def test_an_article_saved_under_its_categorys_address_is_an_article(page, role):
    found = page("06", OF_06, role)
    article = found.article

    assert found.kind is PageKind.ARTICLE
    assert digest_of(article.title) == (
        "c863e2ad499fe6ff84f90c3406f25e994a66e6b4e466505d0abdb6e4aa61ffda"
    )
    assert article.asset_id == "708168"
    assert article.published_at.strftime("%d/%m/%Y %H:%M %z") == "21/12/2012 00:00 +0700"
    assert article.views is None
    assert found.problem is None


def test_its_two_attachments_have_raw_spaces_in_their_names(page):
    found = page("06", OF_06, Role.LISTING)
    attachments = found.article.attachments

    assert len(attachments) == 2
    for attachment in attachments:
        assert " " in attachment.name
        assert attachment.name.endswith((".doc", ".docx", ".xls", ".xlsx"))
        assert " " not in attachment.url
        assert attachment.media_type
    links = [link.url for link in found.links if link.role is Role.ATTACHMENT]
    assert links == [attachment.url for attachment in attachments]


def test_the_poster_is_not_in_its_text(page):
    article = page("06", OF_06, Role.LISTING).article

    assert article.poster == "admin admin"
    assert "admin" not in " ".join(block.text for block in article.blocks)
    assert len(article.blocks) > 2
    assert all(block.text for block in article.blocks if not block.images)


@pytest.mark.parametrize("role", [Role.ARTICLE, Role.LISTING])
def test_a_listing_served_at_an_articles_address_is_told_apart_and_not_followed(page, role):
    found = page("07", OF_07, role)

    assert found.kind is PageKind.SOFT_404
    assert found.article is None
    assert found.links == ()
    assert found.problem


def plain(text):
    return unicodedata.normalize("NFC", text).replace("\u00a0", " ").strip()


def written(path):
    """Title, stamp and paragraphs of a text file, read without the sample portal's reader."""
    title, stamp, *rest = path.read_text(encoding="utf-8").strip().split("\n")
    paragraphs = [plain(line) for line in rest if line.strip()]
    day, month, year, hour, minute, views = map(
        int, re.search(r"(\d+)/(\d+)/(\d+) \| (\d+):(\d+).*?(\d+)\s*$", stamp).groups()
    )
    return plain(title), (year, month, day, hour, minute), views, paragraphs


def test_the_two_real_articles_come_back_character_for_character(shared, tmp_path):
    folder = shared("articles")
    articles = load_articles(folder)
    assert len(articles) == 2
    home = home_in(tmp_path)
    with SamplePortal(articles) as portal:
        crawled = crawl_in_process(home, portal)

    with crawled.reader() as reader:
        for one in articles:
            title, published, views, paragraphs = written(folder / f"{one.name}.txt")
            record = reader.article(f"thanh-giang-{one.asset_id}")
            assert record.article.title == title
            moment = record.article.published_at
            assert moment.tzinfo.utcoffset(None) == PORTAL_ZONE.utcoffset(None)
            assert moment.timetuple()[:5] == published
            assert record.views == views
            assert [block.text for block in record.article.blocks] == paragraphs


def test_the_two_real_articles_come_back_from_messy_markup_too(shared, tmp_path):
    folder = shared("articles")
    articles = [replace(one, messy=True) for one in load_articles(folder)]
    home = home_in(tmp_path)
    with SamplePortal(articles) as portal:
        crawled = crawl_in_process(home, portal)

    with crawled.reader() as reader:
        for one in articles:
            *_, paragraphs = written(folder / f"{one.name}.txt")
            record = reader.article(f"thanh-giang-{one.asset_id}")
            assert [block.text for block in record.article.blocks] == paragraphs
