"""Small portals in manners that no platform of the program has: for a description by guess."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawler.sample_portal.server import ServerResponse
from support.small_portals import PIECES, Piece, SmallPortal, esc, paragraphs


@dataclass
class Towers(SmallPortal):
    """Listing and article share the form of their addresses; the newest item is a big one.

    The first paragraph is the lead, the author stands in the text, ISO times in attributes; the
    last page is a `span.current.next`.
    """

    listing: str = "/chuyen-muc-hoi-dong-nhan-dan-c118.html"

    def address(self, piece: Piece) -> str:
        return f"/{piece.slug[:40]}-c{piece.number}.html"

    def piece_of(self, path: str, query: dict[str, str]) -> Piece | None:
        return next((one for one in self.pieces if path == self.address(one)), None)

    def page_of(self, path: str, query: dict[str, str]) -> int | None:
        found = re.fullmatch(r"/chuyen-muc-hoi-dong-nhan-dan-c118(?:-(\d+))?\.html", path)
        return int(found[1] or 1) if found else None

    def list_html(self, pieces: Sequence[Piece], page: int, last: int) -> str:
        first, *rest = pieces
        big = f"""<div class="spotlight"><a class="thumb" href="{self.address(first)}">
<img data-original="/t/{first.number}.jpg"></a><h2><a href="{self.address(first)}">
{esc(first.title)}</a></h2><div class="brief">{esc(first.lead)}</div></div>"""
        items = "".join(
            f"""<article><h3 class="entry-title"><a class="article-title"
href="{self.address(one)}">{esc(one.title)}</a></h3>
<time class="post-date" datetime="{one.at.isoformat()}+07:00">{one.at:%d/%m/%Y}</time>
<div class="article-brief">{esc(one.lead)}</div></article>"""
            for one in rest
        )
        steps = "".join(
            f'<span class="current{" next" if n == last else ""}">{n}</span>'
            if n == page
            else f'<a href="/chuyen-muc-hoi-dong-nhan-dan-c118-{n}.html">{n}</a>'
            for n in range(1, last + 1)
        )
        return f"""<section class="Article-Detail-default">{big}{items}</section>
<div class="default-pagination">{steps}</div>"""

    def article_html(self, piece: Piece) -> str:
        picture = ""
        if piece.caption:
            picture = f"""<table class="pic"><tr><td><img data-original="/p/{piece.number}.jpg"
src="/blank.gif"></td></tr><tr><td class="pic-note">{esc(piece.caption)}</td></tr></table>"""
        files = "".join(
            f'<div><a class="link-download" href="/updload/userfiles/files/{name}">Tải {name}</a>'
            "</div>"
            for name in piece.files
        )
        return f"""<article class="news-detail-layout-type-2"><header>
<h1 class="title-detail">{esc(piece.title)}</h1>
<meta itemprop="datePublished" content="{piece.at.isoformat()}+07:00">
<span class="post-date">{piece.day}, {piece.at:%d/%m/%Y} | {piece.at:%H:%M}</span>
<span class="post-view">Lượt xem: {piece.views}</span></header>
<div class="content-detail"><p><strong>{esc(piece.lead)}</strong></p>{picture}{paragraphs(piece)}
</div><div class="files">{files}</div><div class="rating">Đánh giá: 5/5 sao</div>
<div class="relatedArticles"><h4>Tin liên quan</h4><a href="{self.address(PIECES[-1])}">
{esc(PIECES[-1].title)}</a></div></article>"""


@dataclass
class Tables(SmallPortal):
    """Tables without names, ids before the slug, `?start=` in the pager, a clock before the day.

    A structured time is written as if it were Greenwich's; captions are slanted lines below.
    """

    listing: str = "/index.php/tin-hdnd"

    def address(self, piece: Piece) -> str:
        return f"/index.php/tin-hdnd/{piece.number}-{piece.slug}"

    def page_of(self, path: str, query: dict[str, str]) -> int | None:
        if path != self.listing:
            return None
        return int(query.get("start", "0")) // self.size + 1

    def list_html(self, pieces: Sequence[Piece], page: int, last: int) -> str:
        rows = "".join(
            f"""<tr><td class="list-title"><a href="{self.address(one)}">{esc(one.title)}</a></td>
