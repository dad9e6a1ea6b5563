"""How a connection was encrypted, and whether a browser would have trusted the server.

Certificates are not a reason to refuse: many portals of this kind have incomplete chains. What was
presented is kept, and what a browser would say of it.
"""

from __future__ import annotations

import re
import ssl
from functools import lru_cache
from pathlib import Path
from typing import Any

from OpenSSL import SSL, crypto
from service_identity import VerificationError
from service_identity.exceptions import CertificateError
from service_identity.pyopenssl import verify_hostname, verify_ip_address

from archive.model import Encryption

_WITHOUT_EXCHANGE = "RSA"
_MODES = re.compile(r"(?:GCM|CCM8?|CBC3?)$")


def encryption_of(transport: Any, host: str) -> Encryption | None:
    """How a connection is encrypted, read off its transport; None for one in the clear."""
    connection = getattr(transport, "getHandle", lambda: None)()
    if not isinstance(connection, SSL.Connection):
        return None
    certificate = connection.get_peer_certificate()
    if certificate is None:
        return None
    sent = connection.get_peer_cert_chain() or [certificate]
    chain = tuple(crypto.dump_certificate(crypto.FILETYPE_ASN1, one) for one in sent)
    version = connection.get_protocol_version_name()
    return Encryption(
        version.lower().replace("tlsv", "tls/").replace("sslv", "ssl/")
        if version not in ("TLSv1", "SSLv3")
        else {"TLSv1": "tls/1.0", "SSLv3": "ssl/3"}[version],
        registered_name(connection.get_cipher_name() or ""),
        chain,
        _trouble_of(host, chain) or _name_trouble(connection, host),
    )


def registered_name(cipher: str) -> str:
    """The IANA name of a cipher suite that OpenSSL has a name of its own for."""
    if not cipher or cipher.startswith("TLS_"):
        return cipher
    parts = cipher.split("-")
    exchange = []
    while parts and parts[0] in ("ECDHE", "DHE", "ECDH", "RSA", "ECDSA", "DSS", "PSK", "ADH"):
        exchange.append(parts.pop(0))
    if parts[:2] == ["DES", "CBC3"]:
        parts[:2] = ["3DES", "EDE", "CBC"]
    elif parts[0] == "CHACHA20":
        parts.append("SHA256")
    else:
        found = re.fullmatch(r"([A-Z]+)(128|256)", parts[0])
        block = [found[1], found[2]] if found else [parts[0]]
        mode = [] if _MODES.search(parts[1]) or not found else ["CBC"]
        parts[:1] = [*block, *mode]
    return "_".join(["TLS", *(exchange or [_WITHOUT_EXCHANGE]), "WITH", *parts])


@lru_cache(maxsize=256)
def _trouble_of(host: str, chain: tuple[bytes, ...]) -> str | None:
    """Why the authorities that this machine trusts do not vouch for a chain."""
    own, *others = (crypto.load_certificate(crypto.FILETYPE_ASN1, der) for der in chain)
    try:
        crypto.X509StoreContext(_authorities(), own, others).verify_certificate()
    except crypto.X509StoreContextError as error:
        return str(error)
    return None


def _name_trouble(connection: SSL.Connection, host: str) -> str | None:
    verify = verify_ip_address if re.fullmatch(r"[0-9.]+|.*:.*", host) else verify_hostname
    try:
        verify(connection, host)
    except (CertificateError, VerificationError):
        return f"it is not for {host}"
    return None


@lru_cache(maxsize=1)
def _authorities() -> crypto.X509Store:
    store = crypto.X509Store()
    paths = ssl.get_default_verify_paths()
    file = paths.cafile if paths.cafile and Path(paths.cafile).is_file() else None
    folder = paths.capath if paths.capath and Path(paths.capath).is_dir() else None
    if file or folder:
        store.load_locations(file, folder)
    return store
