"""A portal behind TLS: certificates made on the spot, and a server that ends every connection."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from crawler.sample_portal import SampleArticle
from support.hostile_portal import HostilePortal

REACHED = """
from crawler.sites.description import Site
from crawler.transport import wire
wire._Factory.private_allowed = True
host = {host!r}
Site.base_url = property(lambda site: f"https://{{host}}")
Site.hosts = property(lambda site: (host,))
"""
"""What a crawl runs first to find the site's host on loopback, without a stand-in."""


@dataclass(frozen=True)
class Issued:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    def file_with_key(self, folder: Path, *others: Issued) -> Path:
        """The certificate, those after it in its chain and its key, as a server wants them."""
        path = folder / "server.pem"
        path.write_bytes(b"".join([self.pem, *(one.pem for one in others), self.key_pem]))
        return path


def issue(
    name: str, by: Issued | None = None, *, authority: bool = False, days: float = 9
) -> Issued:
    """A certificate for a name, by an authority or by itself, good for so many days from now on."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=3))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(by.key if by else key, hashes.SHA256())
    )
    return Issued(certificate, key)


class SecurePortal(HostilePortal):
    """The portal behind TLS, one connection a request."""

    def __init__(
        self, articles: Sequence[SampleArticle], files: Path, newest: ssl.TLSVersion | None = None
    ) -> None:
        super().__init__(articles)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if newest is not None:
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = newest
        context.load_cert_chain(files)
        self._listening = context.wrap_socket(
            self._listening, server_side=True, do_handshake_on_connect=False
        )
        self.host = f"localhost:{self._listening.getsockname()[1]}"