<td class="list-date">{one.at:%d/%m/%Y}</td></tr>"""
            for one in pieces
        )
        steps = "".join(
            f'<li class="active"><a>{n}</a></li>'
            if n == page
            else f'<li><a href="{self.listing}?start={(n - 1) * self.size}">{n}</a></li>'
            for n in range(1, last + 1)
        )
        following = f'<li><a href="{self.listing}?start={page * self.size}">Tiếp theo</a></li>'
        return f"""<table class="category"><tbody>{rows}</tbody></table>
<ul class="pagination-list">{steps}{following if page < last else ""}</ul>"""

    def article_html(self, piece: Piece) -> str:
        picture = ""
        if piece.caption:
            picture = f"""<p style="text-align:center"><img src="/images/{piece.number}.jpg"></p>
<p style="text-align:center"><em>{esc(piece.caption)}</em></p>"""
        files = "".join(f'<p><a href="/images/{name}">{name}</a></p>' for name in piece.files)
        return f"""<div class="item-page"><h2 itemprop="name">{esc(piece.title)}</h2>
<dl class="article-info"><dd class="published"><time datetime="{piece.at.isoformat()}+00:00">
Đăng lúc {piece.at:%H:%M} ngày {piece.at:%d/%m/%Y}</time></dd><dd class="hits">
Lượt xem: {piece.views}</dd></dl><div itemprop="articleBody"><p>{esc(piece.lead)}</p>{picture}
{paragraphs(piece)}{files}</div><ul class="pager"><li><a href="{self.address(PIECES[-1])}">
Trang sau</a></li></ul></div>"""


@dataclass
class Cards(SmallPortal):
    """Each card twice, no id in the address, no heading element, a soft 404 with the frame."""

    listing: str = "/web/lamthao/hoi-dong-nhan-dan"

    def address(self, piece: Piece) -> str:
        return f"/web/lamthao/-/{piece.slug}"

    def piece_of(self, path: str, query: dict[str, str]) -> Piece | None:
        return next((one for one in self.pieces if path == self.address(one)), None)

    def page_of(self, path: str, query: dict[str, str]) -> int | None:
        return int(query.get("_news_cur", "1")) if path == self.listing else None

    def list_html(self, pieces: Sequence[Piece], page: int, last: int) -> str:
        cards = "".join(
            f"""<div class="news-item {kind}"><a href="{self.address(one)}">
<p class="asset-publisher-title">{esc(one.title)}</p></a><span class="text-date">
{one.at:%H:%M | %d/%m/%Y}</span><p class="limit-tin">{esc(one.lead)}</p></div>"""
            for one in pieces
            for kind in ("d-none d-md-block desk", "mobile")
        )
        before = self._step(page - 1, "Trang trước") if page > 1 else ""
        after = self._step(page + 1, "Trang sau") if page < last else ""
        return f'<div class="news-items">{cards}</div><ul class="page-links">{before}{after}</ul>'

    def _step(self, page: int, label: str) -> str:
        target = f"{self.listing}?p_p_id=news&p_p_state=normal&_news_delta=3&_news_cur={page}"
        return f'<li><a href="{target.replace("&", "&amp;")}">{label}</a></li>'

    def missing(self) -> ServerResponse:
        return self.page('<div class="alert-missing">Bài viết đã bị gỡ.</div>', "Thông báo")

    def article_html(self, piece: Piece) -> str:
        picture = ""
        if piece.caption:
            picture = f"""<div class="photo"><img src="/documents/{piece.number}.jpg">
