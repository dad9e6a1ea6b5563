"""From a stored response to a page: what kind it is, what it says, where it leads."""

import gzip
import random
import zlib

import brotli
import pytest

from archive.model import CHALLENGED, PageKind, Role
from crawler.extraction.extract import Extractor, decoded_body, extract
from crawler.sample_portal import SamplePortal
from portal_visitor import article, series
from support.crawling import thanh_giang
from support.extracting import (
    LISTING_URL,
    SITE,
    URL,
    article_html,
    article_path,
    fetch,
    read,
    read_article,
    stored,
    texts,
)

ITEM = '<div class="asset-bounddary"><h3 class="asset-title"><a href="{}">x</a></h3></div>'


def listing_html(*hrefs, pager="", total=""):
    items = "".join(ITEM.format(href) for href in hrefs)
    return f'<div class="portlet-asset-publisher">{items}{total}{pager}</div>'


def pager(*steps):
    items = "".join(f'<li class="{kind}"><a href="{href}">x</a></li>' for kind, href in steps)
    return f'<ul class="pager lfr-pagination-buttons">{items}</ul>'


def test_an_article_is_read_whole():
    page = read(article_html("<p>Một</p>", lead="Dẫn"))
    found = page.article
    assert page.kind is PageKind.ARTICLE
    assert page.identity_url == URL
    assert (found.asset_id, found.title, found.lead) == ("7", "Tiêu đề", "Dẫn")
    assert found.published_at.isoformat() == "2024-02-05T17:00:00+07:00"
    assert (found.views, found.category, found.poster) == (407, "Hoạt động HĐND", "Văn Thư")
    assert found.stamp == "Ngày đăng 05/02/2024 | 17:00 | Lượt xem: 407"


def test_what_is_not_there_is_absent():
    html = article_html("<p>Một</p>", stamp="").replace("Văn Thư", "")
    found = read(html, url="https://quanmau.example/khac/-/view_content/7-x.html").article
    assert (found.lead, found.published_at, found.views, found.stamp) == (None,) * 4
    assert (found.poster, found.category, found.attachments) == (None, None, ())


@pytest.mark.parametrize(
    ("element", "asset"),
    [("_101_708168", "708168"), ("_101_INSTANCE_HgNzlI7sMGQj_708168", "708168")],
)
def test_the_asset_id_is_that_of_the_page_whatever_its_address(element, asset):
    html = article_html("<p>Một</p>").replace("_101_7", element)
    url = "https://quanmau.example/hoat-dong-hdnd/-/asset_publisher/x/content/bai"
    assert read(html, url=url).article.asset_id == asset
    assert read(html, url=LISTING_URL + "?p_p_id=59", role=Role.LISTING).article.asset_id == asset


def test_without_an_id_in_the_page_the_one_of_the_address_counts():
    html = article_html("<p>Một</p>").replace(' id="_101_7"', "")
    assert read(html).article.asset_id == "7"
    bare = "https://quanmau.example/hoat-dong-hdnd/-/asset_publisher/x/content/bai"
    assert read(html, url=bare).article.asset_id is None


def test_images_and_attachments_are_where_an_article_leads():
    page = read(
        article_html('<p><img src="/image/a?img_id=1&amp;t=5"><a href="/b c.pdf">x</a></p>')
    )
    assert [(link.role, link.url) for link in page.links] == [
        (Role.IMAGE, "https://quanmau.example/image/a?img_id=1&t=5"),
        (Role.ATTACHMENT, "https://quanmau.example/b%20c.pdf"),
    ]


@pytest.mark.parametrize("tail", ["", "/vi", "/en", "/vi/vi"])
def test_a_listing_at_an_articles_address_is_no_article_and_leads_nowhere(tail):
    html = listing_html("/hoat-dong-hdnd/-/view_content/8-x.html", pager=pager(("", "?cur=2")))
    page = read(html, url=URL + tail)
    assert page.kind is PageKind.SOFT_404
    assert (page.article, page.links) == (None, ())
    assert page.problem


