"""The wire as it was: a download handler that also keeps the bytes of request and response head.

Scrapy's responses have lost the reason phrase, the order and case of header lines and the transfer
coding. This handler adds them to `request.meta["wire"]`. It reaches into private parts of
Scrapy 2.19 and Twisted; tests/crawler/test_wire.py is the canary.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers import http11
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.web._newclient import STATUS

from archive.model import Encryption
from crawler.transport import old_tls
from crawler.transport.encryption import encryption_of
from crawler.transport.lenient_http import MAX_HEAD, LenientParser
from crawler.transport.public_addresses import is_public

META_KEY = "wire"


class HeadTooLong(OSError):
    """A server that goes on sending header lines."""


class PrivateAddress(OSError):
    """A host name leads into a private network; only a host named by hand may do that."""


@dataclass(slots=True)
class Wire:
    """What was seen of one exchange. The head ends with its blank line."""

    request: bytes = b""
    head: list[bytes] = field(default_factory=list)
    encryption: Encryption | None = None

    @property
    def response_head(self) -> bytes:
        """Status line and header lines, byte for byte."""
        return b"".join(self.head)


class _Tee:
    """A transport that remembers what is written to it."""

    def __init__(self, transport: Any, wire: Wire) -> None:
        self._transport = transport
        self._wire = wire

    def write(self, data: bytes) -> None:
        self._wire.request += data
        self._transport.write(data)

    def writeSequence(self, parts: Any) -> None:  # noqa: N802 (Twisted's name)
        self.write(b"".join(parts))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class _Parser(LenientParser):
    wire: Wire
    size: int

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 (Twisted's name)
        if self.state == STATUS:
            # An interim answer, or the empty lines before the first.
            self.wire.head.clear()
        self.size += len(line) + 1
        if self.size > MAX_HEAD:
            self.lineLengthExceeded(line)
        self.wire.head.append(line + self.delimiter)
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802 (Twisted's name)
        raise HeadTooLong(f"the response head is longer than {MAX_HEAD >> 10} KiB")


class NotAllowed(OSError):
    """When the connection stood, the site might not be asked any more."""


class _Protocol(http11._LenientHTTP11ClientProtocol):
    def __init__(self, quiescent: Any, may_ask: Callable[[], bool]) -> None:
        super().__init__(quiescent)  # type: ignore[no-untyped-call]
        self._may_ask = may_ask

    def request(self, request: Any) -> Any:
        wire = Wire()
        write_to = request.writeTo

        def write(transport: Any) -> Any:
            # Connecting takes its time, in which a process may have been stopped.
            if not self._may_ask():
                raise NotAllowed
            return write_to(_Tee(transport, wire))

        request.writeTo = write
        # Asked of it when the head has come: before, the handshake may not have ended.
        transport, host = self.transport, _host_of(request)
        answer = super().request(request)
        parser: Any = self._parser
        parser.__class__ = _Parser
        parser.wire = wire
        parser.size = 0

        def attach(response: Any) -> Any:
            wire.encryption = encryption_of(transport, host)
            response.wire = wire
            return response

        return answer.addCallback(attach)


def _host_of(request: Any) -> str:
    (netloc,) = request.headers.getRawHeaders(b"host", [b""])
    return urlsplit(f"//{netloc.decode('ascii')}").hostname or ""


class _Factory(http11._LenientHTTP11ClientFactory):
    """Refuses a connection before a byte is sent if it leads to an address that is not public."""

    private_allowed = False

    def __init__(self, *given: Any, may_ask: Callable[[], bool]) -> None:
        super().__init__(*given)  # type: ignore[no-untyped-call]
        self._may_ask = may_ask

    def buildProtocol(self, addr: Any) -> _Protocol:  # noqa: N802 (Twisted's name)
        if not self.private_allowed and not is_public(addr.host):
            raise PrivateAddress(f"{addr.host} is not a public address")
        return _Protocol(self._quiescentCallback, self._may_ask)


class _FactoryByHand(_Factory):
    private_allowed = True


class _Agent(http11._ScrapyAgent):
    def _cb_bodyready(self, txresponse: Any, request: Request) -> Any:
        request.meta[META_KEY] = txresponse.wire
        return super()._cb_bodyready(txresponse, request)


class WireHandler(http11.HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler, with `request.meta["wire"]` set for every response."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        session = crawler.spider.session
        factory_of = _FactoryByHand if session.may_be_private else _Factory
        factory: Any = partial(factory_of, may_ask=session.may_ask)
        self._pool._factory = factory
        if crawler.spider.session.site.tls_min_version in old_tls.VERSIONS:
            contexts: Any = old_tls.OldTlsContextFactory.from_crawler(crawler)
            self._contextFactory = contexts
        # Would send a request again at once, unseen, when a connection kept open turns out closed.
        self._pool.retryAutomatically = False

    async def download_request(self, request: Request) -> Response:
        """Fetch, as the parent does."""
        agent = _Agent(
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=False,
            crawler=self._crawler,
        )
        with wrap_twisted_exceptions():
            return await maybe_deferred_to_future(agent.download_request(request))
