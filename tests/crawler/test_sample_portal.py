import re
from dataclasses import replace
from datetime import datetime
from urllib.parse import urljoin

import pytest

from crawler.sample_portal import (
    MOC_SON,
    SampleAttachment,
    SampleImage,
    SamplePortal,
    bundled_articles,
)
from crawler.sample_portal.articles import PORTAL_TIME
from portal_visitor import article, in_english, in_vietnamese, path_of, series, visit, words

LISTING = "/hoat-dong-hdnd"
TITLES = ".portlet-asset-publisher .asset-bounddary h3.asset-title a"
PAGER = "ul.lfr-pagination-buttons li a"


@pytest.fixture
def serve():
    opened = []

    def start(*articles, **how):
        portal = SamplePortal(articles, **how)
        opened.append(portal)
        return portal.__enter__()

    yield start
    for portal in opened:
        portal.__exit__(None, None, None)


def test_a_listing_shows_twenty_articles_the_newest_first(serve):
    portal = serve(*series(26))
    page = in_vietnamese(portal, LISTING)

    assert page.texts(TITLES) == [f"Bài viết bai-{number:03}" for number in range(25, 5, -1)]
    assert page.text("small.search-results") == "Hiển thị 1 - 20 of 26 kết quả."
    assert len(page.texts(".asset-bounddary .assetPublishDate")) == 20
    assert len(page.texts(".asset-bounddary .asset-summary")) == 20


def test_the_pager_leads_to_the_last_page_and_back(serve):
    portal = serve(*series(45))
    page = in_english(portal, LISTING)
    assert page.texts(PAGER) == ["← First", "Previous", "Next", "Last →"]
    assert page.links(PAGER)[:2] == ["javascript:;", "javascript:;"]

    last = in_english(portal, page.links(PAGER)[3])
    assert last.text("small.search-results") == "Showing 41 - 45 of 45 results."
    assert last.links(PAGER)[2:] == ["javascript:;", "javascript:;"]
    assert last.texts(TITLES)[-1] == "Bài viết bai-000"

    middle = in_english(portal, last.links(PAGER)[1])
    assert middle.text("small.search-results") == "Showing 21 - 40 of 45 results."
    assert middle.links(PAGER)[2] == last.links(PAGER)[1].replace("cur=2", "cur=3")


def test_a_pager_url_is_long_and_names_the_portlet(serve):
    portal = serve(*series(21))
    following = in_vietnamese(portal, LISTING).links(PAGER)[2]

    assert following == (
        f"http://{portal.host}/hoat-dong-hdnd?p_p_id=101&p_p_lifecycle=0&p_p_state=normal"
        "&p_p_mode=view&p_p_col_id=column-1&p_p_col_pos=2&p_p_col_count=3&_101_delta=20"
        "&_101_keywords=&_101_advancedSearch=false&_101_andOperator=true"
        "&p_r_p_564233524_resetCur=false&_101_cur=2"
    )


def test_beyond_the_end_stands_the_last_page(serve):
    portal = serve(*series(26))

    page = in_vietnamese(portal, f"{LISTING}?_101_cur=99")
    assert page.text("small.search-results") == "Hiển thị 21 - 26 of 26 kết quả."
    assert len(page.texts(TITLES)) == 6


def test_a_short_listing_has_no_pager(serve):
    portal = serve(*series(20))

    page = visit(portal, LISTING)
    assert len(page.texts(TITLES)) == 20
    assert not page.texts(".lfr-pagination")


def test_an_article_without_a_date_comes_last_and_shows_no_stamp(serve):
    undated = article("khong-ngay", published_at=None, views=None)
    portal = serve(undated, *series(2))

    assert visit(portal, LISTING).texts(TITLES)[-1] == undated.title
    assert visit(portal, path_of(undated)).text(".assetPublishDate") == ""


def test_a_summary_is_cut_and_written_with_entities(serve):
    portal = serve(article("a", paragraphs=("Một đoạn à rất dài. " * 20,)))
    page = visit(portal, LISTING)

    assert page.text(".asset-summary").endswith("...")
    assert len(page.text(".asset-summary")) < 190
    assert b"&agrave;" in page.body


