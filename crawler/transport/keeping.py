"""The middleware next to the wire: a response is in the archive before anything else is asked."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.web.client import ResponseFailed

from archive.model import Exchange
from archive.warc.http_response import media_type_of, split_http
from crawler.extraction.completeness import Completeness
from crawler.transport.response_limits import TRUNCATED
from crawler.transport.scheduler import ENTRY
from crawler.transport.wire import META_KEY, Wire

if TYPE_CHECKING:
    from crawler.transport.session_spider import SessionSpider

_STARTED = "started_at"
_OLD_TLS = re.compile(
    r"unsupported protocol|protocol version|key too small|legacy|no shared cipher|handshake failure"
    r"|wrong signature type|md too weak"
)
_SLICE = 0.2
"""Seconds of waiting from one look at whether the crawl goes on to the next."""


@dataclass(slots=True)
class _Arrival:
    """A response that waits to be kept. `settled` ends when what it was asked for is settled."""

    entry: Any
    exchange: Exchange
    latency: float
    settled: asyncio.Future[None]


class NotSent(IgnoreRequest):
    """The crawl ended before this request was made; it stays in the frontier."""


class KeepingMiddleware:
    """Turns what was on the wire into a capture; an archive that fails ends the crawl."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._timeout = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        self._wholeness = Completeness()
        self._arrived: list[_Arrival] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for the request's turn, and note when the exchange begins.

        Raises `NotSent` if the crawl ends while it waits.
        """
        spider = self._spider()
        pace = spider.session.pace
        wait = pace.reserve()
        while wait > 0 or pace.is_paused():
            await asyncio.sleep(min(wait, _SLICE) if wait > 0 else _SLICE)
            wait -= _SLICE
            if not self._crawler.crawling or spider.failure is not None:
                raise NotSent
        if not spider.session.may_ask():
            raise NotSent
        request.meta["download_timeout"] = spider.session.most_seconds(self._timeout)
        request.meta[_STARTED] = spider.session.clock()

    async def process_response(self, request: Request, response: Response) -> Response:
        """Keep the exchange, together with those that arrive at the same moment.

        Raises `IgnoreRequest` if it could not be kept.
        """
        loop = asyncio.get_running_loop()
        try:
            exchange = self._exchange(request, response)
        except Exception as error:
            # What is neither kept nor settled would be waited for until the end of days.
            self._spider().stop(error)
            raise IgnoreRequest(str(error)) from error
        latency = request.meta["download_latency"]
        arrival = _Arrival(request.meta[ENTRY], exchange, latency, loop.create_future())
        self._arrived.append(arrival)
        if len(self._arrived) == 1:
            loop.call_soon(self._keep_arrived)
        await arrival.settled
        return response

    def _exchange(self, request: Request, response: Response) -> Exchange:
        wire: Wire = request.meta.pop(META_KEY)
        entry = request.meta[ENTRY]
        is_form = request.method == "POST"
        return Exchange(
            url=entry.url if is_form else request.url,
            target=request.url if is_form else None,
            role=entry.role,
            started_at=request.meta[_STARTED],
            request=wire.request,
            response_head=wire.response_head,
            body=response.body,
            via=entry.via,
            ip_address=str(response.ip_address) if response.ip_address else None,
            protocol=response.protocol,
            encryption=wire.encryption,
            truncated=self._why_cut(request, response, wire),
        )

    def _keep_arrived(self) -> None:
        """Keep what has arrived, and settle what each was asked for."""
        arrived, self._arrived = self._arrived, []
        spider = self._spider()
        kept = spider.session.keep([(one.entry, one.exchange) for one in arrived])
        try:
            for one, (capture, page) in zip(arrived, kept, strict=True):
                # Before Scrapy asks for another request, which may have to wait for what this says.
                spider.session.settle(one.entry, capture, page, one.latency)
                one.settled.set_result(None)
        except Exception as error:
            spider.stop(error)
            for one in arrived:
                if not one.settled.done():
                    one.settled.set_exception(IgnoreRequest(str(error)))

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Record that no response came, unless the crawl has ended meanwhile.

        Raises `IgnoreRequest`: nobody else is to deal with it.
        """
        if isinstance(exception, NotSent):
            return
        spider, detail = self._spider(), _describe(exception)
        try:
            if spider.session.may_ask():
                spider.session.fail(request.meta[ENTRY], detail)
        except Exception as error:
            spider.stop(error)
        raise IgnoreRequest(detail) from exception

    def _why_cut(self, request: Request, response: Response, wire: Wire) -> str | None:
        if "dataloss" in response.flags:
            return "disconnect"
        if TRUNCATED in request.meta or response.status != 200:
            return request.meta.get(TRUNCATED)
        _, headers, _ = split_http(wire.response_head)
        coding = ", ".join(v for name, v in headers if name.lower() == "content-encoding")
        return self._wholeness.why_cut(media_type_of(headers) or "", coding, response.body)

    def _spider(self) -> SessionSpider:
        spider: SessionSpider = self._crawler.spider  # type: ignore[assignment]
        return spider


def _describe(exception: BaseException) -> str:
    """What happened, without the wrappings of Twisted and Scrapy."""
    cause = exception.__cause__
    if isinstance(cause, ResponseFailed) and cause.reasons:
        return _describe(cause.reasons[0].value)
    told = f"{type(exception).__name__}: {exception}".rstrip(": ")
    if _OLD_TLS.search(told):
        return (
            f"{told} (an old server: `tls_min_version` in the site's description lets it be asked)"
        )
    return told
