"""An archive that watches the sample portal over made-up days: no network, a clock that is set."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from archive.ground.home import Home
from archive.model import Exchange, Link, Outcome, Page, Role
from archive.reading import ArchiveReader
from archive.run import RunWriter
from archive.store import Archive
from crawler import Extractor
from crawler.sample_portal import SampleArticle, SamplePortal
from support.crawling import thanh_giang

DAY = timedelta(days=1)
START = datetime(2024, 3, 1, 2, 0, tzinfo=UTC)
HOST = "https://thanhgiang.example"


class Chronicle:
    """The portal and the archive; `now` is what the archive's clock shows.

    By a part of their URL pages can be made to answer a status, to redirect to a path or to fail
    with a message (`broken`), to answer other bytes (`swapped`). `rewrite` changes the
    HTML of every page; a page that has the text `cut` is cut short before it.
    """

    def __init__(self, folder: Path, articles: Iterable[SampleArticle]) -> None:
        self.home = Home(folder)
        self.site = thanh_giang()
        self.portal = SamplePortal(articles)
        self.now = START
        self.broken: dict[str, int | str] = {}
        self.swapped: dict[str, bytes] = {}
        self.cut = ""
        self.rewrite: Callable[[str], str] = lambda html: html
        self.language = "vi_VN"
        self._ids: dict[str, str] = {}

    def __enter__(self) -> Chronicle:
        return self

    def __exit__(self, *_: object) -> None:
        self.portal._server.server_close()

    def id_of(self, article: SampleArticle) -> str:
        return f"{self.site.id}-{article.asset_id}"

    def publish(self, article: SampleArticle) -> None:
        """Put an article on the portal, in place of what it was."""
        self.portal.articles[article.asset_id] = article

    def archive(self) -> Archive:
        return Archive(self.home, Extractor(), clock=self._tick)

    def reader(self) -> ArchiveReader:
        return ArchiveReader.open(self.home)

    def visit(self, *, after: timedelta = DAY, at: datetime | None = None) -> None:
        """Crawl everything, `after` the visit before; articles seen once are asked for again."""
        self.now = at if at is not None else self.now + after
        with self.archive() as archive:
            run = archive.begin_run(self.site.describe())
            queue = [Link(f"{HOST}{path}", Role.LISTING, path) for path in self.site.categories]
            queue += [Link(url, Role.ARTICLE, url) for url in self._ids]
            seen: set[str] = set()
            while queue:
                link = queue.pop(0)
                key = link.asset_id or self._ids.get(link.url) or link.identity_url
                if key in seen:
                    continue
                seen.add(key)
                page = self._fetch(archive, run, link)
                if page is not None:
                    queue += page.links
                if page is not None and page.article and page.article.asset_id:
                    self._ids[link.url] = page.article.asset_id
            run.end("finished", {})

    def keep(self, url: str, body: bytes, media_type: str = "text/html; charset=utf-8") -> None:
        """Keep an answer of any address as it is given here."""
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        path = url.partition("://")[2].partition("/")[2]
        exchange = Exchange(
            url=url,
            role=Role.OTHER,
            started_at=self._tick(),
            request=f"GET /{path} HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\n\r\n".encode(),
            response_head=head.encode("latin-1"),
            body=body,
        )
        with self.archive() as archive:
            run = archive.begin_run(self.site.describe())
            archive.derive_one(run.keep(exchange))
            run.end("finished", {})

    def _fetch(self, archive: Archive, run: RunWriter, link: Link) -> Page | None:
        path = link.url.removeprefix(HOST)
        fault = next((f for part, f in self.broken.items() if part in path), None)
        if isinstance(fault, str) and not fault.startswith("/"):
            run.note(link.url, link.role, Outcome.FAILED, fault, None)
            return None
        capture = run.keep(self._exchange(link, path, fault))
        return archive.derive_one(capture)

    def _exchange(self, link: Link, path: str, fault: int | str | None) -> Exchange:
        headers = {"Host": urlsplit(HOST).netloc, "Cookie": f"GUEST_LANGUAGE_ID={self.language}"}
        answer = self.portal.answer(path, headers)
        status, body, lines = answer.status, answer.body, list(answer.headers)
        if isinstance(fault, int):
            status, body = fault, b"<p>Kh\xc3\xb4ng c\xc3\xb3.</p>"
        elif fault:
            status, body, lines = 302, b"", [("Location", HOST + fault)]
        is_cut = False
        body = next((new for part, new in self.swapped.items() if part in path), body)
        if lines and lines[0][1].startswith("text/html"):
            html, cut, _ = self.rewrite(body.decode()).partition(self.cut or "\0")
            is_cut = bool(cut)
            body = gzip.compress(html.encode(), mtime=0)
            lines.append(("Content-Encoding", "gzip"))
        lines.append(("Content-Length", str(len(body))))
        head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in lines) + "\r\n"
        return Exchange(
            url=link.url,
            role=link.role,
            started_at=self._tick(),
            request=f"GET {path} HTTP/1.1\r\nHost: {urlsplit(HOST).netloc}\r\n\r\n".encode(),
            response_head=head.encode("latin-1"),
            body=body,
            truncated="disconnect" if is_cut else None,
        )

    def _tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now
