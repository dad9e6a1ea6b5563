"""Small made-up portals, each in the manner of a platform: listings, paging, stamps, files, traps.

They are asked by `answer` as a server asks, without one; `served` puts one on loopback.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from crawler.sample_portal.server import Request, ServerResponse

HTML = "text/html; charset=utf-8"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 16
PDF = b"%PDF-1.4\n%%EOF\n"
DAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")


@dataclass(frozen=True)
class Piece:
    """A made-up article, and how it must be read."""

    number: int
    slug: str
    title: str
    at: datetime
    lead: str
    paragraphs: tuple[str, ...]
    caption: str = ""
    files: tuple[str, ...] = ()
    views: int = 10

    @property
    def day(self) -> str:
        return DAYS[self.at.weekday()]


def _piece(number: int, slug: str, title: str, at: str, lead: str, *rest: str, **more) -> Piece:
    return Piece(number, slug, title, datetime.fromisoformat(at), lead, rest, **more)


PIECES = (
    _piece(
        4107, "hdnd-xa-lam-thao-khai-mac-ky-hop-thu-bay",
        "HĐND xã Lâm Thao khai mạc kỳ họp thứ bảy", "2025-12-09T08:05:00",
        "Sáng 09/12/2025, HĐND xã Lâm Thao khai mạc kỳ họp thứ bảy với sự có mặt của 26 đại biểu.",
        "Kỳ họp xem xét báo cáo kinh tế, xã hội năm 2025 và dự toán ngân sách năm 2026.",
        "Ông Tạ Văn Khoát, Chủ tịch HĐND xã, phát biểu: “Mỗi nghị quyết phải làm được ngay”.",
        "Đại biểu thảo luận tại hai tổ trong buổi chiều cùng ngày, từ 14:00 đến 16:30.",
        caption="Quang cảnh phiên khai mạc. Ảnh: Văn phòng", files=("nghi-quyet-07.pdf",),
        views=231,
    ),
    _piece(
        4098, "thuong-truc-hdnd-giam-sat-nuoc-sach", "Thường trực HĐND giám sát cấp nước sạch",
        "2025-11-28T16:40:00",
        "Đoàn giám sát của Thường trực HĐND xã làm việc với trạm cấp nước thôn Đông.",
        "Trạm cấp nước phục vụ 1.240 hộ, trong đó 61 hộ cuối nguồn còn thiếu nước giờ cao điểm.",
        "Bà Kiều Thị Nhạn đề nghị hoàn thành tuyến ống mới trước ngày 30/3/2026.",
        caption="Đoàn giám sát tại trạm cấp nước", views=98,
    ),
    _piece(
        4075, "tiep-xuc-cu-tri-truoc-ky-hop", "Tiếp xúc cử tri trước kỳ họp cuối năm",
        "2025-11-20T09:15:00",
        "Tổ đại biểu số 2 tiếp xúc cử tri thôn Thượng và thôn Hạ tại nhà văn hóa.",
        "Cử tri kiến nghị sửa mặt đường liên thôn dài 800 m và lắp thêm 12 đèn chiếu sáng.",
        "Các ý kiến được gửi tới UBND xã để trả lời trong 15 ngày.", views=77,
    ),
    _piece(
        4061, "nghi-quyet-ve-phi-ve-sinh", "Nghị quyết về mức thu phí vệ sinh môi trường",
        "2025-10-31T14:22:00",
        "HĐND xã quyết định mức thu phí vệ sinh môi trường áp dụng từ ngày 01/01/2026.",
        "Mức thu với hộ gia đình là 6.000 đồng một người một tháng.",
        "Cơ sở kinh doanh nộp theo khối lượng thực tế.",
        files=("nghi-quyet-06.pdf", "phu-luc-muc-thu.docx"), views=310,
    ),
    _piece(
        4033, "ban-kinh-te-tham-tra-du-toan", "Ban Kinh tế – Ngân sách thẩm tra dự toán",
        "2025-10-17T10:00:00",
        "Ban Kinh tế – Ngân sách HĐND xã họp thẩm tra dự toán thu, chi năm 2026.",
        "Tổng thu dự kiến là 18,4 tỷ đồng, tăng 6,2% so với ước thực hiện năm 2025.",
        "Ban đề nghị giảm chi hội họp và dành thêm cho trường mầm non thôn Đoài.",
        caption="Cuộc họp thẩm tra của Ban Kinh tế – Ngân sách", views=54,
    ),
    _piece(
        4012, "hop-bao-cong-bo-lich-ky-hop", "Thông báo lịch kỳ họp thứ bảy",
        "2025-10-02T07:30:00",
        "Văn phòng HĐND và UBND xã thông báo thời gian, địa điểm kỳ họp thứ bảy.",
        "Kỳ họp diễn ra trong hai ngày 09 và 10/12/2025 tại hội trường xã.",
        "Cử tri theo dõi qua hệ thống truyền thanh.", views=41,
    ),
)  # fmt: skip

MENU = (("Giới thiệu", "/gioi-thieu"), ("Liên hệ", "/lien-he"), ("Văn bản", "/van-ban"))
FRONT = "Trang chủ"
NOT_HERE = "Bài viết bạn tìm không tồn tại hoặc đã bị gỡ"


@dataclass
class SmallPortal:
    """What all have: a front page, a menu, today's date in the head, a side column, files."""

    pieces: Sequence[Piece] = PIECES
    requests: list[Request] = field(default_factory=list)
    gzip: bool = False
    chunked: bool = False
    size: int = 3
    generator: str = ""
    listing: str = "/hoi-dong-nhan-dan"
    listing_label: str = "Hội đồng nhân dân"
    robots: str | None = None

    def address(self, piece: Piece) -> str:
        raise NotImplementedError

    def list_html(self, pieces: Sequence[Piece], page: int, last: int) -> str:
        raise NotImplementedError

    def article_html(self, piece: Piece) -> str:
        raise NotImplementedError

    def page_of(self, path: str, query: dict[str, str]) -> int | None:
        """The number of a listing's page that is asked for, None for no listing."""
        raise NotImplementedError

    def piece_of(self, path: str, query: dict[str, str]) -> Piece | None:
        for piece in self.pieces:
            if re.search(rf"(?<!\d){piece.number}(?!\d)", f"{path}?{query}"):
                return piece
        return None

    def answer(
        self, target: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> ServerResponse:
        parts = urlsplit(target)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        posted = {name: values[-1] for name, values in parse_qs((body or b"").decode()).items()}
        if parts.path == "/robots.txt":
            return self._robots()
        if (own := self.special(parts.path, query, posted)) is not None:
            return own
        if parts.path.endswith((".png", ".jpg")):
            return ServerResponse(200, PNG, (("Content-Type", "image/png"),))
        if parts.path.endswith((".pdf", ".docx")):
            return ServerResponse(200, PDF, (("Content-Type", "application/pdf"),))
        if parts.path == "/":
            return self.page(self.front_html(), FRONT)
        if parts.path == "/gioi-thieu":
            return self.page("<h1>Giới thiệu</h1><p>Xã Lâm Thao có chín thôn.</p>", "Giới thiệu")
        number = self.page_of(parts.path, query | posted)
        if number is not None:
            return self.page(self.listing_page(number), "Hội đồng nhân dân")
        piece = self.piece_of(parts.path, query)
        if piece is not None:
            return self.page(self.article_html(piece), piece.title)
        return self.missing()

    def special(
        self, path: str, query: dict[str, str], posted: dict[str, str]
    ) -> ServerResponse | None:
        return None

    def missing(self) -> ServerResponse:
        return ServerResponse(404, b"<html><body><h1>404</h1></body></html>", _typed())

    def listing_page(self, number: int) -> str:
        last = -(-len(self.pieces) // self.size)
        shown = self.pieces[(number - 1) * self.size : number * self.size]
        return self.list_html(shown, number, last)

    def front_html(self) -> str:
        boxes = "".join(
            f'<div class="home-box"><a href="{self.address(one)}">{esc(one.title)}</a></div>'
            for one in self.pieces[:2]
        )
        return f"<h1>Cổng thông tin xã Lâm Thao</h1>{boxes}"

    def page(self, content: str, title: str, head: str = "") -> ServerResponse:
        menu = "".join(f'<li><a href="{path}">{label}</a></li>' for label, path in MENU)
        menu += f'<li><a href="{self.listing}">{self.listing_label}</a></li>'
        newest = self.pieces[0]
        whole = f"Xã Lâm Thao - {title}" if title == FRONT else f"{title} - Xã Lâm Thao"
        named = f'<meta name="generator" content="{self.generator}">' if self.generator else ""
        text = f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">{named}
<title>{esc(whole)}</title>{head}</head><body>
<div id="banner"><span class="today">Thứ ba, 16/12/2025 - 10:21</span></div>
<ul id="main-menu">{menu}</ul><div id="wrapper">{content}</div>
<div id="side"><h3>Tin mới nhất</h3><ul><li><a href="{self.address(newest)}">{esc(newest.title)}</a>
<em>(09/12/2025)</em></li></ul></div>
<div id="footer">Bản quyền của xã Lâm Thao, cấp ngày 01/07/2025. Điện thoại 0900 000 000</div>
</body></html>"""
        return ServerResponse(200, text.encode(), _typed())

    def _robots(self) -> ServerResponse:
        if self.robots is None:
            return ServerResponse(404, b"", _typed())
        return ServerResponse(200, self.robots.encode(), (("Content-Type", "text/plain"),))

    def __enter__(self) -> Self:
        from support.small_server import serve

        self._server = serve(self)
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.close()


def esc(text: str) -> str:
    return html.escape(text)


def paragraphs(piece: Piece) -> str:
    return "".join(f"<p>{esc(text)}</p>" for text in piece.paragraphs)


def _typed() -> tuple[tuple[str, str], ...]:
    return (("Content-Type", HTML),)


@dataclass
class NukeViet(SmallPortal):
    """NukeViet 4.5: hidden ISO beside a malformed one, a lead picture twice, files by a query."""

    generator: str = "NukeViet v4.5"
    listing: str = "/vi/news/hoi-dong-nhan-dan/"

    def address(self, piece: Piece) -> str:
        return f"/vi/news/hoi-dong-nhan-dan/{piece.slug}-{piece.number}.html"

    def page_of(self, path: str, query: dict[str, str]) -> int | None:
        found = re.fullmatch(r"/vi/news/hoi-dong-nhan-dan/(?:page-(\d+)/)?", path)
        return int(found[1] or 1) if found else None

    def list_html(self, pieces: Sequence[Piece], page: int, last: int) -> str:
        items = "".join(
            f"""<div class="panel panel-default"><div class="panel-body"><h3>
<a href="{self.address(one)}" title="{esc(one.title)}">{esc(one.title)}</a></h3>
<ul class="list-inline"><li class="text-muted">{one.at:%d/%m/%Y %H:%M:%S}</li>
<li>Đã xem: {one.views}</li></ul>{esc(one.lead)}</div></div>"""
            for one in pieces
        )
        numbers = "".join(
            f'<li class="page-item active"><a class="page-link" href="#">{n}</a></li>'
            if n == page
            else f'<li class="page-item"><a class="page-link" href="{self._page(n)}">{n}</a></li>'
            for n in range(1, last + 1)
        )
        before = f'<li><a rel="prev" href="{self._page(page - 1)}">&laquo;</a></li>'
        after = f'<li><a rel="next" href="{self._page(page + 1)}">&raquo;</a></li>'
        steps = (before if page > 1 else "") + numbers + (after if page < last else "")
        return f'<div class="news_column">{items}</div><ul class="pagination">{steps}</ul>'

    def _page(self, number: int) -> str:
        return f"{self.listing}page-{number}/" if number > 1 else self.listing

    def article_html(self, piece: Piece) -> str:
        picture = ""
        if piece.caption:
            shown = f'<img src="/uploads/news/2025_12/{piece.slug}.jpg" alt="">'
            picture = f"""<figure class="article center">{shown}
<figcaption>{esc(piece.caption)}</figcaption></figure>
<div id="imgpreview" style="display:none"><figure class="article">{shown}
<figcaption>{esc(piece.caption)}</figcaption></figure></div>"""
        files = "".join(
            f'<li><a href="{self.address(piece)}?download=1&amp;id={n}">{name}</a>'
            f' <a href="{self.address(piece)}?pdf=1&amp;id={n}">Xem</a></li>'
            for n, name in enumerate(piece.files)
        )
        return f"""<div class="news_column panel panel-default"><div class="panel-body">
<h1 class="title margin-bottom-lg" itemprop="headline">{esc(piece.title)}</h1>
<div class="hidden hide d-none" itemprop="author">xã</div>
<span class="hidden d-none" itemprop="datePublished">{piece.at:%Y-%m-%dT%H:%M:%S}+07:00</span>
<div class="row"><span class="h5">{piece.day} - {piece.at:%d/%m/%Y %H:%M}</span></div>
<div class="clearfix">{picture}<div class="hometext m-bottom" itemprop="description">
{esc(piece.lead)}</div></div>
<div id="news-bodyhtml" class="bodytext margin-bottom-lg">{paragraphs(piece)}</div>
<p class="h5 text-right"><strong>Tác giả: </strong>Văn phòng</p>
<div class="news-download-file"><ul>{files}</ul></div></div>
<ul class="related list-inline"><li><a href="{self.address(PIECES[-1])}">
{esc(PIECES[-1].title)}</a> <em>(02/10/2025)</em></li></ul></div>"""

    def answer(
        self, target: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> ServerResponse:
        answer = super().answer(target, headers, body)
        malformed = '<meta property="article:published_time" content="2025-12-09+0708:05:00">'
        return ServerResponse(
            answer.status, answer.body.replace(b"</head>", f"{malformed}</head>".encode()),
            answer.headers,
        )  # fmt: skip

    def special(
        self, path: str, query: dict[str, str], posted: dict[str, str]
    ) -> ServerResponse | None:
        if "download" in query:
            return ServerResponse(200, PDF, (("Content-Type", "application/pdf"),))
        return None


class OneAddressEach(SmallPortal):
    """The listing and each article have one address; further pages come another way."""

    def piece_of(self, path: str, query: dict[str, str]) -> Piece | None:
        return next((one for one in self.pieces if path == self.address(one)), None)

    def page_of(self, path: str, query: dict[str, str]) -> int | None:
        return 1 if path == self.listing else None


@dataclass
class VnPortal(OneAddressEach):
    """VNPT vnPortal: further pages by a POST with ids of page 1, titles in capitals."""

    listing: str = "/hoi-dong-nhan-dan"

    def address(self, piece: Piece) -> str:
        return f"/hoi-dong-nhan-dan/{piece.slug}-{100000 + piece.number}"

    def items(self, pieces: Sequence[Piece]) -> str:
        return "".join(
            f"""<li class="row"><h2 class="Title"><a href="{self.address(one)}?pageindex=0">
{esc(one.title.upper())}</a></h2><div class="Ngaydang">{one.at:%d/%m/%Y}</div>
<p>{esc(one.lead)}</p></li>"""
            for one in pieces
        )

    def list_html(self, pieces: Sequence[Piece], page: int, last: int) -> str:
        steps = "".join(
            f'<li class="page-item page-number" data-page="{n}"><a>{n}</a></li>'
            for n in range(1, last + 1)
        )
        return f"""<div class="UIArticleInMenu_Default"><ul class="ArticleList">
{self.items(pieces)}</ul><ul class="pagination">{steps}</ul></div>
<script>var article_category_id = '5512'; var categoryIds = '5512,5513'; var site_id = '91';
var page_size = {self.size}; var maxPage = {last}; var show_post_date = 'True';</script>"""

    def special(
        self, path: str, query: dict[str, str], posted: dict[str, str]
    ) -> ServerResponse | None:
        if not path.endswith("ArticleInMenuPagination.aspx/LoadArticle"):
            return None
        right = posted.get("article_category_id") == "5512" and posted.get("site_id") == "91"
        if not right or posted.get("page_size") != str(self.size):
            return ServerResponse(500, b"", _typed())
        start = (int(posted["page"]) - 1) * self.size
        shown = self.items(self.pieces[start : start + self.size])
        return ServerResponse(200, f"<ul>{shown}</ul>".encode(), _typed())

    def article_html(self, piece: Piece) -> str:
        picture = ""
        if piece.caption:
            picture = f"""<p><img src="/upload/{piece.number}.jpg"></p>
<p class="image-caption">{esc(piece.caption)}</p>"""
        files = "".join(
            f'<iframe src="/viewer/web.html?file=/gov/VanBan/{name}"></iframe>'
            if name.endswith("pdf")
            else f'<p><a href="/gov/VanBan/{name}">Tải về</a></p>'
            for name in piece.files
        )
        return f"""<div class="ArticleDetailControl"><div class="tool"><a>A-</a><a>A+</a></div>
<h1 class="ArticleHeader">{esc(piece.title.upper())}</h1>
<div class="PostDate">{piece.day.title()}, {piece.at:%d/%m/%Y %H:%M}</div>
<div class="ArticleSummary">{esc(piece.lead)}</div>
<div class="ArticleContent"><div class="UISocialShare">Chia sẻ</div>{picture}{paragraphs(piece)}
{files}</div><div class="author">Ban biên tập</div></div>"""


@dataclass
class HanoiSince2025(OneAddressEach):
    """The time in an id is that of creation; pictures are loaded late; a soft 404."""

    listing: str = "/hoi-dong-nhan-dan.htm"

    def address(self, piece: Piece) -> str:
        return f"/hoi-dong-nhan-dan/{piece.slug}-2850{piece.number}260116085159.htm"

    def items(self, pieces: Sequence[Piece]) -> str:
        return "".join(
            f"""<div class="box-category-item"><a class="box-category-link-with-avatar"
href="{self.address(one)}"><img data-original="/zoom/{one.number}.jpg"></a><h3>
<a class="box-category-link-title" href="{self.address(one)}">{esc(one.title)}</a></h3></div>"""
            for one in pieces
        )

    def list_html(self, pieces: Sequence[Piece], page: int, last: int) -> str:
        return f"""<div class="box-category">{self.items(pieces)}</div>
<input type="hidden" id="hdZoneId" value="28501">"""

    def special(
        self, path: str, query: dict[str, str], posted: dict[str, str]
    ) -> ServerResponse | None:
        found = re.fullmatch(r"/timelinelist/28501/(\d+)\.htm", path)
        if not found:
            return None
        start = (int(found[1]) - 1) * self.size
        text = self.items(self.pieces[start : start + self.size])
        return ServerResponse(200, text.encode(), _typed())

    def missing(self) -> ServerResponse:
        said = f'<div class="detail-cmain"><p class="not-found">{NOT_HERE}</p></div>'
        return self.page(said, "Thông báo")

    def article_html(self, piece: Piece) -> str:
        picture = ""
        if piece.caption:
            picture = f"""<figure class="VCSortableInPreviewMode"><img src="data:,"
data-original="/images/{piece.slug}.jpg"><figcaption class="PhotoCMS_Caption"><p>
{esc(piece.caption)}</p></figcaption></figure>"""
        files = "".join(f'<p><a href="/gov-hni/VanBan/{n}">{n}</a></p>' for n in piece.files)
        return f"""<div class="detail-cmain"><h1 class="detail-title" data-role="title">
{esc(piece.title)}</h1><div class="detail-time"><div data-role="publishdate">
{piece.at:%d/%m/%Y %H:%M} GMT+7</div></div><h2 class="detail-sapo" data-role="sapo">
{esc(piece.lead)}</h2><div class="detail-content afcbc-body" data-role="content">{picture}
{paragraphs(piece)}{files}<div class="VCSortableInPreviewMode" type="RelatedOneNews">
<a href="{self.address(PIECES[-1])}">{esc(PIECES[-1].title)}</a></div></div></div>"""


@dataclass
class WordPress(SmallPortal):
    """WordPress: the id on the page alone, dates in words, a day before the clock of the ISO."""

    generator: str = "WordPress 6.4"
    listing: str = "/category/hoi-dong-nhan-dan/"

    def address(self, piece: Piece) -> str:
        return f"/{piece.slug}/"

    def piece_of(self, path: str, query: dict[str, str]) -> Piece | None:
        return next((one for one in self.pieces if path.rstrip("/") == f"/{one.slug}"), None)

    def page_of(self, path: str, query: dict[str, str]) -> int | None:
        found = re.fullmatch(r"/category/hoi-dong-nhan-dan/(?:page/(\d+)/)?", path)
        return int(found[1] or 1) if found else None

    def list_html(self, pieces: Sequence[Piece], page: int, last: int) -> str:
        items = "".join(
            f"""<article id="post-{one.number}" class="post-{one.number} post hentry"><header>
<h2 class="entry-title"><a href="{self.address(one)}" rel="bookmark">{esc(one.title)}</a></h2>
</header><div class="entry-summary"><p>{esc(one.lead)}</p></div></article>"""
            for one in pieces
        )
        onward = f"{self.listing}page/{page + 1}/"
        following = f'<a class="next page-numbers" href="{onward}">Trang sau</a>'
        numbers = f'<span class="page-numbers current">{page}</span>'
        steps = numbers + (following if page < last else "")
        return f'<main class="archive">{items}<div class="nav-links">{steps}</div></main>'

    def article_html(self, piece: Piece) -> str:
        picture = ""
        if piece.caption:
            picture = f"""<div class="wp-caption aligncenter">
<img data-src="/wp-content/uploads/2025/12/{piece.slug}.jpg" src="data:image/svg+xml,x">
<p class="wp-caption-text">{esc(piece.caption)}</p></div>"""
        files = "".join(
            f'<p><a href="/wp-content/uploads/2025/12/{one}">{one}</a></p>' for one in piece.files
        )
        said = f"{piece.at.day} Tháng {_MONTHS[piece.at.month]}, {piece.at.year}"
        return f"""<main><article id="post-{piece.number}" class="post-{piece.number} post">
<header class="entry-header"><h1 class="entry-title">{esc(piece.title)}</h1>
<div class="entry-meta"><time class="entry-date published"
datetime="{piece.at:%Y-%m-%dT%H:%M:%S}+07:00">{said}</time></div></header>
<div class="entry-content"><p><strong>{esc(piece.lead)}</strong></p>{picture}{paragraphs(piece)}
{files}<div class="sharedaddy"><h3>Chia sẻ</h3><a href="/share">Facebook</a></div></div></article>
</main>"""


_MONTHS = (
    *("", "Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười"),
    *("Mười Một", "Mười Hai"),
)


@dataclass
class AspNet(SmallPortal):
    """ASP.NET: ids in the query, pages by a postback, a print view, SA and CH for the clock."""

    listing: str = "/noidung/tintuc/Default.aspx?ChannelID=12"

    def address(self, piece: Piece) -> str:
        return f"/noidung/tintuc/View_Detail.aspx?ItemID={piece.number}&ChannelID=12"

    def page_of(self, path: str, query: dict[str, str]) -> int | None:
        if path != "/noidung/tintuc/Default.aspx":
            return None
        if "__EVENTTARGET" not in query:
            return 1
        right = query.get("__VIEWSTATE", "").startswith("state-of-page-")
        return int(query["__EVENTARGUMENT"].removeprefix("Page$")) if right else None

    def list_html(self, pieces: Sequence[Piece], page: int, last: int) -> str:
        items = "".join(
            f"""<div class="item"><div class="title"><a href="{self.address(one)}">
{esc(one.title)}</a></div><span class="date">{one.at:%d/%m/%Y}</span></div>"""
            for one in pieces
        )
        steps = "".join(
            f"<span>{n}</span>"
            if n == page
            else f"<a href=\"javascript:__doPostBack('ctl21$pager','Page${n}')\">{n}</a>"
            for n in range(1, last + 1)
        )
        return f"""<form method="post" action="./Default.aspx?ChannelID=12">
<input type="hidden" name="__VIEWSTATE" value="state-of-page-{page}">
<input type="hidden" name="__EVENTVALIDATION" value="ok">
<div class="news-list">{items}</div><div class="pager">{steps}</div></form>"""

    def article_html(self, piece: Piece) -> str:
        half, hour = ("SA", piece.at.hour) if piece.at.hour < 12 else ("CH", piece.at.hour - 12)
        picture = ""
        if piece.caption:
            picture = f"""<p><img src="/Uploads/{piece.number}.jpg"></p>
<p class="chuthich">{esc(piece.caption)}</p>"""
        files = "".join(f'<a href="/Uploads/files/{name}">{name}</a>' for name in piece.files)
        return f"""<div class="news-detail"><div class="news-title">{esc(piece.title)}</div>
<div class="news-date">(Ngày đăng :{piece.at:%d/%m/%Y} {hour}:{piece.at:%M:%S} {half})</div>
<div class="news-summary">{esc(piece.lead)}</div><div class="news-content">{picture}
{paragraphs(piece)}</div><div class="news-files">Tệp đính kèm: {files}</div>
<a href="/noidung/tintuc/pFormPrint.aspx?ItemID={piece.number}">Bản in</a>
<div class="other">Các tin đã đưa ngày: 02/10/2025</div></div>"""
