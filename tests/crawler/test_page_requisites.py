"""What pages need to look as they did is kept too, after everything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.extraction.requisites import requisites_of_page, requisites_of_style_sheet
from crawler.sample_portal import SampleImage, SamplePortal
from crawler.sample_portal.font import lozenge_font
from portal_visitor import article
from support.crawling import THANH_GIANG_FILE, Crawled, crawl_in_process, home_in

PAGE = """
<link rel="Stylesheet" href="/a.css"><link rel="shortcut icon" href="i.ico"><link rel=next href=n>
<script src="s.js"></script><style>p { background: URL( 'b.png' ) } @import "c.css";</style>
<img src="../d.png"><img src="data:image/png;base64,x"><p style='background:url("e.png")'>
<table background="f.gif"><iframe src="g.html"></iframe><a href="h.html">h</a>
"""


def test_a_page_needs_style_sheets_and_pictures_and_neither_scripts_nor_links() -> None:
    assert requisites_of_page(PAGE, "https://a.example/x/y.html") == [
        "https://a.example/a.css",
        "https://a.example/x/i.ico",
        "https://a.example/d.png",
        "https://a.example/x/f.gif",
        "https://a.example/x/b.png",
        "https://a.example/x/c.css",
        "https://a.example/x/e.png",
    ]
    assert requisites_of_page('<base href="/z/"><img src=a.png>', "https://a.example/x/") == [
        "https://a.example/z/a.png"
    ]


def test_a_style_sheet_needs_fonts_pictures_and_other_sheets() -> None:
    css = '@import url("a.css"); @font-face{src:url(../f.woff2)format("woff2")} p{x:url(#y)}'
    assert requisites_of_style_sheet(css, "https://a.example/css/m.css") == [
        "https://a.example/css/a.css",
        "https://a.example/f.woff2",
    ]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SamplePortal, Crawled]]:
    """A crawl that takes them, as the sample site's description says."""
    home = home_in(tmp_path_factory.mktemp("requisites") / "home")
    (home.sites / "thanh-giang.toml").write_bytes(THANH_GIANG_FILE.read_bytes())
    shown = [article("mot", title="Một"), replace(article("hai"), images=(SampleImage(0),))]
    with SamplePortal(shown) as portal:
        yield portal, crawl_in_process(home, portal)


def roles(crawled: Crawled) -> Counter[tuple[str, bool]]:
    with crawled.reader() as reader:
        rows = reader.catalogue.connection.execute("SELECT role, refers_to FROM capture")
        return Counter((row["role"], row["refers_to"] is not None) for row in rows)


def test_they_are_fetched_after_everything_else_and_once_each(
    crawled: tuple[SamplePortal, Crawled],
) -> None:
    portal, first = crawled
    asked = [request.path for request in portal.requests]
    sheet = next(n for n, path in enumerate(asked) if "-theme/css/main.css" in path)
    news = max(n for n, path in enumerate(asked) if "view_content" in path or "img_id" in path)
    assert news < sheet
    assert "/thanhgiang-theme/fonts/bieu-tuong.ttf" in asked
    assert "/thanhgiang-theme/images/hoa-van.png" in asked
    assert "/thanhgiang-theme/css/in.css" in asked
    assert not [path for path in asked if path.endswith((".js", ".jsp"))]
    assert max(Counter(asked).values()) == 1
    assert first.summary["finished"]
    with first.reader() as reader:
        assert reader.problems() == []
        record = reader.article(f"thanh-giang-{article('hai').asset_id}")
    assert record is not None


def test_another_crawl_finds_them_as_they_were_and_a_refresh_asks_for_none(
    crawled: tuple[SamplePortal, Crawled],
) -> None:
    portal, first = crawled
    before = roles(first)
    again = crawl_in_process(first.home, portal)
    after = roles(again)
    asked = before["requisite", False] + before["requisite", True]
    assert asked > 10
    assert after["requisite", False] == before["requisite", False]
    assert after["requisite", True] == before["requisite", True] + asked
    portal.requests.clear()
    crawl_in_process(first.home, portal, kind="refresh", days=1)
    assert not [request for request in portal.requests if "-theme/" in request.path]


def test_the_sample_portal_has_a_real_font(tmp_path: Path) -> None:
    from PIL import ImageFont

    file = tmp_path / "font.ttf"
    file.write_bytes(lozenge_font())
    font = ImageFont.truetype(str(file), 100)
    left, _, right, _ = font.getbbox("\u25c6")
    assert right - left > 40