def test_a_listing_follows_what_editors_do(serve):
    articles = series(21)
    portal = serve(*articles)
    del portal.articles[articles[20].asset_id]
    assert len(visit(portal, LISTING).texts(TITLES)) == 20

    new = article("moi", title="Bài mới")
    portal.articles[new.asset_id] = new
    old = articles[0]
    portal.articles[old.asset_id] = replace(old, title="Tiêu đề đã sửa")
    page = in_vietnamese(portal, LISTING)
    assert page.texts(TITLES)[0] == "Bài mới"
    assert page.text("small.search-results").endswith("of 21 kết quả.")
    last = in_vietnamese(portal, page.links(PAGER)[3])
    assert last.texts(TITLES) == ["Tiêu đề đã sửa"]
    assert last.links(TITLES)[0].split("?")[0].endswith("-bai-viet-bai-000.html")
    assert visit(portal, path_of(articles[20])).status == 404


def test_an_article_page_has_the_parts_of_the_real_ones(serve):
    one = article(
        "a",
        title="Phiên họp & <giải trình>",
        lead="Một câu mở đầu.",
        author="Bích Hạnh",
        paragraphs=("Đoạn một.", "Đoạn hai."),
    )
    portal = serve(one, *series(3))
    page = in_vietnamese(portal, path_of(one))

    assert page.text("title") == (
        "Phiên họp & <giải trình> - Hoạt động HĐND - Cổng thông tin điện tử Quận Thanh Giang"
    )
    assert page.text(".asset-full-content-title") == "Phiên họp & <giải trình>"
    assert page.text(".sapo-wrapper p.sapo strong") == "Một câu mở đầu."
    content = f"div.asset-content#_101_{one.asset_id}"
    assert page.text(f"{content} .journal-content-article p.view-content-author") == "Bích Hạnh"
    assert page.text(f"{content} .journal-content-article") == "Đoạn một. Đoạn hai. Bích Hạnh"
    assert page.text(".dd_chuyenmuc .tintuc") == "Hoạt động HĐND"
    assert page.text(".related_asset_title") == "Các tin khác"
    assert len(page.texts(".related_asset_list a")) == 3
    assert one.title not in page.texts(".related_asset_list a")
    printed, mail = page.links(".asset-control-detail a")
    assert re.search(r"/-/view_content/pop_up/\d+-.*\?_101_viewMode=print$", printed)
    assert mail == "mailto:"


def test_other_boxes_of_the_page_have_a_body_of_the_same_class(serve):
    page = visit(serve(article("a")), path_of(article("a")))

    assert len(page.texts(".journal-content-article")) > 2
    assert len(page.texts(".asset-content .journal-content-article")) == 1


def test_an_article_without_a_lead_has_an_empty_one(serve):
    page = visit(serve(article("a")), path_of(article("a")))

    assert page.text(".sapo-wrapper p.sapo strong") == ""


def test_bundled_pages_are_as_heavy_as_the_real_ones():
    with SamplePortal(bundled_articles()) as portal:
        sizes = [len(visit(portal, LISTING).body)]
        sizes += [len(visit(portal, path_of(one)).body) for one in portal.articles.values()]

    assert min(sizes) > 36_000
    assert max(sizes) < 66_000


def test_the_related_list_changes_as_articles_appear(serve):
    articles = series(9)
    portal = serve(*articles)
    before = visit(portal, path_of(articles[0])).texts(".related_asset_list a")
    new = article("moi", title="Bài mới")
    portal.articles[new.asset_id] = new

    after = visit(portal, path_of(articles[0])).texts(".related_asset_list a")
    assert len(before) == len(after) == 6
    assert after == ["Bài mới", *before[:5]]


AFTERNOON = datetime(2019, 3, 18, 15, 6, tzinfo=PORTAL_TIME)


def stamps(portal, one, ask):
    page = ask(portal, path_of(one))
    return page.one(".assetPublishDate").get_text(), page.text(".assetPublishDate")


def named(test):
    """An article published at 15:06 whose asset id passes the test."""
    candidates = (article(f"x{number}", published_at=AFTERNOON) for number in range(1000))
    return next(one for one in candidates if test(one.asset_id))


def test_a_vietnamese_session_shows_a_24_hour_stamp(serve):
    one = named(lambda number: number % 6)
    raw, seen = stamps(serve(one), one, in_vietnamese)

    assert seen == "Ngày đăng 18/03/2019 | 15:06 | Lượt xem: 407"
    assert "\u00a0|\u00a0Lượt xem" in raw


def test_some_vietnamese_stamps_have_a_12_hour_clock(serve):
    one = named(lambda number: number % 6 == 0)

    assert stamps(serve(one), one, in_vietnamese)[1].startswith("Ngày đăng 18/03/2019 | 03:06 CH |")