def test_an_article_without_text_or_with_further_pages_is_kept_and_named():
    assert "without text" in read(article_html("")).problem
    more = '<p>Một</p><div class="taglib-page-iterator">1 2</div>'
    page = read(article_html(more))
    assert page.article
    assert "further pages" in page.problem


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("", PageKind.UNREADABLE),
        ("<p>Đang bảo trì</p>", PageKind.UNREADABLE),
        (article_html("<p>x</p>", title=""), PageKind.UNREADABLE),
        ("\0\0\0", PageKind.UNREADABLE),
        ("<" * 20000, PageKind.UNREADABLE),
    ],
)
def test_a_page_that_cannot_be_read_says_so(html, kind):
    page = read(html)
    assert page.kind is kind
    assert page.article is None
    assert page.problem


@pytest.mark.parametrize("foot", ["Ray ID: <code>8f1a</code>", "<script>_cf_chl_opt={}</script>"])
def test_a_page_that_tries_the_browser_says_nothing_of_the_article(foot):
    page = read(f"<h1>hd.example</h1><p>Đang kiểm tra trình duyệt</p>{foot}")
    assert (page.kind, page.problem) == (PageKind.UNREADABLE, CHALLENGED)
    challenge = (("cf-mitigated", "challenge"),)
    refused = extract(SITE, stored("<p>x</p>", status=403, headers=challenge))
    assert (refused.kind, refused.problem) == (PageKind.ERROR, CHALLENGED)
    assert read(article_html(f"<p>Bài {foot}</p>")).problem is None


def test_a_listing_gives_its_articles_in_order_and_the_next_page():
    first, previous, following, last = "javascript:;", "javascript:;", "?_101_cur=2", "?_101_cur=9"
    page = read(
        listing_html(
            "/hoat-dong-hdnd/-/view_content/8-x.html;jsessionid=A1",
            "/hoat-dong-hdnd/-/asset_publisher/x/content/bai?redirect=%2F",
            "/hoat-dong-hdnd/-/view_content/8-x.html",
            "/gioi-thieu",
            "javascript:;",
            pager=pager(
                ("disabled first", first), ("disabled", previous), ("", following), (" last", last)
            ),
            total='<small class="search-results">Hiển thị 1 - 20 of 1.026 kết quả.</small>',
        ),
        url=LISTING_URL,
        role=Role.LISTING,
    )
    assert page.kind is PageKind.LISTING
    assert page.total == 1026
    assert [(link.role, link.asset_id, link.identity_url) for link in page.links] == [
        (Role.ARTICLE, "8", "https://quanmau.example/hoat-dong-hdnd/-/view_content/8-x.html"),
        (
            Role.ARTICLE,
            None,
            "https://quanmau.example/hoat-dong-hdnd/-/asset_publisher/x/content/bai",
        ),
        (Role.ARTICLE, None, "https://quanmau.example/gioi-thieu"),
        (Role.LISTING, None, "https://quanmau.example/hoat-dong-hdnd?_101_cur=2"),
    ]


@pytest.mark.parametrize(
    "steps",
    [
        [
            ("first", "?a"),
            ("", "?b"),
            ("disabled", "javascript:;"),
            ("disabled last", "javascript:;"),
        ],
        [("first", "?a"), ("", "?b"), ("disabled", "?c"), ("last", "?d")],
        [("first", "?a"), ("", "?b"), ("", "javascript:;"), ("last", "?d")],
        [("first", "?a"), ("", "?b")],
        [],
    ],
)
def test_the_last_page_leads_no_further(steps):
    page = read(listing_html("/x", pager=pager(*steps)), url=LISTING_URL, role=Role.LISTING)
    assert [link.role for link in page.links] == [Role.ARTICLE]