<div class="photo-note">{esc(piece.caption)}</div></div>"""
        files = "".join(f'<embed src="/documents/d/{name}">' for name in piece.files)
        return f"""<div class="detail"><div class="detail-head"><div class="detail-name">
{esc(piece.title)}</div><div class="detail-time">Ngày đăng tin: {piece.at:%d/%m/%Y %H:%M}</div>
<div class="detail-views">Lượt xem: {piece.views}</div></div>
<div class="detail-text"><p class="summary">{esc(piece.lead)}</p>{picture}{paragraphs(piece)}{files}
<div class="more-info"><span>Chia sẻ</span></div></div></div>"""


@dataclass
class Loaded(SmallPortal):
    """A listing without an item: a script has them as JSON, whose dates lack the zone."""

    listing: str = "/tin-hdnd"

    def address(self, piece: Piece) -> str:
        return f"/chi-tiet/{piece.slug}-{piece.number}"

    def page_of(self, path: str, query: dict[str, str]) -> int | None:
        return 1 if path == self.listing else None

    def list_html(self, pieces: Sequence[Piece], page: int, last: int) -> str:
        return """<div id="news-list"></div><script>var moduleId = 417; function load(page) {
$.ajax({url: '/DesktopModules/cmsview/api/listnew', type: 'GET',
data: {PortalId: 0, ModuleId: moduleId, PageIndex: page, txtKeyword: ''},
success: function (d) { show(d.ListData); }}); } load(1);</script>"""

    def special(
        self, path: str, query: dict[str, str], posted: dict[str, str]
    ) -> ServerResponse | None:
        if path != "/DesktopModules/cmsview/api/listnew" or query.get("ModuleId") != "417":
            return None
        start = (int(query["PageIndex"]) - 1) * self.size
        items = [
            {"Id": one.number, "Name": one.title, "Url": self.address(one),
             "Image": f"/t/{one.number}.jpg", "PublishTime": one.at.isoformat()}
            for one in self.pieces[start : start + self.size]
        ]  # fmt: skip
        text = json.dumps({"Total": len(self.pieces), "ListData": items})
        return ServerResponse(200, text.encode(), (("Content-Type", "application/json"),))

    def article_html(self, piece: Piece) -> str:
        picture = ""
        if piece.caption:
            picture = f"""<figure><img src="/p/{piece.number}.jpg">
<figcaption>{esc(piece.caption)}</figcaption></figure>"""
        files = "".join(f'<li><a href="/upload/{name}">{name}</a></li>' for name in piece.files)
        return f"""<div class="cms"><h1 class="cms-name">{esc(piece.title)}</h1>
<span class="cms-day">{piece.day}, ngày {piece.at.day} tháng {piece.at.month} năm {piece.at.year}
lúc {piece.at.hour} giờ {piece.at:%M}</span><div class="cms-sapo">{esc(piece.lead)}</div>
<div class="cms-text">{picture}{paragraphs(piece)}</div><ul class="cms-files">{files}</ul></div>"""


@dataclass
class Asked(Loaded):
    """Further items by a POST with what the first page's script sets; the first stand there."""

    def list_html(self, pieces: Sequence[Piece], page: int, last: int) -> str:
        return f"""<div id="list">{self.items(pieces)}</div><a id="more">Xem thêm</a><script>
var zone = '88';
$('#more').click(function () {{ trang++; $.post('/ajax/tin', {{trang: trang, chuyenmuc: zone}},
function (html) {{ $('#list').append(html); }}); }});</script>"""

    def items(self, pieces: Sequence[Piece]) -> str:
        return "".join(
            f'<div class="one"><a class="one-name" href="{self.address(one)}">{esc(one.title)}</a>'
            f"<i>{one.at:%d/%m/%Y}</i></div>"
            for one in pieces
        )

    def special(
        self, path: str, query: dict[str, str], posted: dict[str, str]
    ) -> ServerResponse | None:
        if path != "/ajax/tin" or posted.get("chuyenmuc") != "88":
            return None
        start = (int(posted["trang"]) - 1) * self.size
        text = self.items(self.pieces[start : start + self.size])
        return ServerResponse(200, text.encode(), (("Content-Type", "text/html"),))


