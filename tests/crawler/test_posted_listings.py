"""Pages of a listing that are had by a POST alone: asked for, kept, and read like any other."""

import pytest

from crawler.drafts.proposals import SiteNames, propose
from hdnd.usecases.trying_descriptions import read_again
from support import small_portals, strange_portals
from support.crawling import crawl_in_process, home_in
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


@pytest.mark.parametrize(
    ("platform", "kind"),
    [("vnportal", small_portals.VnPortal), ("aspnet", small_portals.AspNet)],
)
def test_a_listing_is_walked_by_posting_its_form(tmp_path, platform, kind):
    with kind() as portal:
        text = TOML.format(host=HOST, platform=platform, listing=portal.listing)
        home = home_in(tmp_path, text)
        done = crawl_in_process(home, portal, site="lam-thao")
    assert done.error == "", done.message
    assert (done.summary["articles"], done.summary["problems"]) == (len(PIECES), 0)
    posts = [request for request in portal.requests if request.method == "POST"]
    assert [request.status for request in posts] == [200] * len(posts) != []
    kept = [r for r in records(home.warc) if r.type == "request" and r.block.startswith(b"POST ")]
    assert len(kept) == len(posts)
    assert all("__wb_method" not in record.url for record in kept)
    with done.reader() as reader:
        found = [record for _, _, record in reader.changes(0) if record]
    assert sorted(one.article.published_at.replace(tzinfo=None) for one in found) == sorted(
        piece.at for piece in PIECES
    )


def test_a_listing_whose_items_a_script_has_as_json_is_walked_by_what_was_guessed(tmp_path):
    with strange_portals.Loaded() as portal:
        made = propose(looked_at(portal)[0], SiteNames("lam-thao", "Xã Lâm Thao", HOST))
        quick = "[politeness]\ndelay_seconds = 0\nautothrottle = false\n\n[[eras]]"
        home = home_in(tmp_path, made.text.replace("[[eras]]", quick, 1))
        done = crawl_in_process(home, portal, site="lam-thao")
    assert (done.error, done.summary["articles"]) == ("", len(PIECES))
    assert done.summary["problems"] == 0
    again = read_again(home, home.sites / "site-0.toml")
    assert (again.captures, again.otherwise) == (len(PIECES) + 4, ())