def test_no_item_of_a_listing_is_left_out():
    query = "?_101_struts_action=%2Fasset_publisher%2Fview_content&amp;_101_urlTitle=bai"
    hrefs = [
        f"{LISTING_URL}{query}",
        "/documents/10/bao-cao",
        "/UploadFile/thong bao.pdf",
        "https://noi-khac.example/bai",
        "/gioi-thieu",
        "/tiep-xuc-cu-tri",
    ]
    page = read(listing_html(*hrefs), url=LISTING_URL, role=Role.LISTING)
    assert [link.role for link in page.links] == [
        Role.ARTICLE,
        Role.ATTACHMENT,
        Role.ATTACHMENT,
        Role.ARTICLE,
        Role.ARTICLE,
        Role.LISTING,
    ]
    assert page.problem is None


@pytest.mark.parametrize(
    "href", ["javascript:xem(7)", "", "#", "mailto:a@b.example", "/" + "a" * 9000]
)
def test_an_item_without_an_address_is_a_problem_of_its_listing(href):
    page = read(listing_html("/a", href), url=LISTING_URL, role=Role.LISTING)
    assert page.kind is PageKind.LISTING
    assert page.problem == "1 of its 2 items have no address that can be asked for: “x”"


def test_items_without_an_address_are_named():
    hrefs = [f"javascript:xem({n})" for n in range(5)]
    html = listing_html("/a", *hrefs).replace(">x</a>", ">Tin</a>").replace(">Tin</a>", "></a>", 2)
    page = read(html, url=LISTING_URL, role=Role.LISTING)
    assert page.problem == (
        "5 of its 6 items have no address that can be asked for:"
        " “javascript:xem(0)”, “Tin”, “Tin”, …"
    )


BESIDE = (
    '<div class="box-pinned"><a href="/tin/-/view_content/507-ghim.html">Tin ghim</a></div>'
    '<div class="asset-bounddary"><a class="more" href="/tin/-/view_content/508-anh.html">Ảnh</a>'
    '<a href="/tin/-/view_content/pop_up/7-x.html">In</a><a href="/gioi-thieu">Giới thiệu</a></div>'
)


def links_of(html):
    page = read(html, url=LISTING_URL, role=Role.LISTING)
    assert page.kind is PageKind.LISTING
    return [(link.asset_id, link.role) for link in page.links]


def test_an_article_beside_the_items_of_a_listing_is_a_link_too():
    html = listing_html("/tin/-/view_content/7-x.html", pager=BESIDE)
    elsewhere = (
        '<div class="portlet-asset-publisher"><a href="/-/view_content/9-x.html">x</a></div>'
    )
    numbers = [("7", Role.ARTICLE), ("507", Role.ARTICLE), ("508", Role.ARTICLE)]
    assert links_of(html + elsewhere) == numbers


def test_a_listing_of_another_theme_leads_to_its_articles():
    items = "".join(
        f'<h3 class="asset-title"><a href="/tin/-/view_content/{n}-x.html">x</a></h3>'
        for n in range(5)
    )
    html = f'<div class="portlet-asset-publisher">{items}</div>'
    assert links_of(html) == [(str(n), Role.ARTICLE) for n in range(5)]


def test_a_listing_that_announces_more_and_leads_nowhere_is_a_problem():
    total = '<small class="search-results">Hiển thị 1 - 2 of 26 kết quả.</small>'
    html = listing_html(
        "/a", "/b", total=total, pager=pager(("first", ""), ("", ""), ("", "javascript:go(2)"))
    )
    page = read(html, url=LISTING_URL, role=Role.LISTING)
    later = read(html, url=f"{LISTING_URL}?_101_cur=13", role=Role.LISTING)
    assert page.problem == "it announces 26 articles, shows 2 and leads to no next page"
    assert later.problem is None


def test_an_empty_category_is_a_listing_of_nothing():
    page = read(listing_html(), url=LISTING_URL, role=Role.LISTING)
    assert (page.kind, page.links, page.total) == (PageKind.LISTING, (), None)