@dataclass
class Wrapped(Cards):
    """Each card is one link around title, date and lead; day and clock are two elements."""

    listing: str = "/tin/hdnd"

    def address(self, piece: Piece) -> str:
        return f"/bai-viet?d={piece.number}&c=7"

    def piece_of(self, path: str, query: dict[str, str]) -> Piece | None:
        return next((p for p in self.pieces if query.get("d") == str(p.number)), None)

    def list_html(self, pieces: Sequence[Piece], page: int, last: int) -> str:
        cards = "".join(
            f"""<li><a href="{self.address(one)}"><img src="/t/{one.number}.jpg">
<span class="t">{esc(one.title)}</span> <i>{one.at:%d/%m/%Y}</i> <span class="m">{esc(one.lead)}
</span></a></li>"""
            for one in pieces
        )
        numbers = "".join(
            f'<a {"class=active" if n == page else ""} href="{self.listing}?_news_cur={n}">{n}</a>'
            for n in range(1, last + 1)
        )
        return f'<ul class="ds">{cards}</ul><div class="so-trang">{numbers}</div>'

    def article_html(self, piece: Piece) -> str:
        picture = ""
        if piece.caption:
            picture = f"""<p class="anh"><img src="/p/{piece.number}.jpg"></p>
<p class="ghi-chu-anh">{esc(piece.caption)}</p>"""
        files = "".join(f'<p><a href="/tep/{name}">{name}</a></p>' for name in piece.files)
        return f"""<div class="bai"><h1>{esc(piece.title)}</h1><div class="luc"><b>Ngày:</b>
<span>{piece.at:%d/%m/%Y}</span><span>{piece.at:%H:%M}</span></div>
<p class="tom-tat">{esc(piece.lead)}</p>{picture}{paragraphs(piece)}{files}
<div class="chia-se share">Chia sẻ</div></div><div class="tin-khac"><h4>Tin khác</h4>
<a href="{self.address(PIECES[-1])}">{esc(PIECES[-1].title)}</a></div>"""


@dataclass
class NestedTables(SmallPortal):
    """Tables in tables, a date in the path and no number, `[2]` for a page, files behind."""

    listing: str = "/portal/KenhTin/Hoi-dong.aspx"

    def address(self, piece: Piece) -> str:
        return f"/portal/pages/{piece.at:%Y-%m-%d}/{piece.slug[:30]}{piece.number}.aspx"

    def piece_of(self, path: str, query: dict[str, str]) -> Piece | None:
        return next((one for one in self.pieces if path == self.address(one)), None)

    def page_of(self, path: str, query: dict[str, str]) -> int | None:
        return int(query.get("page", "1")) if path == self.listing else None

    def list_html(self, pieces: Sequence[Piece], page: int, last: int) -> str:
        rows = "".join(
            f"""<tr><td width="120"><a href="{self.address(one)}"><img src="/t/{one.number}.jpg">
</a></td><td valign="top"><a href="{self.address(one)}" class="ms-link"><b>{esc(one.title)}</b></a>
<br><font color="gray">({one.at:%d/%m/%Y})</font><br>{esc(one.lead)}</td></tr>"""
            for one in pieces
        )
        steps = " ".join(
            f"<b>[{n}]</b>" if n == page else f'<a href="?page={n}">[{n}]</a>'
            for n in range(1, last + 1)
        )
        return f'<table class="ms-list">{rows}</table><div align="center">Trang: {steps}</div>'

    def article_html(self, piece: Piece) -> str:
        picture = ""
        if piece.caption:
            picture = f"""<table align="center"><tr><td><img src="/i/{piece.number}.jpg"></td></tr>
<tr><td align="center"><i>{esc(piece.caption)}</i></td></tr></table>"""
        files = "".join(
            f'<div><a href="/portal/Documents/{name}">{name}</a></div>' for name in piece.files
        )
        return f"""<table width="100%"><tr><td><span id="ctl00_lblTitle">{esc(piece.title)}</span>
<a href="/portal/pages/print.aspx?p={piece.number}">Bản in</a></td></tr><tr><td>
<span id="ctl00_lblDate">Đăng ngày {piece.at:%d - %m - %Y}, {piece.at:%H:%M}</span>
<span>Lượt xem: {piece.views}</span></td></tr><tr><td><b>Page Content</b><div id="art-content">
<div class="ExternalClass77A"><p>{esc(piece.lead)}</p>{picture}{paragraphs(piece)}</div></div>
{files}</td></tr></table><table><tr><td>Các tin đã đưa: <a href="{self.address(PIECES[-1])}">
{esc(PIECES[-1].title)}</a> (02/10/2025)</td></tr></table>"""


