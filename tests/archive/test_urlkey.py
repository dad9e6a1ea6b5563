from __future__ import annotations

import pytest

from archive.export.surt import urlkey


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Example.org:443/", "org,example)/"),
        ("http://example.org", "org,example)/"),
        ("https://example.org:8080/B/../a?y=1&x", "org,example:8080)/a?x&y=1"),
        ("http://127.0.0.1:8000/tin/", "1,0,0,127:8000)/tin"),
        ("https://a.example/tin%20t%E1%BB%A9c#dau", "example,a)/tin%20t%e1%bb%a9c"),
        ("https://a.example/tin tức", "example,a)/tin%20t%e1%bb%a9c"),
        ("https://a.example/%2562/./c//d", "example,a)/b/c/d"),
        ("https://a.example/?b=2&a=%26&B=1", "example,a)/?&a=&b=1&b=2"),
        (f"https://a.example/?jsessionid={'A1' * 16}&x=1", "example,a)/?x=1"),
        ("https://a.example/?", "example,a)/"),
        ("urn:hdnd:run:1", "urn:hdnd:run:1"),
    ],
)
def test_a_url_has_the_key_that_replay_software_looks_for(url: str, key: str) -> None:
    assert urlkey(url) == key