def test_an_english_session_shows_a_12_hour_stamp(serve):
    one = named(lambda number: number % 5)
    raw, seen = stamps(serve(one), one, in_english)

    assert seen == "Ngày đăng 18/03/2019 | 03:06 PM | View count: 407"
    assert "\u00a0|\u00a0View count" in raw


def test_some_english_stamps_have_no_leading_zero(serve):
    one = named(lambda number: number % 5 == 0)

    assert stamps(serve(one), one, in_english)[1].startswith("Ngày đăng 18/03/2019 | 3:06 PM |")


def test_a_migrated_article_shows_a_bare_stamp(serve):
    one = article("cu", published_at=datetime(2012, 12, 21, tzinfo=PORTAL_TIME), views=None)
    portal = serve(one)

    for ask in (in_english, in_vietnamese):
        assert stamps(portal, one, ask)[1] == "21/12/2012 | 12:00 AM"


def test_the_count_moves_from_the_second_fetch_on(serve):
    one = article("a")
    portal = serve(one)
    counts = []
    for _ in range(3):
        assert words(in_vietnamese(portal, LISTING).text(".assetPublishDate")).endswith(
            str(407 if not counts else counts[-1] + 1 + one.asset_id % 4)
        )
        counts.append(int(stamps(portal, one, in_vietnamese)[1].rsplit(" ", 1)[1]))

    assert counts[0] == 407
    assert counts[0] < counts[1] < counts[2]


def test_without_a_cookie_one_crawl_sees_both_languages(serve):
    articles = series(20)
    portal = serve(*articles)
    pages = [visit(portal, path_of(one)).text(".assetPublishDate") for one in articles]

    assert any("Lượt xem" in page for page in pages)
    assert any("View count" in page for page in pages)


def test_without_a_cookie_the_same_page_changes_its_language(serve):
    portal = serve(article("a"))

    first, second = (visit(portal, path_of(article("a"))).one("html")["lang"] for _ in range(2))
    assert {first, second} == {"vi-VN", "en-US"}


def test_a_session_keeps_its_language(serve):
    portal = serve(article("a"))

    def language(number):
        return visit(portal, LISTING, Cookie=f"JSESSIONID={number}").one("html")["lang"]

    assert all(language(number) == language(number) for number in range(8))
    assert len({language(number) for number in range(8)}) == 2


def test_a_page_differs_at_every_fetch_in_what_is_no_news(serve):
    one = article("a", images=(SampleImage(1),))
    portal = serve(one)
    first, second = (in_english(portal, path_of(one)).body.decode() for _ in range(2))

    for pattern in (
        r'authToken="(\w+)"',
        r"img_id=\d+&amp;t=(\d+)",
        r'formDate" [^>]*value="(\d+)',
    ):
        assert re.search(pattern, first)[1] != re.search(pattern, second)[1]


def test_two_portals_answer_alike(serve):
    one = article("a", images=(SampleImage(1, "Ảnh"),), messy=True)
    bodies = []
    for _ in range(2):
        portal = serve(one)
        bodies.append(
            [visit(portal, path, Host="thanhgiang.example").body for path in ("/", path_of(one))]
        )

    assert bodies[0] == bodies[1]


@pytest.mark.parametrize(
    "alias",
    [
        "/hoat-dong-hdnd/-/view_content/{id}-x.html;jsessionid=AB12",
        "/hoat-dong-hdnd;jsessionid=AB12/-/view_content/{id}-x.html",
        "/hoat-dong-hdnd/-/view_content/{id}-x.html?redirect=%2Ftin-tuc",
        "/hoat-dong-hdnd/-/view_content/{id}-x.html?inheritRedirect=false",
        "/hoat-dong-hdnd/-/view_content/{id}-x.html?p_p_state=pop_up",
        "/hoat-dong-hdnd/-/view_content/pop_up/{id}-x.html?_101_viewMode=print",
        "/hoat-dong-hdnd/-/view_content/{id}-bai-viet-a",
        "/tin-tuc/-/view_content/{id}-x.html",
        "/hoat-dong-hdnd/-/asset_publisher/HgNzlI7sMGQj/content/bai-viet-a",
        "/hoat-dong-hdnd/-/asset_publisher/q/content/bai-viet-a;jsessionid=AB12?redirect=%2F",
    ],
)
def test_an_article_answers_under_all_its_aliases(serve, alias):
    one = article("a", categories=("hoat-dong-hdnd", "tin-tuc"))
    page = visit(serve(one), alias.format(id=one.asset_id))

    assert page.status == 200
    assert page.text(".asset-full-content-title") == one.title
    assert page.text(".journal-content-article:has(.view-content-author)") == "Một đoạn văn."


