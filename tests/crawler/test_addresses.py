"""One page, one address: aliases, sessions, and what makes two links the same."""

import unicodedata

import pytest

from archive.ground.urls import composed
from crawler.extraction.platforms.liferay import asset_id_in, identity, is_article_url
from crawler.sites.canonical_urls import absolute, file_name, is_allowed, on_site
from support.extracting import SITE

BASE = "https://quanmau.example/hoat-dong-hdnd"
ARTICLE = f"{BASE}/-/view_content/708168-giam-sat.html"
BY_PUBLISHER = f"{BASE}/-/asset_publisher/HgNzlI7sMGQj/content/giam-sat"


@pytest.mark.parametrize(
    "alias",
    [
        ARTICLE,
        ARTICLE.replace(".html", ".html;jsessionid=0A1B2C.node1"),
        f"{ARTICLE};jsessionid=0A1B?redirect=%2Fhoat-dong-hdnd",
        f"{ARTICLE}?redirect=http%3A%2F%2Fx",
        f"{ARTICLE}?inheritRedirect=true",
        f"{ARTICLE}?p_p_state=pop_up",
        f"{ARTICLE}?_101_viewMode=print",
        ARTICLE.replace("view_content/", "view_content/pop_up/") + "?_101_viewMode=print",
        f"{ARTICLE}#binh-luan",
        ARTICLE.replace("https:", "http:"),
        ARTICLE.replace("quanmau", "www.quanmau"),
        ARTICLE.replace("https://quanmau.example", "HTTPS://QuanMau.Example.:443"),
        ARTICLE.replace("view_content", "view%5Fcontent").replace("giam", "%67iam"),
        ARTICLE.replace("/-/", "/./x/../-/"),
    ],
)
def test_the_aliases_of_an_article_have_one_address(alias):
    assert identity(on_site(SITE, absolute(BASE, alias))) == ARTICLE


@pytest.mark.parametrize(
    ("url", "asset"),
    [
        (ARTICLE, "708168"),
        (ARTICLE.replace("view_content/", "view_content/pop_up/"), "708168"),
        (f"{BASE}/-/view_content/708168", "708168"),
        (f"{BASE}/-/asset_publisher/x/content/id/55", "55"),
        (BY_PUBLISHER, None),
        (f"{BASE}/-/asset_publisher/x/content/2024-giam-sat", None),
        (BASE, None),
    ],
)
def test_the_asset_id_is_read_where_the_address_tells_it(url, asset):
    assert asset_id_in(url) == asset


@pytest.mark.parametrize("url", [ARTICLE, BY_PUBLISHER, f"{ARTICLE}/vi", f"{BY_PUBLISHER}/vi/en"])
def test_an_articles_address_is_known_also_with_a_language_after_it(url):
    assert is_article_url(url)


def test_a_page_of_a_listing_keeps_what_makes_it_another_page():
    second = f"{BASE}?p_p_id=101&p_p_state=normal&_101_cur=2"
    assert identity(second) == second
    assert identity(f"{second}&redirect=%2F") == second
    assert not is_article_url(second)


def test_the_time_of_rendering_is_no_part_of_a_pictures_address():
    url = "https://quanmau.example/image/journal/article?img_id=5&t=1661571175221"
    assert identity(url) == "https://quanmau.example/image/journal/article?img_id=5"
    assert identity("https://quanmau.example/documents/1/2/a/b?t=9").endswith("/documents/1/2/a/b")
    assert identity("https://quanmau.example/tim-kiem?t=9").endswith("?t=9")


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/a b.doc", "https://quanmau.example/a%20b.doc"),
        (" /a\n.doc ", "https://quanmau.example/a.doc"),
        ("/tin tức/ý-kiến", "https://quanmau.example/tin%20t%E1%BB%A9c/%C3%BD-ki%E1%BA%BFn"),
        ("/a%20b", "https://quanmau.example/a%20b"),
        ("?cur=2", "https://quanmau.example/hoat-dong-hdnd?cur=2"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("https://QUANMAU.example:443/x", "https://quanmau.example/x"),
        ("http://quanmau.example:8080/x", "http://quanmau.example:8080/x"),
        ("/x#phan-2", "https://quanmau.example/x"),
        ("/x;jsessionid=AB?y=1", "https://quanmau.example/x?y=1"),
        ("http://tiếng-việt.example/", "http://xn--ting-vit-e50d7c.example/"),
        ("/x?q=a b&c=ừ", "https://quanmau.example/x?q=a%20b&c=%E1%BB%AB"),
    ],
)
def test_a_link_becomes_an_address_that_can_be_asked_for(href, url):
    assert absolute(BASE, href) == url


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#top",
        "javascript:;",
        "mailto:a@b.example",
        "tel:123",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://x.example/",
        "http://",
        "http://[::1",
        "http://x.example:99999/",
        "http://x.example:no/",
    ],
)
def test_a_link_that_leads_to_no_page_is_none(href):
    assert absolute(BASE, href) is None