@pytest.mark.parametrize(
    ("role", "status", "kind", "has_problem"),
    [
        (Role.ARTICLE, 404, PageKind.ERROR, True),
        (Role.ARTICLE, 500, PageKind.ERROR, True),
        (Role.LISTING, 403, PageKind.ERROR, True),
        (Role.ROBOTS, 404, PageKind.ERROR, False),
        (Role.ROBOTS, 500, PageKind.ERROR, True),
        (Role.IMAGE, 404, PageKind.ERROR, True),
        (Role.ROBOTS, 200, PageKind.FILE, False),
    ],
)
def test_an_error_status_is_no_page(role, status, kind, has_problem):
    page = read("<p>x</p>", role=role, status=status)
    assert (page.kind, bool(page.problem)) == (kind, has_problem)
    assert page.links == ()


def test_a_page_where_a_file_was_expected_is_a_soft_404():
    page = read("<p>Không tìm thấy</p>", role=Role.IMAGE, url="https://quanmau.example/a.png")
    assert page.kind is PageKind.SOFT_404
    file = read(b"%PDF", role=Role.ATTACHMENT, content_type="application/pdf")
    assert (file.kind, file.problem) == (PageKind.FILE, None)


@pytest.mark.parametrize(
    ("name", "media_type", "kind"),
    [
        ("a.png", "image/png", PageKind.SOFT_404),
        ("a", "image/jpeg", PageKind.SOFT_404),
        ("a.pdf", "application/octet-stream", PageKind.SOFT_404),
        ("a", "application/pdf", PageKind.SOFT_404),
        ("a.doc", "application/msword", PageKind.FILE),
        ("a.xls", "application/vnd.ms-excel", PageKind.FILE),
    ],
)
def test_markup_for_a_picture_or_a_pdf_is_a_page_whatever_it_is_called(name, media_type, kind):
    """Office programs write markup into their own files."""
    page = read(
        "<!DOCTYPE html><html><h1>Bảo trì</h1></html>",
        role=Role.ATTACHMENT,
        url=f"https://quanmau.example/documents/{name}",
        content_type=media_type,
    )
    assert page.kind is kind


def test_content_codings_on_several_lines_are_one_list():
    body = gzip.compress(zlib.compress(article_html("<p>Một đoạn.</p>").encode()))
    page = read(body, headers=(("Content-Encoding", "deflate"), ("content-encoding", "gzip")))
    assert page.kind is PageKind.ARTICLE


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_what_follows_the_end_of_a_coded_body_counts_for_nothing(coding):
    pack = {"br": brotli.compress, "gzip": gzip.compress}[coding]
    body = pack(article_html("<p>Một đoạn.</p>").encode()) + b"\r\n<!-- rest -->"
    page = read(body, headers=(("Content-Encoding", coding),))
    assert (page.kind, page.problem) == (PageKind.ARTICLE, None)


def test_a_file_where_a_page_was_expected_is_kept_and_named():
    page = read(b"%PDF", content_type="application/pdf")
    assert (page.kind, page.problem) == (PageKind.UNREADABLE, "application/pdf came for a page")


@pytest.mark.parametrize(
    ("location", "target"),
    [
        (
            "/hoat-dong-hdnd/-/view_content/7-moi.html",
            "https://quanmau.example/hoat-dong-hdnd/-/view_content/7-moi.html",
        ),
        ("https://elsewhere.example/x", "https://elsewhere.example/x"),
    ],
)
def test_a_redirect_leads_where_it_says(location, target):
    page = read("", status=302, headers=(("Location", location),))
    assert page.kind is PageKind.REDIRECT
    assert [link.url for link in page.links] == [target]


@pytest.mark.parametrize("location", ["javascript:;", "", "http://["])
def test_a_redirect_to_nowhere_is_named(location):
    page = read("", status=302, headers=(("Location", location),))
    assert page.links == ()
    assert page.problem