def test_a_print_view_is_the_article_alone_and_does_not_count(serve):
    one = article("a")
    portal = serve(one)
    page = in_vietnamese(portal, path_of(one) + "?p_p_state=pop_up")

    assert not page.texts("#navigation, .related_asset, .asset-control-detail")
    assert stamps(portal, one, in_vietnamese)[1].endswith(": 407")


def test_an_article_in_two_categories_is_listed_in_both(serve):
    one = article("a", categories=("hoat-dong-hdnd", "tiep-xuc-cu-tri"))
    portal = serve(one)

    for category in one.categories:
        (link,) = visit(portal, f"/{category}").links(TITLES)
        assert link.startswith(f"/{category}/-/view_content/{one.asset_id}-")
        assert visit(portal, link).text(".asset-full-content-title") == one.title
    assert not visit(portal, "/tin-tuc").links(TITLES)


@pytest.mark.parametrize(
    ("rest", "mark"),
    [(1, ";jsessionid="), (2, "?inheritRedirect=false"), (3, "?redirect=%2Fhoat-dong-hdnd")],
)
def test_some_listed_links_are_aliases(serve, rest, mark):
    one = named(lambda number: number % 7 == rest)
    portal = serve(one)
    (link,) = visit(portal, LISTING).links(TITLES)

    assert mark in link
    assert visit(portal, link).text(".asset-full-content-title") == one.title


def test_urls_lose_the_letter_d_and_are_cut_short(serve):
    titles = ("HĐND quận", "Đại biểu", "Một tiêu đề rất dài " * 9, "Trùng", "Trùng")
    portal = serve(*(article(str(at), title=title) for at, title in enumerate(titles)))
    links = visit(portal, LISTING).links(TITLES)
    slugs = {re.search(r"/\d+-(.*)\.html", link)[1] for link in links}

    assert {"h-nd-quan", "-ai-bieu", "trung", "trung-1"} < slugs
    assert max(map(len, slugs)) == 100


@pytest.mark.parametrize("suffix", ["vi", "en"])
def test_a_language_behind_an_articles_url_is_a_trap(serve, suffix):
    one = article("a")
    portal = serve(one, *series(25))
    url = path_of(one)
    alternates = visit(portal, url).links("link[hreflang]")
    assert f"http://{portal.host}{url}/{suffix}" in alternates

    for _ in range(3):
        url = f"{url}/{suffix}"
        page = visit(portal, url)
        assert page.status == 200
        assert len(page.links(TITLES)) == 20
        assert not page.texts(".asset-full-content-title")
        assert page.one("html")["lang"].startswith(suffix)
        deeper = urljoin(f"http://{portal.host}{url}", page.links(TITLES)[0])
        assert deeper.endswith(f"{url.split('.html')[1]}/{suffix}")
        assert visit(portal, deeper).links(TITLES)
        assert f"http://{portal.host}{url}/vi" in page.links("link[hreflang]")


@pytest.mark.parametrize(
    "path",
    [
        "/khong-co",
        "/hoat-dong-hdnd/-/view_content/1-x.html",
        "/hoat-dong-hdnd/-/view_content/x.html",
        "/hoat-dong-hdnd/-/asset_publisher/q/content/khong-co",
        "/hoat-dong-hdnd/khac",
        "/hoat-dong-hdnd/-",
        "/robots.txt",
        "/image/journal/article?img_id=12",
        "/image/journal/article",
        "/documents/1/2/3",
        "/UploadFile/Tinbai/7/a.pdf",
    ],
)
def test_what_is_not_there_is_a_404_with_a_page(serve, path):
    page = visit(serve(article("a")), path)

    assert page.status == 404
    assert "Not Found" in page.text(".alert-error")


def test_the_front_page_links_to_the_categories(serve):
    portal = serve(article("a"))
    page = visit(portal, "/")

    assert page.status == 200
    assert {"/hoat-dong-hdnd", "/tiep-xuc-cu-tri", "/tin-tuc"} < set(page.links("#navigation a"))


