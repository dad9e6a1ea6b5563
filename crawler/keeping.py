"""The middleware next to the wire: a response is in the archive before anyone else sees it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.web.client import ResponseFailed

from archive.records import Exchange
from crawler.limits import TRUNCATED
from crawler.scheduler import ENTRY
from crawler.wire import META_KEY, Wire

if TYPE_CHECKING:
    from crawler.spiders.portal import PortalSpider

KEPT = "kept"
"""The key under which a request's `meta` carries its capture and page."""

_STARTED = "started_at"


class KeepingMiddleware:
    """Turns what was on the wire into a capture; an archive that fails ends the crawl."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Note when the exchange begins."""
        request.meta[_STARTED] = datetime.now(UTC)

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep the exchange."""
        spider = self._spider()
        wire: Wire = request.meta.pop(META_KEY)
        entry = request.meta[ENTRY]
        exchange = Exchange(
            url=request.url,
            role=entry.role,
            started_at=request.meta[_STARTED],
            request=wire.request,
            response_head=wire.response_head,
            body=response.body,
            via=entry.via,
            ip_address=str(response.ip_address) if response.ip_address else None,
            protocol=response.protocol,
            certificate_digest=wire.certificate_digest,
            truncated=_why_cut(request, response),
        )
        try:
            request.meta[KEPT] = spider.session.keep(entry, exchange)
        except Exception as error:
            spider.stop(error)
            raise IgnoreRequest(str(error)) from error
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Record that no response came."""
        spider = self._spider()
        detail = _describe(exception)
        try:
            spider.session.fail(request.meta[ENTRY], detail)
        except Exception as error:
            spider.stop(error)
        raise IgnoreRequest(detail) from exception

    def _spider(self) -> PortalSpider:
        spider: PortalSpider = self._crawler.spider  # type: ignore[assignment]
        return spider


def _why_cut(request: Request, response: Response) -> str | None:
    if "dataloss" in response.flags:
        return "disconnect"
    return request.meta.get(TRUNCATED)


def _describe(exception: BaseException) -> str:
    """What happened, without the wrappings of Twisted and Scrapy."""
    cause = exception.__cause__
    if isinstance(cause, ResponseFailed) and cause.reasons:
        return _describe(cause.reasons[0].value)
    return f"{type(exception).__name__}: {exception}".rstrip(": ")
