"""`hdnd sites new`: a description is proposed from a few pages, and then reads every article."""

import pytest

from archive.ground.errors import NothingFetched
from archive.ground.message import Message
from crawler.drafts import proposals
from crawler.drafts.draft_addresses import pattern_of
from crawler.drafts.looking import made_up
from crawler.drafts.proposals import SiteNames, propose
from support import small_portals, strange_portals
from support.codes import english
from support.small_portals import PIECES
from support.walking import HOST, as_read, expected, looked_at, walk

NAMES = SiteNames("lam-thao", "Xã Lâm Thao", HOST)
MANNERS = {
    "nukeviet": (small_portals.NukeViet, {}),
    "vnportal": (small_portals.VnPortal, {"capitals": True, "links": "Tải về"}),
    "hanoi": (small_portals.HanoiSince2025, {"links": "{}"}),
    "wordpress": (small_portals.WordPress, {"lead_in_body": True, "links": "{}"}),
    "aspnet": (small_portals.AspNet, {}),
}


def read_by(site, portal):
    articles, pages = walk(site, portal)
    return {url: as_read(one) for url, one in articles.items()}, pages


def all_of(portal, **how):
    return {f"https://{HOST}{portal.address(one)}": expected(one, **how) for one in portal.pieces}


@pytest.mark.parametrize("name", MANNERS)
def test_a_platform_that_is_known_is_recognised_and_used(name):
    kind, how = MANNERS[name]
    portal = kind()
    looked, asked = looked_at(portal)
    made = propose(looked, NAMES)
    assert (made.platform, made.doubts) == (name, [])
    assert f'platform = "{name}"' in made.text(english)
    assert made.untried
    assert len(asked) < 20
    assert read_by(made.site, portal)[0] == all_of(portal, **how)


def all_is_read_by_what_is_guessed(portal, **how):
    made = propose(looked_at(portal)[0], NAMES)
    assert made.platform == ""
    found, pages = read_by(made.site, portal)
    assert found == all_of(portal, **how)
    assert [page.problem for page in pages if page.problem] == []


@pytest.mark.parametrize("name", ["nukeviet", "wordpress", "aspnet"])
def test_of_an_unknown_platform_every_article_is_read_by_what_is_guessed(name, monkeypatch):
    monkeypatch.setattr(proposals, "signs_of", lambda pages: [])
    kind, how = MANNERS[name]
    all_is_read_by_what_is_guessed(kind(), **how)


@pytest.mark.parametrize(
    ("kind", "how"),
    [
        (strange_portals.Towers, {"lead_in_body": True}),
        (strange_portals.Crowded, {"lead_in_body": True}),
        (strange_portals.Tables, {"lead_in_body": True, "links": "{}"}),
        (strange_portals.Cards, {}),
        (strange_portals.Wrapped, {"links": "{}"}),
        (strange_portals.NestedTables, {"lead_in_body": True}),
        (strange_portals.Nameless, {"lead_in_body": True, "links": "{}"}),
        (strange_portals.Tabs, {}),
        (strange_portals.Loaded, {}),
        (strange_portals.Asked, {}),
        (strange_portals.Boxes, {}),
    ],
)
def test_of_a_manner_that_nobody_described_every_article_is_read(kind, how):
    all_is_read_by_what_is_guessed(kind(), **how)


@pytest.mark.parametrize("name", ["vnportal", "hanoi"])
def test_where_no_next_page_is_found_that_is_said_and_the_first_is_read(name, monkeypatch):
    monkeypatch.setattr(proposals, "signs_of", lambda pages: [])
    kind, how = MANNERS[name]
    portal = kind()
    made = propose(looked_at(portal)[0], NAMES)
    assert Message("crawler.no-next-page") in made.doubts
    wanted = all_of(portal, **how)
    found, _ = read_by(made.site, portal)
    assert len(found) == portal.size
    assert found == {url: wanted[url] for url in found}


