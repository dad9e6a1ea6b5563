"""The portal itself: what it answers, and its life as a server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from http.cookies import CookieError, SimpleCookie
from threading import Lock, Thread
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, quote, unquote, unquote_plus, urlsplit
from zlib import crc32

from archive.ground.errors import HdndError
from archive.ground.message import Message
from crawler.extraction.body_blocks import MEDIA_TYPES
from crawler.sample_portal import files
from crawler.sample_portal.addresses import Route, RouteKind, clean, requested_page, route
from crawler.sample_portal.articles import SampleArticle
from crawler.sample_portal.chrome import PageRequest
from crawler.sample_portal.layout import THANH_GIANG, Language, Layout
from crawler.sample_portal.pages import PortalPages
from crawler.sample_portal.papers import paper
from crawler.sample_portal.server import HTML, PortalServer, Request, ServerResponse
from crawler.sample_portal.shelf import Shelf
from crawler.sample_portal.theme import theme_file

_MEDIA_TYPES = {
    "css": "text/css",
    "js": "text/javascript",
    "jsp": "text/javascript",
    **MEDIA_TYPES,
}


class SamplePortal:
    """A portal that shows articles at `host`, from construction until it is closed.

    Use it in a `with` statement to serve in the background, or call `serve_forever`. `articles`
    may be changed at any time, and so may `robots`: the text of robots.txt, None if there is none.
    `requests` is the access log. Raises HdndError if the port is taken.
    """

    def __init__(
        self,
        articles: Iterable[SampleArticle],
        *,
        layout: Layout = THANH_GIANG,
        port: int = 0,
        robots: str | None = None,
        chunked: bool = False,
        gzip: bool = True,
    ) -> None:
        self.layout = layout
        self.articles = Shelf(layout, articles)
        self.requests: list[Request] = []
        self.robots = robots
        self.chunked = chunked
        self.gzip = gzip
        self._lock = Lock()
        self._tick = 0
        self._fetches: Counter[int] = Counter()
        self._asked: Counter[str] = Counter()
        self._pages = PortalPages(self.articles, self._views)
        try:
            self._server = PortalServer(port, self)
        except OSError as error:
            raise HdndError(
                "crawler.cannot-serve",
                port=port,
                why=error.strerror or str(error),
                hint=Message("crawler.try-another-port"),
            ) from error
        self.host = f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.close()

    def serve_forever(self) -> None:
        """Serve in this thread until it is interrupted."""
        try:
            self._server.serve_forever()
        finally:
            self._server.close()

    def answer(self, target: str, headers: Mapping[str, str]) -> ServerResponse:
        """What the portal says to a GET of `target`, the path and query as they were sent.

        The names of the headers are capitalised: `Host`, `Accept-Encoding`.
        """
        parts = urlsplit(target)
        path = clean(parts.path)
        if path == "/robots.txt" and self.robots is not None:
            return _file(self.robots.encode(), "text/plain;charset=UTF-8")
        return self._file(path, parts.query) or self._page(parts.path, parts.query, headers)

    def _page(self, path: str, query: str, headers: Mapping[str, str]) -> ServerResponse:
        place = route(self.layout, path, query)
        with self._lock:
            self._tick += 1
            tick = self._tick
            nth = self._asked[f"{clean(path)}?{query}"]
            self._asked[f"{clean(path)}?{query}"] += 1
        visit = PageRequest(
            layout=self.layout,
            language=self._language(place, headers, crc32(f"{clean(path)}?{query}".encode()) + nth),
            base=f"http://{headers.get('Host') or self.host}",
            path=clean(path),
            query=query,
            tick=tick,
        )
        html = self._render(visit, place) if place else None
        status = 404 if html is None else 200
        body = self._pages.missing(visit) if html is None else html
        cookies = (
            ("Set-Cookie", f"JSESSIONID={visit.session}; Path=/; HttpOnly"),
            ("Set-Cookie", "COOKIE_SUPPORT=true; Path=/"),
            ("Set-Cookie", f"GUEST_LANGUAGE_ID={visit.language.code}; Path=/"),
        )
        return ServerResponse(status, body.encode(), (("Content-Type", HTML), *cookies))

    def _render(self, visit: PageRequest, place: Route) -> str | None:
        cur = requested_page(visit.query)
        match place.kind:
            case RouteKind.FRONT:
                return self._pages.front(visit)
            case RouteKind.LISTING:
                return self._pages.listing(visit, place.category, cur)
            case RouteKind.TRAP:
                return self._pages.listing(visit, place.category, cur, place.tail)
        article = self._asset(place)
        if article is None:
            return None
        portlet = "101" if place.has_id else f"101_INSTANCE_{self.layout.instance}"
        if place.kind is RouteKind.PRINT:
            return self._pages.printed(visit, place.category, article, portlet)
        html = self._pages.article(visit, place.category, article, portlet)
        with self._lock:
            self._fetches[article.asset_id] += 1
        return html

    def _asset(self, place: Route) -> SampleArticle | None:
        if not place.has_id:
            return self.articles.with_slug(place.article)
        number = place.article.removesuffix(".html").split("-")[0]
        return self.articles.get(int(number)) if number.isdecimal() else None

    def _views(self, article: SampleArticle) -> int:
        step = 1 + article.asset_id % 4
        return (article.views or 0) + self._fetches[article.asset_id] * step

    def _language(self, place: Route | None, headers: Mapping[str, str], turn: int) -> Language:
        languages = self.layout.languages
        cookies = _cookies(headers.get("Cookie", ""))
        wanted = (place.language if place else "") or cookies.get("GUEST_LANGUAGE_ID", "")
        for language in languages:
            if wanted and language.code.startswith(wanted):
                return language
        if "JSESSIONID" in cookies:
            turn = crc32(cookies["JSESSIONID"].encode())
        return languages[turn % len(languages)]

    def _file(self, path: str, query: str) -> ServerResponse | None:
        segments = path.strip("/").split("/")
        match segments:
            case ["image", "journal", "article"]:
                return self._image(parse_qs(query).get("img_id", [""])[0])
            case ["UploadFile", "Tinbai", folder, name]:
                return self._attachment(folder, unquote(name))
            case ["documents", group, "0", banner] if group == str(self.layout.group_id):
                return _file(files.png(crc32(banner.encode()), 228, 49), "image/png")
            case ["documents", group, folder, name, _] if group == str(self.layout.group_id):
                return self._attachment(folder, unquote_plus(name))
            case [theme, *rest] if theme == f"{self.layout.skin}-theme" and (
                found := theme_file(tuple(rest))
            ):
                return _file(found[0], found[1], ("ETag", f'"{crc32(found[0]):08x}"'))
            case [top, *_, name] if top == "html" or top == f"{self.layout.skin}-theme":
                media_type = _MEDIA_TYPES.get(name.rpartition(".")[2])
                return _file(b"/* nothing */\n", media_type) if media_type else None
        return None

    def _image(self, img_id: str) -> ServerResponse | None:
        if not img_id.isdecimal():
            return None
        asset_id, index = divmod(int(img_id), 100)
        article = self.articles.get(asset_id)
        if article is None or index >= len(article.images):
            return None
        return _file(files.png(int(img_id)), "image/png")

    def _attachment(self, folder: str, name: str) -> ServerResponse | None:
        article = self.articles.get(int(folder)) if folder.isdecimal() else None
        for one in article.attachments if article else ():
            if one.name == name:
                lines = (self.layout.name, one.text, one.name)
                kind = name.rpartition(".")[2]
                made = files.pdf(one.text, lines) if kind == "pdf" else files.docx(lines)
                body = paper(name) or made
                told = f"inline; filename*=UTF-8''{quote(name)}"
                return _file(body, _MEDIA_TYPES[kind], ("Content-Disposition", told))
        return None


def _file(body: bytes, media_type: str, *more: tuple[str, str]) -> ServerResponse:
    return ServerResponse(200, body, (("Content-Type", media_type), *more))


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}
