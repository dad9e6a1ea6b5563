"""How much of a response is taken: what is longer or slower is cut, kept, and marked as cut."""

from __future__ import annotations

from time import monotonic
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload

TRUNCATED = "truncated"
"""The key under which a request's `meta` says why its response was cut (`length` or `time`)."""

LONGEST = "longest"
"""The key under which a request's `meta` has its own limit in bytes; None or none: the usual."""

_RECEIVED = "received_bytes"
_BEGAN = "body_began"


class ResponseLimits:
    """Ends a download at `HDND_MAX_BODY` bytes, or `HDND_MAX_SECONDS` after its body began."""

    def __init__(self, crawler: Crawler) -> None:
        self._bytes = crawler.settings.getint("HDND_MAX_BODY")
        self._seconds = crawler.settings.getfloat("HDND_MAX_SECONDS")
        crawler.signals.connect(self._received, signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        return cls(crawler)

    def _received(self, data: bytes, request: Request) -> None:
        now = monotonic()
        meta = request.meta
        meta[_RECEIVED] = meta.get(_RECEIVED, 0) + len(data)
        if meta[_RECEIVED] > (meta.get(LONGEST) or self._bytes):
            meta[TRUNCATED] = "length"
        elif now - meta.setdefault(_BEGAN, now) > self._seconds:
            meta[TRUNCATED] = "time"
        if TRUNCATED in meta:
            raise StopDownload(fail=False)
