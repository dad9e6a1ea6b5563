"""A crawl connects to public hosts alone, whatever names and redirects say."""

from __future__ import annotations

import pytest

from crawler.transport.public_addresses import is_public

PUBLIC = ["8.8.8.8", "103.9.196.1", "2001:4860:4860::8888", "2400:cb00::1", "::ffff:8.8.8.8"]
NOT_PUBLIC = {
    "loopback": ["127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1"],
    "private": ["10.0.0.1", "172.16.0.1", "192.168.1.1", "fc00::1", "fd12::1", "::ffff:10.0.0.1"],
    "link-local": ["169.254.169.254", "fe80::1", "fe80::1%eth0", "::ffff:169.254.169.254"],
    "carrier": ["100.64.0.1", "100.127.255.255"],
    "NAT64": ["64:ff9b::10.0.0.1", "64:ff9b::808:808", "64:ff9b:1::1", "64:ff9b:1:2::a00:1"],
    "6to4": ["2002:a00:1::1", "2002:808:808::1", "192.88.99.1"],
    "Teredo": ["2001:0:4136:e378:8000:63bf:3fff:fdd2"],
    "site-local": ["fec0::1", "feff::1"],
    "IPv4 in IPv6": ["::10.0.0.1", "::8.8.8.8", "::ffff:0:10.0.0.1"],
    "multicast": ["224.0.0.1", "239.1.1.1", "ff02::1", "ff0e::1", "::ffff:224.0.0.1"],
    "nobody": ["0.0.0.0", "255.255.255.255", "::", "240.0.0.1", "192.0.2.1", "2001:db8::1"],
    "discarded": ["100::1", "198.18.0.1"],
    "protocols": ["192.0.0.9", "192.0.0.10", "192.0.0.170", "2001:1::1", "2001:20::1"],
    "not given out": ["1::1", "4000::1", "8000::1", "fe00::1", "100:0:0:1::1", "3fff::1"],
    "no address": ["", "localhost", "1.2.3", "0x7f000001", "2130706433"],
}


@pytest.mark.parametrize("host", PUBLIC)
def test_a_public_host_is_one(host: str) -> None:
    assert is_public(host)


@pytest.mark.parametrize("host", [host for hosts in NOT_PUBLIC.values() for host in hosts])
def test_what_leads_elsewhere_is_none(host: str) -> None:
    assert not is_public(host)
