"""Which addresses are those of a public host, so that no page leads the crawler into a network.

A page, a redirect or a name server may name any address (CWE-918). What carries another address
within itself, or is handled by a gateway near by, is no public host either.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_NOT_PUBLIC_4 = (
    IPv4Network("192.88.99.0/24"),  # relays of 6to4 (RFC 7526)
)
_NOT_PUBLIC_6 = (
    IPv6Network("::/96"),  # IPv4-compatible (RFC 4291 § 2.5.5.1)
    IPv6Network("::ffff:0:0:0/96"),  # IPv4-translated (RFC 2765)
    IPv6Network("64:ff9b::/96"),  # NAT64 (RFC 6052)
    IPv6Network("64:ff9b:1::/48"),  # NAT64 of a network's own (RFC 8215)
    IPv6Network("100::/64"),  # discarded (RFC 6666)
    IPv6Network("2001::/32"),  # Teredo (RFC 4380)
    IPv6Network("2002::/16"),  # 6to4 (RFC 3056)
    IPv6Network("fec0::/10"),  # site-local (RFC 3879)
    IPv6Network("5f00::/16"),  # segment routing (RFC 9602)
)


def is_public(host: str) -> bool:
    """Whether an IP address, as a connection names it, is that of a public host."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return False
        if address.ipv4_mapped is not None:
            return _is_public_4(address.ipv4_mapped)
        if any(address in network for network in _NOT_PUBLIC_6):
            return False
    else:
        return _is_public_4(address)
    return address.is_global and not address.is_multicast


def _is_public_4(address: IPv4Address) -> bool:
    inside = any(address in network for network in _NOT_PUBLIC_4)
    return address.is_global and not address.is_multicast and not inside
