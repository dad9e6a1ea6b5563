"""Pages of a listing that are had by a POST alone: asked for, kept, and read like any other."""

import pytest

from support import small_portals
from support.crawling import crawl_in_process, home_in
from support.small_portals import PIECES
from support.walking import HOST
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