def test_robots_can_be_given(serve):
    portal = serve(article("a"), robots="User-agent: *\nDisallow: /tin-tuc\n")

    page = visit(portal, "/robots.txt")
    assert (page.status, page.headers["Content-Type"]) == (200, "text/plain;charset=UTF-8")
    assert page.body == b"User-agent: *\nDisallow: /tin-tuc\n"


def test_pictures_keep_their_number_and_bytes_while_their_urls_move(serve):
    one = article("a", images=(SampleImage(1), SampleImage(1)))
    portal = serve(one)
    first, second = (
        [
            str(image["src"])
            for image in visit(portal, path_of(one)).page.select(".asset-content img")
        ]
        for _ in range(2)
    )

    assert len(first) == 2
    assert not set(first) & set(second)
    assert [url.split("&")[0] for url in first] == [url.split("&")[0] for url in second]
    before, after = visit(portal, first[0]), visit(portal, second[0])
    assert before.headers["Content-Type"] == "image/png"
    assert before.body == after.body
    assert before.body.startswith(b"\x89PNG")
    assert visit(portal, LISTING).page.select_one(".asset-image img")["src"].startswith("/image/")


def test_attachments_are_real_files_behind_both_kinds_of_link(serve):
    one = article(
        "a",
        attachments=(
            SampleAttachment("Nghi quyet 12.pdf", "Nghị quyết"),
            SampleAttachment("Bieu mau 1.docx", "Biểu mẫu"),
            SampleAttachment("bao-cao.pdf", "Báo cáo"),
        ),
    )
    portal = serve(one)
    body = visit(portal, path_of(one))
    raw, library, plain = body.links(".asset-content a")

    assert raw == f"/UploadFile/Tinbai/{one.asset_id}/Nghi quyet 12.pdf"
    assert re.fullmatch(r"/documents/\d+/\d+/Bieu\+mau\+1\.docx/[0-9a-f-]{36}\?t=\d+", library)
    assert re.fullmatch(r"/documents/\d+/\d+/bao-cao\.pdf/[0-9a-f-]{36}\?t=\d+", plain)
    assert body.links(".asset-content a") == visit(portal, path_of(one)).links(".asset-content a")
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    for link, media_type, start in (
        (raw, "application/pdf", b"%PDF-1.4"),
        (library, word, b"PK\x03\x04"),
        (plain, "application/pdf", b"%PDF-1.4"),
    ):
        reply = visit(portal, link)
        assert (reply.status, reply.headers["Content-Type"]) == (200, media_type)
        assert reply.body.startswith(start)


def test_banners_and_styles_of_the_page_exist(serve):
    portal = serve(article("a"))
    page = visit(portal, "/")
    files = [str(one["src"]) for one in page.page.select("img[src], script[src]")]
    files += page.links("link.lfr-css-file")

    assert files
    assert {visit(portal, one).status for one in files} == {200}


def test_another_district_differs_in_form_and_place(serve):
    one = article("a", categories=("tiep-xuc-cu-tri",))
    portal = serve(one, *series(21), layout=MOC_SON)
    listing = visit(portal, "/web/moc-son/y-kien-cu-tri")
    (link,) = listing.links(TITLES)

    path = "/web/moc-son/y-kien-cu-tri/-/asset_publisher/Zk9pVn3cHs5D/content/bai-viet-a"
    assert re.split("[;?]", link)[0] == path
    page = visit(portal, link)
    assert page.text(f"#_101_INSTANCE_Zk9pVn3cHs5D_{one.asset_id} .view-content-author") == ""
    assert page.one("#column-2 .asset-full-content-title")
    assert page.text(".assetPublishDate").endswith("View count: 407")
    assert page.text(".related_asset_title") == "Other News"
    first = visit(portal, "/web/moc-son/hoi-dong-nhan-dan")
    assert "p_p_col_id=column-2" in first.links(PAGER)[2]
    assert visit(portal, first.links(PAGER)[2]).texts(TITLES) == ["Bài viết bai-000"]
    assert visit(portal, "/hoi-dong-nhan-dan").status == 404
    assert visit(portal, "/").status == visit(portal, "/web/moc-son").status == 200


def test_the_other_district_answers_both_url_forms(serve):
    one = article("a")
    portal = serve(one, layout=MOC_SON)

    page = visit(portal, f"/web/moc-son{path_of(one, 'hoi-dong-nhan-dan')}")
    assert page.one(f"#_101_{one.asset_id}")