@dataclass
class Nameless(SmallPortal):
    """Elements without a class, the text beside its head, a JSON-LD that lies by its zone."""

    listing: str = "/hdnd/"

    def address(self, piece: Piece) -> str:
        return f"/tin/{piece.at:%Y/%m}/{piece.slug}"

    def piece_of(self, path: str, query: dict[str, str]) -> Piece | None:
        return next((one for one in self.pieces if path == self.address(one)), None)

    def page_of(self, path: str, query: dict[str, str]) -> int | None:
        found = re.fullmatch(r"/hdnd/(?:trang/(\d+))?", path)
        return int(found[1] or 1) if found else None

    def list_html(self, pieces: Sequence[Piece], page: int, last: int) -> str:
        items = "".join(
            f"""<li><h2><a href="{self.address(one)}">{esc(one.title)}</a></h2>
<time datetime="{one.at.isoformat()}">{one.at:%d.%m.%Y}</time><p>{esc(one.lead)}</p></li>"""
            for one in pieces
        )
        before = f'<a rel="prev" href="/hdnd/trang/{page - 1}">Mới hơn</a>' if page > 1 else ""
        after = f'<a rel="next" href="/hdnd/trang/{page + 1}">Cũ hơn</a>' if page < last else ""
        return f"<main><ul>{items}</ul><nav>{before}{after}</nav></main>"

    def article_html(self, piece: Piece) -> str:
        picture = ""
        if piece.caption:
            picture = f"""<figure><img src="/i/{piece.number}.jpg">
<figcaption>{esc(piece.caption)}</figcaption></figure>"""
        files = "".join(f'<p><a href="/f/{name}">{name}</a></p>' for name in piece.files)
        data = {"@type": "NewsArticle", "datePublished": f"{piece.at.isoformat()}Z"}
        return f"""<main><article><header><h1>{esc(piece.title)}</h1><p>Đăng lúc
<time datetime="{piece.at.isoformat()}+07:00">{piece.at:%H:%M, %d.%m.%Y}</time> bởi Ban biên tập</p>
</header><p>{esc(piece.lead)}</p>{picture}{paragraphs(piece)}{files}</article><aside>
<h2>Đọc thêm</h2><ul><li><a href="{self.address(PIECES[-1])}">{esc(PIECES[-1].title)}</a></li></ul>
</aside></main><script type="application/ld+json">{json.dumps(data)}</script>"""


@dataclass
class Tabs(SmallPortal):
    """The number amid the path, titles cut in the listing, the stamp within the title's element."""

    listing: str = "/hdnd/tabid/1625/Default.aspx"

    def address(self, piece: Piece) -> str:
        return f"/hdnd/tabid/1625/title/{piece.number}/ctitle/{piece.slug[:20]}/Default.aspx"

    def page_of(self, path: str, query: dict[str, str]) -> int | None:
        found = re.fullmatch(r"/hdnd/tabid/1625/(?:page/(\d+)/)?Default.aspx", path)
        return int(found[1] or 1) if found else None

    def list_html(self, pieces: Sequence[Piece], page: int, last: int) -> str:
        items = "".join(
            f"""<div class="Normal"><a class="NewsTitle" href="{self.address(one)}">
{esc(one.title[:24])}...</a> <span class="d">({one.at:%d/%m/%Y})</span></div>"""
            for one in pieces
        )
        steps = "".join(
            f'<span class="PagerLink">{n}</span>'
            if n == page
            else f'<a class="PagerLink" href="/hdnd/tabid/1625/page/{n}/Default.aspx">{n}</a>'
            for n in range(1, last + 1)
        )
        return f'<div id="dnn_ctr4100_View">{items}<div class="Pager">{steps}</div></div>'

    def article_html(self, piece: Piece) -> str:
        picture = ""
        if piece.caption:
            picture = f"""<p style="text-align: center;"><img src="/Portals/0/{piece.number}.jpg">
<br><em>{esc(piece.caption)}</em></p>"""
        files = "".join(
            f'<li><a href="/LinkClick.aspx?fileticket={name}">{name}</a></li>'
            for name in piece.files
        )
        return f"""<div id="dnn_ctr4101_Detail"><h3 class="DetailTitle">{esc(piece.title)}
<span class="DetailDate">({piece.at:%d/%m/%Y %H:%M})</span></h3><div class="DetailSum"><strong>
{esc(piece.lead)}</strong></div><div class="DetailBody Normal">{picture}{paragraphs(piece)}</div>
<div class="Attach">File đính kèm:<ul>{files}</ul></div></div>"""


