"""Which addresses are those of a public host, so that no page leads the crawler into a network.

A page, a redirect or a name server may name any address (CWE-918). What carries another address
within itself, or is handled by a gateway near by, is no public host either.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_NOT_PUBLIC_4 = (
    IPv4Network("192.0.0.0/24"),  # of protocols, such as gateways near by (RFC 6890, 7723, 8155)
    IPv4Network("192.88.99.0/24"),  # relays of 6to4 (RFC 7526)
)
_UNICAST_6 = IPv6Network("2000::/3")
"""All that is given to hosts as yet (IANA, IPv6 Address Space). What translates an IPv4 address
(RFC 2765, 4291, 6052, 8215) and what is of one site (RFC 3879) lies outside."""
_NOT_PUBLIC_6 = (
    IPv6Network("2001::/23"),  # of protocols: Teredo (RFC 4380), gateways near by, ORCHID
    IPv6Network("2002::/16"),  # 6to4 (RFC 3056)
    IPv6Network("3fff::/20"),  # documentation (RFC 9637), which Python learnt of late
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
        if address not in _UNICAST_6 or any(address in network for network in _NOT_PUBLIC_6):
            return False
    else:
        return _is_public_4(address)
    return address.is_global and not address.is_multicast


def _is_public_4(address: IPv4Address) -> bool:
    inside = any(address in network for network in _NOT_PUBLIC_4)
    return address.is_global and not address.is_multicast and not inside