def test_only_hosts_that_the_description_names_are_allowed():
    assert is_allowed(SITE, "https://quanmau.example/x")
    assert is_allowed(SITE, "http://www.quanmau.example/x")
    for other in ("khac.quanmau.example", "quanmau.example.evil.example", "quanmau.example:8080"):
        assert not is_allowed(SITE, f"https://{other}/x")
    assert not is_allowed(SITE, "https://quanmau.example@evil.example/x")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://x.example/UploadFile/a%20b.doc", "a b.doc"),
        ("https://x.example/documents/1/2/a+b.pdf/0a1b2c3d-0000-1111-2222-0123456789ab", "a b.pdf"),
        ("https://x.example/", ""),
        ("https://x.example/tai.ashx?id=9&file=NQ%2015.PDF", "NQ 15.PDF"),
        ("https://x.example/tai?FileName=/tep/2025/NQ15.docx", "NQ15.docx"),
        ("https://x.example/login?redirect=/documents/NQ15.docx", "login"),
        ("https://x.example/a.pdf?bia=b.docx", "a.pdf"),
    ],
)
def test_a_file_is_called_what_its_address_calls_it(url, name):
    assert file_name(url) == name


@pytest.mark.parametrize("path", ["nghị-quyết.pdf", "đã ký (bản 2).pdf", "Ý kiến"])
def test_an_address_is_the_same_in_any_unicode_form(path):
    forms = [
        unicodedata.normalize(form, f"/documents/{path}?t=1&ten={path}") for form in ("NFC", "NFD")
    ]
    asked = [absolute(BASE, form) for form in forms]
    assert asked[0] != asked[1], "each is asked for as the page has it"
    assert len({identity(on_site(SITE, url)) for url in asked}) == 1


def test_bytes_that_are_no_utf_8_stay_in_an_address():
    assert composed("https://x.example/a%E1%20e%CC%81") == "https://x.example/a%E1%20%C3%A9"


QUERY = "p_p_id=101&_101_struts_action=%2Fasset_publisher%2Fview_content&_101_type=content"
BY_QUERY = f"{BASE}?{QUERY}&_101_urlTitle=khao-sat"


@pytest.mark.parametrize(
    "alias",
    [
        BY_QUERY,
        f"{BASE}?_101_urlTitle=khao-sat&{QUERY}&p_p_lifecycle=0&p_p_state=normal&p_p_mode=view",
        f"{BY_QUERY}&redirect=%2Fhoat-dong-hdnd&p_p_col_id=column-1&p_p_col_pos=2&p_p_col_count=3",
        f"{BY_QUERY}&p_p_state=pop_up&_101_viewMode=print",
        BY_QUERY.replace("%2F", "/"),
    ],
)
def test_an_article_that_a_query_names_has_one_address(alias):
    named = identity(on_site(SITE, absolute(BASE, alias)))
    assert named == identity(BY_QUERY)
    assert is_article_url(alias)
    assert is_article_url(named)
    assert "khao-sat" in named
    assert "view_content" in named


def test_another_title_in_the_query_is_another_article():
    assert identity(BY_QUERY) != identity(BY_QUERY.replace("khao-sat", "giam-sat"))
    assert asset_id_in(f"{BASE}?{QUERY}&_101_assetEntryId=708168") == "708168"
    assert asset_id_in(BY_QUERY) is None
    assert is_article_url(BY_QUERY.replace("_101_", "_101_INSTANCE_a1B2_"))


@pytest.mark.parametrize(
    "url", [f"{BASE}?{QUERY}", BY_QUERY.replace("view_content", "view"), f"{BASE}?_101_cur=2"]
)
def test_a_query_that_names_no_article_is_a_listings(url):
    assert not is_article_url(url)
