"""Patterns of addresses: what they match, and that none of them can hold anybody up."""

import pytest

from crawler.sites.address_patterns import compiled
from crawler.sites.posted_forms import is_posted, posted, split_posted
from crawler.sites.values import Fault
from support.codes import english

HOST = "https://lamthao.example"


@pytest.mark.parametrize(
    ("pattern", "address", "number"),
    [
        ("/[vi/]news/{path}-{id}.html", "/vi/news/hdnd/ky-hop-7-4107.html", "4107"),
        ("/[vi/]news/{path}-{id}.html", "/news/hdnd/ky-hop-4107.html?x=1", "4107"),
        ("/{path}.aspx?ItemID={id}", "/a/View.aspx?c=7&ItemID=1066", "1066"),
        ("/{slug}", "/ky-hop-thu-bay/", None),
        ("/{path}-{id}.htm", "/a/k%E1%BB%B3-285026011608515933.htm", "285026011608515933"),
    ],
)  # fmt: skip
def test_a_pattern_knows_the_number_of_an_article(pattern, address, number):
    assert compiled(pattern).matches(HOST + address)
    assert compiled(pattern).id_in(HOST + address) == number


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("/news/{path}-{id}.html", "/news/hdnd/page-2/"),
        ("/{path}.aspx?ItemID={id}", "/a/View.aspx?ItemID=x"),
        ("/{path}.aspx?ItemID={id}", "/a/View.aspx"),
        ("/{slug}", "/a/b"),
        ("/{slug}", f"/{'a' * 3000}"),
    ],
)
def test_another_address_is_no_such_one(pattern, address):
    assert not compiled(pattern).matches(HOST + address)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("news/{id}", "begin with /"),
        ("/{nummer}", "is none of"),
        ("/{id}-{id}", "more than once"),
        ("/{slug}{id}", "nothing between"),
        ("/{slug}-{slug}-{slug}", "too many {slug}"),
        ("/[[a]]", "brackets"),
        ("/[a", "not closed"),
        ("/a{", "belongs to nothing"),
        ("/a?id", "in its query"),
        ("/a?id={slug}", "in its query"),
    ],
)
def test_a_wrong_pattern_is_told_of(pattern, said):
    with pytest.raises(Fault) as caught:
        compiled(pattern)
    assert said in english(caught.value.at("article"))


def test_a_pattern_is_matched_soon_however_an_address_tries():
    assert not compiled("/{path}-{slug}-{id}.html").matches(f"{HOST}/{'-' * 1990}")


def test_a_posted_form_is_one_address_and_can_be_taken_apart():
    url = posted(f"{HOST}/load?x=1", [("page", "2"), ("__EVENTTARGET", "ctl21$pager")])
    assert is_posted(url)
    assert split_posted(url) == (
        f"{HOST}/load?x=1",
        (("page", "2"), ("__EVENTTARGET", "ctl21$pager")),
    )
    assert split_posted(f"{HOST}/load?x=1") == (f"{HOST}/load?x=1", ())