@dataclass
class Boxes(SmallPortal):
    """Nothing but boxes; the listing is called news, articles on the front page name the council.

    The time stands in JSON-LD too, the title of another article in a box amid the text.
    """

    listing: str = "/chuyen-muc/tin-hoat-dong"
    listing_label: str = "Tin hoạt động"

    def address(self, piece: Piece) -> str:
        return f"/tin/{piece.slug}-post{piece.number}.html"

    def page_of(self, path: str, query: dict[str, str]) -> int | None:
        return int(query.get("p", "1")) if path == self.listing else None

    def list_html(self, pieces: Sequence[Piece], page: int, last: int) -> str:
        cards = "".join(
            f"""<div class="b3"><a class="b4" href="{self.address(one)}">
<img src="/{one.number}.jpg"></a><div><a class="b5" href="{self.address(one)}">{esc(one.title)}</a>
<time>{one.at:%H:%M %d/%m/%Y}</time></div></div>"""
            for one in pieces
        )
        before = f'<a href="?p={page - 1}">Trước</a>' if page > 1 else ""
        after = f'<a href="?p={page + 1}">Sau</a>' if page < last else ""
        return f'<div class="b8">{cards}</div><div class="b9">{before}{after}</div>'

    def article_html(self, piece: Piece) -> str:
        other = self.pieces[self.pieces.index(piece) - 1]
        picture = ""
        if piece.caption:
            picture = f"""<div class="c4"><img data-src="/m/{piece.number}.jpg">
<p class="c5">{esc(piece.caption)}</p></div>"""
        files = "".join(f'<a class="c7" href="/m/{name}">{name}</a>' for name in piece.files)
        data = {"@type": "NewsArticle", "datePublished": f"{piece.at.isoformat()}+07:00"}
        return f"""<div class="c1"><h1>{esc(piece.title)}</h1><div class="c2"><span>
{piece.at:%H:%M} | {piece.at:%d/%m/%Y}</span></div><div class="c3"><b>{esc(piece.lead)}</b></div>
<div class="c6">{picture}<div class="c8">
<a href="{self.address(other)}">{esc(other.title)}</a></div>
{paragraphs(piece)}</div>{files}</div>
<script type="application/ld+json">{json.dumps(data)}</script>"""


@dataclass
class Crowded(Towers):
    """Beside its items a listing has more links to documents, on every page, in plain boxes."""

    def page(self, content: str, title: str, head: str = "") -> ServerResponse:
        papers = "".join(
            f"""<div class="paper-line"><h3><a href="/van-ban-so-{n}-v{900 + n}.html">Quyết định số
{n}/QĐ-UBND về việc phê duyệt kế hoạch năm 2025 của xã</a></h3><i>0{n % 9 + 1}/10/2025</i></div>"""
            for n in range(1, 15)
        )
        return super().page(f'{content}<div class="papers">{papers}</div>', title, head)

    def answer(
        self, target: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> ServerResponse:
        if target.startswith("/van-ban-so-"):
            number = target.split("-")[3]
            said = f"Quyết định số {number}/QĐ-UBND về việc phê duyệt kế hoạch năm 2025 của xã"
            return self.page(f"<h1>{said}</h1><p>Toàn văn quyết định số {number}.</p>", said)
        return super().answer(target, headers, body)
