"""TLS 1.0 and 1.1, for servers as old as that whose description says so.

OpenSSL's second level of security forbids what they offer; a private part of Scrapy, as `wire` is.
"""

from __future__ import annotations

from OpenSSL import SSL
from scrapy.core.downloader.contextfactory import (
    _ScrapyCertificateOptions,
    _ScrapyClientContextFactory,
)
from twisted.internet.ssl import CertificateOptions

VERSIONS = ("1.0", "1.1")


class _Options(_ScrapyCertificateOptions):
    def _makeContext(self, skipCiphers: bool = False) -> SSL.Context:  # noqa: N802, N803 (Twisted's)
        context = super()._makeContext(skipCiphers)
        context.set_cipher_list(b"DEFAULT:@SECLEVEL=0")
        return context


class OldTlsContextFactory(_ScrapyClientContextFactory):
    """Scrapy's context factory without a level of security."""

    def _get_cert_options(self) -> CertificateOptions:
        return _Options(**self._get_cert_options_kwargs())
