"""What a site's own description says of its pages, and how each fault of it is told."""

import json

import pytest

from archive.model import PageKind, Role
from crawler.extraction import node_texts
from crawler.extraction.extract import extract
from crawler.sites.description import Site
from crawler.sites.known_sites import check_site_file, read_site
from support.codes import english
from support.extracting import stored

OWN = """
id = "lam-thao"
name = "Xã Lâm Thao"
host = "lamthao.example"

[categories]
"/tin.aspx?chuyenmuc=7" = "HĐND xã"

[[eras]]
valid_until = 2023-12-31
[eras.addresses]
article = ["/tin.aspx?id={id}"]
[eras.listing]
link = "h3 a"
[eras.article]
title = "h1"
body = "#old"

[[eras]]
[eras.addresses]
article = ["/tin.aspx?id={id}"]
[eras.listing]
items = ".item"
link = "h3 a"
next = ".pager a"
[eras.article]
title = "h1"
stamp = ["json-ld: datePublished", "time::attr(datetime)", ".date"]
body = ".body"
leave_out = ".share"
captions = ".note"
required = ["title", "body", "stamp"]
[eras.missing]
texts = ["không tồn tại"]
"""
URL = "https://lamthao.example/tin.aspx?id=31"
PAGE = """<h1>Tin</h1><span class=date>{}</span><div class=body>Một<div class=share>Chia sẻ</div>
<img data-src="/a.jpg"><i class=note>Ảnh</i><p>Hai</p><embed src="/tep/so 1.pdf"></div>"""


@pytest.fixture
def site(tmp_path):
    path = tmp_path / "lam-thao.toml"
    path.write_text(OWN, encoding="utf-8")
    return read_site(path)


def page_of(site, html, *, url=URL, role=Role.ARTICLE):
    return extract(site, stored(html, url=url, role=role))


def test_a_site_may_say_itself_how_its_pages_look(site):
    page = page_of(site, PAGE.format("5 Tháng Hai, 2024 17:00"))
    article = page.article
    assert (article.asset_id, article.title) == ("31", "Tin")
    assert article.published_at.isoformat() == "2024-02-05T17:00:00+07:00"
    blocks = [(block.text, block.kind, block.images) for block in article.blocks]
    assert blocks == [
        ("Một", "paragraph", ()),
        ("", "image", ("https://lamthao.example/a.jpg",)),
        ("Ảnh", "caption", ()),
        ("Hai", "paragraph", ()),
    ]
    assert [one.name for one in article.attachments] == ["so 1.pdf"]


def test_an_earlier_era_reads_earlier_captures(site):
    given = stored('<h1>Cũ</h1><div id="old">Bài cũ</div>', url=URL)
    old = type(given)(**{**vars_of(given), "captured_at": given.captured_at.replace(year=2022)})
    assert extract(site, old).article.title == "Cũ"
    assert extract(site, given).kind is PageKind.UNREADABLE


def vars_of(value):
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def test_a_page_that_lacks_what_is_required_is_no_article_and_says_what(site):
    page = page_of(site, PAGE.format("hôm qua"))
    assert (page.kind, page.article) == (PageKind.UNREADABLE, None)
    assert page.problem == "the site's description does not fit the page: no stamp"


def test_a_message_that_is_described_is_a_soft_404_but_an_article_about_it_is_none(site):
    page = page_of(site, "<h1>Lỗi</h1><div class=body>Bài viết KHÔNG tồn tại</div>")
    assert page.kind is PageKind.SOFT_404
    told = PAGE.format("05/02/2024 17:00").replace("Hai", "Lỗi “không tồn tại” đã sửa. " * 30)
    assert page_of(site, told).kind is PageKind.ARTICLE


def test_an_item_that_stands_twice_is_one_link_and_one_without_a_link_is_told_of(site):
    item = '<div class="item"><h3><a href="/tin.aspx?chuyenmuc=7&id=31">x</a></h3></div>'
    page = page_of(
        site, item * 2 + '<div class="item">Quảng cáo</div>',
        url="https://lamthao.example/tin.aspx?chuyenmuc=7", role=Role.LISTING,
    )  # fmt: skip
    (link,) = page.links
    assert (link.role, link.asset_id, link.identity_url) == (Role.ARTICLE, "31", URL)
    assert page.problem == "1 of its 3 items have no address to be asked for"


def test_a_listing_without_a_sign_of_one_is_a_problem(site):
    page = page_of(
        site, "<p>Trang mới</p>", url="https://lamthao.example/tin.aspx?chuyenmuc=7",
        role=Role.LISTING,
    )  # fmt: skip
    assert (page.kind, page.problem) == (
        PageKind.UNREADABLE,
        "the site's description does not fit the page: no item of a listing",
    )


def test_a_forged_mark_of_ours_hides_nothing(site):
    html = PAGE.format("05/02/2024 17:00").replace("<p>", "<p data-hdnd-mark='left-out'>")
    assert "Hai" in [block.text for block in page_of(site, html).article.blocks]


def test_a_description_of_pages_survives_the_warcinfo_record(site):
    assert Site.from_description(json.loads(json.dumps(site.describe()))) == site


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "h1"', 'title = "h1["', "`eras[1].article.title`: 'h1[' is no CSS selector"),
        ('title = "h1"', "title = 1", "`eras[1].article.title` must be a text in quotes"),
        ('body = ".body"', 'body = "img::attr(src)"', "wants elements"),
        ('body = ".body"', 'boby = ".body"', "`eras[2].article.boby` is not known"),
        ("json-ld: datePublished", "json-ld:", "names no property"),
        ("?id={id}", "?id={no}", "`eras[1].addresses.article`"),
        ("2023-12-31", '"2023-12-31"', "`eras[1].valid_until` must be a date such as"),
        ("valid_until = 2023-12-31", "", "`eras[1].valid_until` must be a day before"),
        ('"title", "body", "stamp"]', '"titel"]', "is none of: title, body, stamp"),
    ],
)
def test_each_fault_is_told_with_its_place(tmp_path, old, new, said):
    assert old in OWN
    path = tmp_path / "lam-thao.toml"
    path.write_text(OWN.replace(old, new, 1), encoding="utf-8")
    found = told_faults(path)
    assert any(said in fault for fault in found), found