def test_a_listing_may_be_named_itself():
    portal = small_portals.NukeViet()
    looked, _ = looked_at(portal, portal.listing)
    assert list(looked.sections) == [f"https://{HOST}{portal.listing}"]


def test_what_comes_for_a_made_up_address_becomes_the_sign_of_a_missing_article(monkeypatch):
    monkeypatch.setattr(proposals, "signs_of", lambda pages: [])
    portal = small_portals.HanoiSince2025()
    made = propose(looked_at(portal)[0], NAMES)
    assert 'sign = ".not-found"' in made.text(english)
    assert small_portals.NOT_HERE in made.text(english)


def test_every_guess_has_a_comment(monkeypatch):
    monkeypatch.setattr(proposals, "signs_of", lambda pages: [])
    made = propose(looked_at(small_portals.NukeViet())[0], NAMES)
    lines = made.text(english).splitlines()
    for key in ("article =", "link =", "next =", "title =", "stamp =", "lead =", "body ="):
        (at,) = [n for n, line in enumerate(lines) if line.startswith(key)]
        assert lines[at - 1].startswith("# "), key


def test_a_structured_time_that_is_not_the_one_shown_is_doubted_and_a_person_may_settle_it():
    made = propose(looked_at(strange_portals.Tables())[0], NAMES)
    assert any(
        "says 09/12/2025 15:05 where the page shows 09/12/2025 08:05" in english(doubt)
        for doubt in made.doubts
    )
    (choice,) = made.choices
    assert english(choice.question) == f"When was “{PIECES[0].title}” published?"
    assert [english(answer) for answer, _ in choice.answers] == [
        "09/12/2025 08:05, as the page shows",
        "09/12/2025 15:05, as time[datetime]::attr(datetime) says",
    ]
    before = made.text(english)
    made.settle(choice, 0)
    assert made.text(english) == before
    made.settle(choice, 1)
    assert made.site.eras[0].article.stamp == ("time[datetime]::attr(datetime)", "time")


@pytest.mark.parametrize(
    ("urls", "pattern"),
    [
        (["/a/tin-mot-12.html", "/a/tin-hai-13.html"], "/{path}-{id}.html"),
        (["/tin-mot-c512.html", "/tin-hai-c613.html"], "/{slug}-c{id}.html"),
        (["/tin/724-mot", "/tin/725-hai"], "/{path}/{id}-{slug}"),
        (["/x.aspx?a=1&ItemID=5", "/x.aspx?a=1&ItemID=6"], "/x.aspx?ItemID={id}"),
        (["/tin/3311/mot", "/tin/3312/hai"], "/{path}/{id}/{slug}"),
        (["/tin-tuc/mot", "/tin-tuc/hai"], "/tin-tuc/{slug}"),
        (["/2025/12/mot/", "/2025/11/hai/"], "/{slug}/{slug}/{slug}"),
    ],
)
def test_a_pattern_is_what_addresses_have_in_common(urls, pattern):
    assert pattern_of([f"https://{HOST}{url}" for url in urls]) == pattern


def test_a_made_up_address_is_of_the_same_kind():
    base = f"https://{HOST}"
    assert made_up(f"{base}/a-12.html", "/{path}-{id}.html") == f"{base}/a-99.html"
    assert made_up(f"{base}/tin/a.html", None) == f"{base}/tin/a-khong-co-bai-nay.html"


def test_nothing_is_proposed_where_no_listing_is_seen():
    class Empty(small_portals.NukeViet):
        def answer(self, target, headers=None, body=None):
            return self.page("<p>Trang đang xây dựng</p>", "x") if target == "/" else self.missing()

    with pytest.raises(NothingFetched, match="no-listing"):
        propose(looked_at(Empty())[0], NAMES)


def test_the_portals_have_as_many_articles_as_are_asked_for():
    assert len(PIECES) == 6
