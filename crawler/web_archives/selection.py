"""Which web archives a recovery asks: the well-known ones, or one that is named."""

from __future__ import annotations

from urllib.parse import urlsplit

from archive.ground.errors import UsageError
from archive.ground.message import Message
from crawler.web_archives.common_crawl import CRAWLS, DATA, INDEX, CommonCrawl
from crawler.web_archives.wayback import Wayback
from crawler.web_archives.web_archive import WebArchive


def choose_archives(url: str | None) -> list[WebArchive]:
    """The archives to ask, in this order: the Wayback Machine and Common Crawl, or the one named.

    `url` is where an archive with the Wayback Machine's interface lies, so that its index is at
    `<url>/cdx/search/cdx` and its replay at `<url>/web/`; or the list of the crawls of one with
    Common Crawl's interface, which ends in `/collinfo.json` and has the files on the same host.

    Raises `UsageError` for a name or an address that is no web archive.
    """
    if url is None:
        return [Wayback(), CommonCrawl()]
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise UsageError(
            "crawler.no-web-archive", url=url, hint=Message("crawler.give-a-web-archive")
        )
    base = f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/")
    if base.endswith(f"/{CRAWLS}"):
        base = base.removesuffix(f"/{CRAWLS}")
        return [CommonCrawl(base, DATA if base == INDEX else base)]
    return [Wayback(base.removesuffix("/web"))]
