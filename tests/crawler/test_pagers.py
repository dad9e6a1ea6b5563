"""Whatever a pager looks like, its next page is found, and its last page has none."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.extraction.platforms.pagers import next_in_pager

HERE = "https://lamthao.example/tin"


def next_of(html, here=HERE):
    nodes = LexborHTMLParser(html).css("a")
    return next_in_pager(here, [(node.attributes.get("href") or "", node) for node in nodes])


@pytest.mark.parametrize(
    ("html", "here", "following"),
    [
        ('<a href="?p=1">1</a><a href="?p=2">2</a><a href="?p=3">3</a>', HERE, "?p=2"),
        ('<a href="?p=1">1</a><a href="?p=2">2</a><a href="?p=3">3</a>', f"{HERE}?p=2", "?p=3"),
        ('<a href="?page=1">2</a><a href="?page=2">3</a>', HERE, "?page=1"),
        ('<a href="?page=0">1</a><a href="?page=2">3</a>', f"{HERE}?page=1", "?page=2"),
        ('<a href="/tin/2">2</a><a href="/tin/9">»</a>', HERE, "/2"),
        ('<a href="/tin">1</a><b>2</b><a href="/tin/3">3</a>', f"{HERE}/2", "/3"),
        ('<a href="/tin/3">Trang sau »</a><a href="/tin/9">Cuối</a>', f"{HERE}/2", "/3"),
        ('<a rel="next" href="?p=2">&raquo;</a>', HERE, "?p=2"),
        ('<a href="?p=9">»</a><a href="?p=2">›</a>', HERE, "?p=2"),
        ('<li class="active"><a href="#a">1</a></li><a href="?p=2">2</a>', HERE, "?p=2"),
        ('<a href="?p=1">1</a><a href="?p=2">2</a>', f"{HERE}?p=2", None),
        ('<a href="?p=1">«</a><li class="disabled"><a href="#">»</a></li>', f"{HERE}?p=2", None),
        ("", HERE, None),
    ],
)
def test_the_next_page_is_found(html, here, following):
    assert next_of(html, here) == (following and HERE + following)


def test_a_postback_is_a_form_with_the_number_of_the_page():
    html = "<span>1</span>" + "".join(
        f"<a href=\"javascript:__doPostBack('pager','{n}')\">{n}</a>" for n in (2, 3)
    )
    second = next_of(html)
    assert second == f"{HERE}?__wb_method=POST&__EVENTTARGET=pager&__EVENTARGUMENT=2"
    third = next_of(html.replace("'2')\">2", "'1')\">1"), second)
    assert third.endswith("__EVENTARGUMENT=3")