GOOD = article_html("<p>Ý kiến cử tri về HĐND quận: giám sát</p>", title="Đổi mới")


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("text/html;charset=UTF-8", "utf-8"),
        ("text/html; charset=windows-1252", "utf-8"),
        ("text/html; charset=windows-1258", "utf-8"),
        ('text/html; charset="utf-8"', "utf-8"),
        ("text/html", "utf-8"),
        (None, "utf-8"),
        ("text/html; charset=no-such-thing", "utf-8"),
        ("text/html; charset=idna", "utf-8"),
        ("text/html", "utf-8-sig"),
        ("text/html", "utf-16"),
        ("text/html; charset=windows-1258", "cp1258"),
        ("text/html", "cp1258"),
        ("text/html; charset=utf-16le", "utf-16le"),
    ],
)
def test_the_charset_is_found_whatever_the_labels_say(label, encoding):
    import unicodedata

    text = GOOD
    if encoding == "cp1258":
        # This code page writes most marks as characters of their own.
        text = unicodedata.normalize("NFC", GOOD)
        decomposed = {}
        for char in set(text):
            if len(unicodedata.normalize("NFD", char)) > 1:
                for cut in (char, *_half_decomposed(char)):
                    try:
                        cut.encode("cp1258")
                    except UnicodeEncodeError:
                        continue
                    decomposed[char] = cut
                    break
        text = "".join(decomposed.get(char, char) for char in text)
    page = read(text.encode(encoding), content_type=label)
    assert page.article.title == "Đổi mới"
    assert page.article.blocks[0].text == "Ý kiến cử tri về HĐND quận: giám sát"


def _half_decomposed(char):
    import unicodedata

    parts = unicodedata.normalize("NFD", char)
    for at in range(1, len(parts)):
        mark = parts[at]
        rest = unicodedata.normalize("NFC", parts[:at] + parts[at + 1 :])
        yield rest + mark


def test_a_page_cut_within_a_letter_is_still_read_as_utf8():
    body = GOOD[: GOOD.index("sát") + 2].encode()[:-1]
    assert texts_of(read(body, content_type="text/html;charset=UTF-8")) == [
        "Ý kiến cử tri về HĐND quận: giám s\ufffd"
    ]


def texts_of(page):
    return [block.text for block in page.article.blocks]


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(GOOD.encode(), mtime=0)),
        ("x-gzip", gzip.compress(GOOD.encode(), mtime=0)),
        ("GZIP", gzip.compress(GOOD.encode(), mtime=0)),
        ("deflate", zlib.compress(GOOD.encode())),
        ("deflate", zlib.compress(GOOD.encode())[2:-4]),
        ("identity", GOOD.encode()),
        ("gzip", GOOD.encode()),
        ("deflate, gzip", gzip.compress(zlib.compress(GOOD.encode()), mtime=0)),
    ],
    ids=["gzip", "x-gzip", "capitals", "zlib", "raw deflate", "identity", "a lie", "both"],
)
def test_content_codings_are_undone(coding, body):
    assert read(body, headers=(("Content-Encoding", coding),)).article.title == "Đổi mới"


def test_a_compressed_page_that_was_cut_gives_what_can_be_read():
    long = article_html("".join(f"<p>Đoạn {number}</p>" for number in range(3000)))
    body = gzip.compress(long.encode())[:6000]
    found = texts_of(read(body, headers=(("Content-Encoding", "gzip"),), truncated="disconnect"))
    assert 10 < len(found) < 3000
    assert found[0] == "Đoạn 0"


def test_a_bomb_and_an_unknown_coding_are_kept_and_named():
    bomb = gzip.compress(b"\0" * (80 << 20), compresslevel=9)
    for coding, body in (
        ("gzip", bomb),
        ("br", b"?"),
        ("gzip", b"\x1f\x8b\x08\x00" + b"\xff" * 50),
    ):
        page = read(body, headers=(("Content-Encoding", coding),))
        assert page.kind is PageKind.UNREADABLE
        assert page.problem
    with pytest.raises(ValueError, match="MiB"):
        decoded_body(stored(bomb, headers=(("Content-Encoding", "gzip"),)))


