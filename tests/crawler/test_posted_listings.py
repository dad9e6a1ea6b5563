"""Pages of a listing that are had by a POST alone: asked for, kept, and read like any other."""

from crawler.drafts.proposals import SiteNames, propose
from hdnd.usecases.trying_descriptions import read_again
from support import small_portals, strange_portals
from support.codes import english
from support.crawling import crawl_in_process, home_in
from support.offline import crawl_offline
from support.small_portals import PIECES
from support.walking import HOST, looked_at
from support.warcs import records

TOML = """
id = "lam-thao"
name = "Xã Lâm Thao"
host = "{host}"
platform = "{platform}"
[categories]
"{listing}" = "HĐND xã"
[politeness]
delay_seconds = 0
autothrottle = false
retry_seconds = 0.05
"""


def posts_of(home):
    return [r for r in records(home.warc) if r.type == "request" and r.block.startswith(b"POST ")]


def test_a_page_is_posted_back_over_the_wire_and_kept_under_its_own_address(tmp_path):
    with small_portals.AspNet() as portal:
        text = TOML.format(host=HOST, platform="aspnet", listing=portal.listing)
        home = home_in(tmp_path, text)
        done = crawl_in_process(home, portal, site="lam-thao")
    assert done.error == "", done.message
    assert (done.summary["articles"], done.summary["problems"]) == (len(PIECES), 0)
    statuses = [request.status for request in portal.requests if request.method == "POST"]
    assert statuses == [200]
    (post,) = posts_of(home)
    assert "__wb_method" not in post.url
    assert b"__VIEWSTATE=state-of-page-1" in post.payload
    with done.reader() as reader:
        found = [record for _, _, record in reader.changes(0) if record]
    assert sorted(one.article.published_at.replace(tzinfo=None) for one in found) == sorted(
        piece.at for piece in PIECES
    )


def test_further_pages_are_posted_with_the_ids_of_the_first(tmp_path):
    portal = small_portals.VnPortal()
    home = home_in(tmp_path, TOML.format(host=HOST, platform="vnportal", listing=portal.listing))
    done = crawl_offline(home, portal, site="lam-thao")
    assert (done.articles, done.problems, done.finished) == (len(PIECES), 0, True)


def test_a_listing_whose_items_a_script_has_as_json_is_walked_by_what_was_guessed(tmp_path):
    portal = strange_portals.Loaded()
    made = propose(looked_at(portal)[0], SiteNames("lam-thao", "Xã Lâm Thao", HOST))
    home = home_in(tmp_path, made.text(english))
    done = crawl_offline(home, portal, site="lam-thao")
    assert (done.articles, done.problems) == (len(PIECES), 0)
    again = read_again(home, home.sites / "site-0.toml")
    assert (again.captures, again.otherwise) == (len(PIECES) + 4, ())
