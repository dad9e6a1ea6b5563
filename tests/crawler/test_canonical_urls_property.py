"""One page, one address: whatever a link says, its address is settled once and for all."""

from urllib.parse import urlsplit

from hypothesis import example, given
from hypothesis import strategies as st

from crawler.sites.canonical_urls import LONGEST, absolute

PAGE = "https://thanhgiang.example/hoat-dong-hdnd"
SIGNS = ["/", "//", "..", ".", "?", "#", "%", "%2e", "%C6", ":", "@", "[", "]", " ", "\t", "\\"]
WORDS = ["https:", "http:", "mailto:", "thanhgiang.example", "a", "&x=1", ";jsessionid=1"]
PIECES = st.sampled_from([*SIGNS, *WORDS, "\u1ebf", "e\u0302\u0301"])


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join)))
@example("http://[x/")
@example("//[::1]:99999999/")
@example("http://ex\u00ad.vn/")
def test_an_address_is_http_ascii_and_stays_as_it_is(href):
    url = absolute(PAGE, href)
    if url is not None:
        parts = urlsplit(url)
        assert parts.scheme in ("http", "https")
        assert parts.hostname
        assert url.isascii()
        assert " " not in url
        assert len(url) <= LONGEST
        assert absolute(PAGE, url) == url