def told_faults(path):
    return [english(fault) for fault in check_site_file(path)]


def test_without_a_platform_and_without_eras_nothing_can_be_read(tmp_path):
    path = tmp_path / "lam-thao.toml"
    path.write_text(OWN.partition("[[eras]]")[0], encoding="utf-8")
    (fault,) = told_faults(path)
    assert fault.startswith("`platform` is missing: it must be one of: aspnet, hanoi, liferay")


def test_a_listing_may_be_json(tmp_path):
    text = (
        OWN
        + """
[eras.listing.json]
items = "data.items"
address = "/tin.aspx?id={ID}"
total = "data.total"
[eras.listing.more]
address = "/api/list?page={page}"
first = 1
"""
    )
    path = tmp_path / "lam-thao.toml"
    path.write_text(text, encoding="utf-8")
    site = read_site(path)
    first = page_of(
        site, "<div id=app></div>", url="https://lamthao.example/tin.aspx?chuyenmuc=7",
        role=Role.LISTING,
    )  # fmt: skip
    (link,) = first.links
    assert (link.role, link.url) == (Role.LISTING, "https://lamthao.example/api/list?page=1")
    given = stored(
        '{"data": {"total": 5, "items": [{"ID": 31, "Title": "x"}, {"Title": "no id"}]}}',
        url=link.url, role=Role.LISTING, content_type="application/json; charset=utf-8",
    )  # fmt: skip
    page = extract(site, given)
    assert [(one.role, one.url) for one in page.links] == [
        (Role.ARTICLE, URL),
        (Role.LISTING, "https://lamthao.example/api/list?page=2"),
    ]
    assert page.total == 5
    assert page.problem == "1 of its 2 items have no address to be asked for"


def test_an_article_may_be_a_file_alone(site):
    html = """<h1>Nghị quyết</h1><i class=date>05/02/2024 17:00</i><div class=body>
<iframe src="/flip/index.html?file=/van-ban/nq-07.pdf"></iframe></div>"""
    page = page_of(site, html)
    assert (page.kind, page.problem) == (PageKind.ARTICLE, None)
    assert [one.url for one in page.article.attachments] == [
        "https://lamthao.example/van-ban/nq-07.pdf"
    ]
    assert [link.role for link in page.links] == [Role.ATTACHMENT]


def test_a_page_that_names_another_address_of_its_own_is_that_one(tmp_path):
    path = tmp_path / "lam-thao.toml"
    path.write_text(OWN.replace("/tin.aspx?id={id}", "/[en/]tin/{path}"), encoding="utf-8")
    head = '<link rel="canonical" href="https://www.lamthao.example/tin/hdnd/bai-mot">'
    page = page_of(
        read_site(path), head + PAGE.format("05/02/2024 17:00"),
        url="https://lamthao.example/en/tin/cu-tri/bai-mot",
    )  # fmt: skip
    assert page.identity_url == "https://lamthao.example/tin/hdnd/bai-mot"
    other = page_of(
        read_site(path), head + PAGE.format("05/02/2024 17:00"),
        url="https://lamthao.example/tin/bai-hai",
    )  # fmt: skip
    assert other.identity_url == "https://lamthao.example/tin/bai-hai"


def test_a_file_that_stands_alone_beside_an_empty_body_is_the_articles(site):
    html = """<h1>Tờ trình</h1><i class=date>05/02/2024 17:00</i><div class=body></div>
<div class=viewer><object data="/van-ban/tt-08.pdf"></object></div>"""
    assert [one.name for one in page_of(site, html).article.attachments] == ["tt-08.pdf"]


def test_many_sites_may_share_a_platform_of_ones_own(tmp_path):
    head, _, eras = OWN.partition("[[eras]]")
    path = tmp_path / "lam-thao.toml"
    path.write_text(head.replace("[categories]", 'platform = "xa"\n[categories]'), "utf-8")
    assert any("`platform` must be one of" in fault for fault in told_faults(path))
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms" / "xa.toml").write_text(f"[[eras]]{eras}", encoding="utf-8")
    shared = read_site(path)
    assert (shared.platform, len(shared.eras)) == ("xa", 2)
    assert page_of(shared, PAGE.format("05/02/2024 17:00")).article.title == "Tin"
    assert Site.from_description(json.loads(json.dumps(shared.describe()))) == shared
    (tmp_path / "platforms" / "xa.toml").write_text("[[eras]", encoding="utf-8")
    assert "platform cannot be read" in told_faults(path)[0]


def test_a_description_that_has_a_page_read_without_end_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(node_texts, "MOST_LETTERS", 100_000)
    path = tmp_path / "lam-thao.toml"
    path.write_text(OWN.replace('".date"]', '"div"]'), encoding="utf-8")
    html = PAGE.format("") + "<div>" * 300 + "chữ " * 500
    page = page_of(read_site(path), html)
    assert (page.kind, page.article) == (PageKind.UNREADABLE, None)
    assert "again and again" in page.problem


def test_a_selector_has_an_end(tmp_path):
    path = tmp_path / "lam-thao.toml"
    path.write_text(OWN.replace('"h1"', f'"{"a:has(" * 70}a{")" * 70}"', 1), encoding="utf-8")
    assert any("is longer than 400 letters" in fault for fault in told_faults(path))