def test_the_same_bytes_give_the_same_page_by_the_description_alone():
    given = stored(GOOD)
    extractor = Extractor()
    assert extractor(SITE.describe(), given) == extractor(SITE.describe(), given)
    assert extractor(SITE.describe(), given) == read(GOOD)


def test_a_host_that_stood_in_leaves_no_trace_in_what_is_read():
    from dataclasses import replace

    there = replace(SITE, reached_at="127.0.0.1:8080")
    html = article_html('<p><a href="/tin">x</a><img src="http://127.0.0.1:8080/image/a"></p>')
    url = "http://127.0.0.1:8080/hoat-dong-hdnd/-/view_content/7-bai.html"
    page = read(html, site=there, url=url)
    assert page.article == read(html.replace("http://127.0.0.1:8080", ""), url=URL).article
    assert page.identity_url == URL
    assert page.links[0].url == "http://127.0.0.1:8080/image/a"


@pytest.mark.parametrize("seed", range(8))
def test_nothing_that_a_server_sends_makes_reading_fail(seed):
    chance = random.Random(seed)
    with SamplePortal([article("a", messy=True)]) as portal:
        whole = portal.answer(article_path(article("a")), {}).body
        listing = portal.answer("/hoat-dong-hdnd", {}).body
    for body in (whole, listing):
        for _ in range(6):
            broken = bytearray(body)
            for _ in range(chance.randrange(1, 400)):
                at = chance.randrange(len(broken))
                if chance.random() < 0.5:
                    broken[at] = chance.randrange(256)
                else:
                    broken[at : at + chance.randrange(60)] = chance.choice(
                        [b"<", b"</", b"<![", b"<!--", b'"', b"&#xD800;", b"\0", b"<table><tr>"]
                    )
            for role in Role:
                assert read(bytes(broken), role=role).kind in PageKind


def test_a_nest_too_deep_to_walk_is_unreadable_not_fatal():
    page = read(article_html("<div>" * 4000))
    assert page.kind in (PageKind.UNREADABLE, PageKind.ARTICLE)


def test_numbers_no_portal_would_count_are_absent():
    total = f'<small class="search-results">1 of {"9" * 30} kết quả</small>'
    page = read(listing_html("/x", total=total), url=LISTING_URL, role=Role.LISTING)
    assert page.total is None
    assert read_article("<p>x</p>", stamp=f"Lượt xem: {'9' * 30}").views is None


@pytest.mark.parametrize("cookie", ["GUEST_LANGUAGE_ID=vi_VN", "GUEST_LANGUAGE_ID=en_US"])
def test_the_sample_portals_pages_are_read_in_both_languages(cookie):
    site = thanh_giang()
    with SamplePortal(series(26)) as portal:
        page = fetch(portal, "/hoat-dong-hdnd", site=site, cookie=cookie)
        articles = [link for link in page.links if link.role is Role.ARTICLE]
        (following,) = [link for link in page.links if link.role is Role.LISTING]
        assert (len(articles), page.total) == (20, 26)
        second = fetch(portal, following.url.partition(site.host)[2], site=site, cookie=cookie)
        assert len(second.links) == 6
        trap = fetch(portal, article_path(series(1)[0]) + "/vi", site=site, cookie=cookie)
        assert trap.kind is PageKind.SOFT_404


def test_a_line_in_the_body_that_looks_like_a_stamp_is_text():
    body = "<p>Lượt xem: 407</p><p>Ngày đăng 01/01/2020 | 08:00</p>"
    assert texts(body) == ["Lượt xem: 407", "Ngày đăng 01/01/2020 | 08:00"]
    assert read_article(body, stamp="Ngày đăng 05/02/2024 | 17:00").views is None
