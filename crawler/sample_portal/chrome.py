"""What surrounds the news on a page: head, scripts, menu, side column, footer.

None of it is news, and much of it changes at every fetch; a reader of the page must not care.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from urllib.parse import quote
from zlib import crc32

from crawler.sample_portal.addresses import milliseconds
from crawler.sample_portal.layout import Language, Layout

_GAP = "\n" * 24 + "\t\n\t\t\n" * 8
_BROWSERS = (
    "Air,Chrome,Firefox,Gecko,Ie,Iphone,Linux,Mac,Mobile,Mozilla,Opera,Rtf,Safari,Sun,Wap,WapXhtml,"
    "WebKit,Windows,Wml"
)
_BANNERS = (
    ("cong-khai-ngan-sach", "Công khai ngân sách"),
    ("cai-cach-hanh-chinh", "Cải cách hành chính"),
    ("dich-vu-cong", "Dịch vụ công trực tuyến"),
    ("duong-day-nong", "Đường dây nóng"),
    ("lich-tiep-cong-dan", "Lịch tiếp công dân"),
    ("lich-cong-tac", "Lịch công tác tuần"),
    ("van-ban-chi-dao", "Văn bản chỉ đạo điều hành"),
    ("hoi-dap", "Hỏi đáp pháp luật"),
    ("quy-hoach", "Thông tin quy hoạch"),
    ("tuyen-dung", "Thông báo tuyển dụng"),
    ("phong-chong-tham-nhung", "Phòng, chống tham nhũng"),
    ("bau-cu", "Thông tin bầu cử"),
    ("thu-vien-anh", "Thư viện ảnh"),
    ("truyen-thanh", "Bản tin truyền thanh"),
    ("ban-do", "Bản đồ hành chính"),
    ("lang-nghe", "Làng nghề truyền thống"),
)
_MENU = (
    (
        "gioi-thieu",
        "Giới thiệu",
        ("Lịch sử hình thành", "Cơ cấu tổ chức", "Lãnh đạo qua các thời kỳ"),
    ),
    ("phong-ban", "Phòng ban chuyên môn", ("Văn phòng", "Tài chính - Kế hoạch", "Tư pháp", "Y tế")),
    ("van-ban", "Văn bản", ("Nghị quyết", "Quyết định", "Kế hoạch", "Công văn")),
    ("thu-tuc", "Thủ tục hành chính", ("Hộ tịch", "Đất đai", "Đăng ký kinh doanh")),
    ("lien-he", "Liên hệ", ()),
)
_STYLE = """
body{margin:0 auto;max-width:1080px;font:15px/1.6 Arial,Helvetica,sans-serif;color:#222}
a{color:#8c1d18;text-decoration:none}a:hover{text-decoration:underline}img{max-width:100%}
#banner{background:#8c1d18;color:#fff;padding:18px 24px;font-size:22px;text-transform:uppercase}
#menu{background:#f3e9d8;padding:8px 24px}#menu ul{margin:0;padding:0;list-style:none}
#menu li{display:inline-block;margin-right:22px}#menu .child-menu{display:none}
#main-content .portlet-layout{display:flex;gap:28px;padding:16px 24px}
.span9{flex:3;min-width:0}.span3{flex:1;font-size:13px}.dd_chuyenmuc span{margin-right:10px}
.dd_chuyenmuc p{display:inline}.asset-full-content-title{font-size:24px;font-weight:bold}
.assetPublishDate{color:#777;font-size:13px}
.asset-bounddary{border-bottom:1px solid #ddd;padding:10px 0}
.asset-title{margin:0;font-size:17px}.asset-image{float:left;width:140px;margin:0 14px 6px 0}
.asset-bounddary:after{content:"";display:block;clear:both}figure{margin:0;text-align:center}
.lfr-pagination-buttons{list-style:none;padding:0}
.lfr-pagination-buttons li{display:inline;margin:6px}
.lfr-pagination-config,.asset-control-detail img{display:none}.related_asset_title{font-weight:bold}
.footer-wrapper{background:#f3e9d8;padding:14px 24px;font-size:13px}
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request as the pages need to know it.

    `base` is the scheme and host that the visitor used; `tick` counts the portal's renderings and
    stands for the clock.
    """

    layout: Layout
    language: Language
    base: str
    path: str
    query: str
    tick: int

    @property
    def url(self) -> str:
        """The path and query as they were asked for."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def session(self) -> str:
        """The id of the session that this visit begins."""
        return session_id(self.tick)


def session_id(tick: int) -> str:
    """A session id in the manner of Tomcat, one for every rendering."""
    return "".join(f"{crc32(f'{part} {tick}'.encode()):08X}" for part in "abcd")


def frame(visit: Visit, title: str, alternates: Sequence[tuple[str, str]], column: str) -> str:
    """A whole page around its main column. `alternates` are pairs of language and address."""
    side, first = _side(visit.layout), visit.layout.column == "column-1"
    main = _column(visit.layout.column, "span9", column, first=first)
    other = "column-2" if first else "column-1"
    aside = _column(other, "span3", side + _poll(visit), first=not first)
    columns = main + aside if first else aside + main
    return (
        f"{_head(visit, title, alternates)}"
        f'<body class=" yui3-skin-sam controls-visible signed-out public-page site">{_GAP}'
        f'<a href="#main-content" id="skip-to-content">Skip to Content</a>{_top(visit.layout)}'
        f'<div id="main">{_GAP}<div class="{visit.layout.skin}" id="main-content" role="main">'
        f'<div class="portlet-layout row-fluid">{columns}</div></div>{_GAP}'
        '<form action="#" id="hrefFm" method="post" name="hrefFm"><span></span></form></div>'
        f"{_bottom(visit)}</body></html>\n"
    )


def bare_frame(visit: Visit, title: str, column: str) -> str:
    """A page without menu and side column, as for printing."""
    return (
        f"{_head(visit, title, ())}"
        f'<body class="portal-popup yui3-skin-sam signed-out public-page site">{_GAP}'
        f'<div id="main-content" role="main">{column}</div>{_bottom(visit)}</body></html>\n'
    )


def portlet(portlet_id: str, kind: str, content: str, title: str = "") -> str:
    """One box of a page in the portal's wrapping; without a title it has no border."""
    short = portlet_id.split("_INSTANCE_")[0]
    start = (
        f'<div class="portlet-boundary portlet-boundary_{short}_  portlet-static '
        f'portlet-static-end {"" if title else "portlet-borderless "}{kind} " '
        f'id="p_p_id_{portlet_id}_" >'
        f'<span id="p_{portlet_id}"></span>{_GAP}'
    )
    if not title:
        return (
            f'{start}<div class="portlet-borderless-container" style="">'
            f'<div class="portlet-body">{_GAP}{content}</div></div></div>\n'
        )
    return (
        f'{start}<section class="portlet" id="portlet_{portlet_id}"><header class="portlet-topper">'
        '<h1 class="portlet-title"><span class="portlet-title-icon"> &nbsp; </span> '
        f'<span class="portlet-title-text">{escape(title)}</span></h1></header>'
        '<div class="portlet-content"><div class=" portlet-content-container" style="">'
        f'<div class="portlet-body">{_GAP}{content}</div></div></div></section></div>\n'
    )


def breadcrumb(visit: Visit, label: str) -> str:
    """The line that says which category this is."""
    home = visit.layout.prefix or "/"
    return portlet(
        "ddlk_WAR_pointportalddlkportlet_INSTANCE_" + visit.layout.instance[::-1],
        "ddlk-portlet",
        f'<div class="dd_chuyenmuc">\n\t<span class="trangchu"><a href="{home}">'
        f"{visit.language.home}</a></span>\n"
        f'\t<span class="tintuc"><p>{escape(label)}</p></span>\n</div>',
    )


def _head(visit: Visit, title: str, alternates: Sequence[tuple[str, str]]) -> str:
    layout, language = visit.layout, visit.language
    links = "".join(
        f'<link href="{escape(visit.base + address)}" hreflang="{tag}" rel="alternate" /> '
        for tag, address in alternates
    )
    encoded = quote(visit.url, safe="")
    return (
        f'<!DOCTYPE html>{_GAP}<html class="aui ltr" dir="ltr" lang="{language.tag}"> <head> '
        f"<title>{escape(title, quote=False)} - {layout.name}</title> "
        '<meta content="text/html; charset=UTF-8" http-equiv="content-type" /> '
        f'<link href="{escape(visit.base + visit.url)}" rel="canonical" /> {links}'
        f"{_static_head(layout, language)}"
        f'<script type="text/javascript">Liferay.authToken="{session_id(visit.tick)[:8]}";'
        f'Liferay.currentURL="{_script_text(visit.url)}";Liferay.currentURLEncoded="{encoded}";'
        "</script></head>"
    )


@lru_cache
def _static_head(layout: Layout, language: Language) -> str:
    theme, options = (
        _theme(layout),
        f"languageId={language.code}&amp;b=6201&amp;t={milliseconds(-1)}",
    )
    styles = "".join(
        f'<link class="lfr-css-file" href="{folder}/css/main.css?browserId=other&amp;{options}" '
        'rel="stylesheet" type="text/css" /> '
        for folder in (theme, "/html/portlet/asset_publisher", "/html/portlet/journal_content")
    )
    browser = ",".join(f"is{name}:function(){{return false}}" for name in _BROWSERS.split(","))
    facts = {
        "LayoutId": "79",
        "LanguageId": language.code,
        "BCP47LanguageId": language.tag,
        "DefaultLanguageId": "vi_VN",
        "CompanyId": "10157",
        "ScopeGroupId": str(layout.group_id),
        "SiteGroupId": str(layout.group_id),
        "PathImage": "/image",
        "PathMain": "/c",
        "PathThemeRoot": theme,
        "PortalURL": f"https://{layout.host}",
        "URLHome": _script_text(f"https://{layout.host}/web/guest"),
        "UserId": "10161",
        "UserName": "",
    }
    display = ",".join(f'get{name}:function(){{return"{value}"}}' for name, value in facts.items())
    portlets = ",".join(f'"{one}"' for one in _portlets(layout))
    return (
        f'{styles}<script type="text/javascript">var Liferay={{Browser:{{{browser}}},'
        f"ThemeDisplay:{{{display}}}}};var themeDisplay=Liferay.ThemeDisplay;"
        f"Liferay.Portlet={{list:[{portlets}]}};</script> "
        f'<script src="/html/js/barebone.jsp?browserId=other&amp;{options}" '
        f'type="text/javascript"></script> <style type="text/css">{_STYLE}</style> '
    )


@lru_cache
def _top(layout: Layout) -> str:
    news = "".join(
        f'<li class="" > <a href="{layout.prefix}/{slug}" >{escape(label)}</a> </li>\n'
        for slug, label in layout.categories.items()
    )
    rest = "".join(
        f'<li class="" > <a href="{layout.prefix}/{slug}" >{label}</a> <ul class="child-menu">'
        + "".join(
            f'<li class=""> <a href="{layout.prefix}/{slug}#{number}" >{child}</a> </li>\n'
            for number, child in enumerate(children)
        )
        + "</ul> </li>\n"
        for slug, label, children in _MENU
    )
    return (
        f'<div id="header"><div id="banner">{layout.name}</div></div>'
        f'<nav id="navigation" role="navigation"><div id="menu"><ul class="navi">{news}{rest}</ul>'
        f'<div class="nav-search"><input type="text" name="search" id="txtTimKiem"/></div>'
        f"</div></nav>{_GAP}"
    )


@lru_cache
def _side(layout: Layout) -> str:
    rows = "".join(
        f'<tr> <td><a href="{layout.prefix}/{slug}"><span style="color: rgb(230,230,250);"> '
        f'<img alt="{label}" src="/documents/{layout.group_id}/0/{slug}.png?t={milliseconds(-at)}" '
        'style="border-width: 1.0px;border-style: solid;width: 228.0px;margin-top: 1.0px;'
        'margin-bottom: 1.0px;height: 49.0px;" /></span></a></td></tr>\n'
        for at, (slug, label) in enumerate(_BANNERS, 1)
    )
    table = f'<table border="0" cellpadding="0" cellspacing="0"><tbody>{rows}</tbody></table>'
    hotline = "<p>Tiếp công dân: thứ Ba và thứ Năm hằng tuần, trong giờ hành chính.</p>"
    options = "".join(
        f'<option class="" value="https://{name}.example/" >{label}</option>\n'
        for name, label in _BANNERS
    )
    contents, notice, links, _ = _portlets(layout)[2:]
    return (
        portlet(
            contents,
            "portlet-journal-content",
            f'<div class="journal-content-article">{table}</div>',
        )
        + portlet(
            notice,
            "portlet-journal-content",
            f'<div class="journal-content-article">{hotline}</div>',
            title="Thông báo",
        )
        + portlet(
            links,
            "weblink-client-portlet",
            f'<select class="aui-field-select">{options}</select>',
            title="Liên kết website",
        )
    )


def _poll(visit: Visit) -> str:
    name = _portlets(visit.layout)[-1]
    choices = "".join(
        f'<label class="radio" for="_{name}_{number}"> <input class="field" id="_{name}_{number}" '
        f'name="_{name}_choiceId" type="radio" value="{number}" /> {label} </label>\n'
        for number, label in ((675936, "Đầy đủ"), (675937, "Chưa đầy đủ"), (675938, "Rất đầy đủ"))
    )
    form = (
        f'<form action="{escape(visit.base + visit.path)}" class="form " method="post">'
        f'<input name="_{name}_formDate" type="hidden" value="{milliseconds(visit.tick)}" />'
        f"<fieldset>{choices}</fieldset></form>"
    )
    return portlet(name, "portlet-polls-display", form, title="Thăm dò ý kiến")


def _bottom(visit: Visit) -> str:
    layout = visit.layout
    current = _script_text(f"&currentURL={quote(visit.url, safe='')}")
    calls = "".join(
        f'Liferay.Portlet.onLoad({{canEditTitle:false,columnPos:{position},isStatic:"end",'
        f'namespacedId:"p_p_id_{name}_",portletId:"{name}",refreshURL:"{_refresh_url(name)}{current}"}});'
        for position, name in enumerate(_portlets(layout))
    )
    return (
        '<div class="footer-wrapper"><div id="footer" class="clearfix"><p class="vetrang">'
        '<a href="#">| Về đầu trang |</a></p><div class="footleft">'
        f"<h3>{layout.name}</h3><p>&#272;&#7883;a ch&#7881;: s&#7889; 1 {layout.host}</p>"
        "</div></div></div>"
        f'<script src="{_theme(layout)}/js/main.js" type="text/javascript"></script>'
        f'<script type="text/javascript">{calls}</script>'
    )


def _column(name: str, width: str, content: str, *, first: bool) -> str:
    place = "first" if first else "last"
    return (
        f'<div class="portlet-column portlet-column-{place} {width}" id="{name}">'
        f'<div class="portlet-dropzone portlet-column-content portlet-column-content-{place}" '
        f'id="layout-column_{name}">{_GAP}{content}</div></div>\n'
    )


@lru_cache
def _refresh_url(name: str) -> str:
    return _script_text(
        f"/c/portal/render_portlet?p_l_id=557668&p_p_id={name}&p_p_lifecycle=0&p_t_lifecycle=0"
        "&p_p_state=normal&p_p_mode=view&p_p_col_id=column-2&p_p_col_pos=5&p_p_isolated=1"
    )


def _portlets(layout: Layout) -> tuple[str, ...]:
    key = layout.instance
    return (
        f"ddlk_WAR_pointportalddlkportlet_INSTANCE_{key[::-1]}",
        layout.portlet,
        f"56_INSTANCE_{key[3:] + key[:3]}",
        f"56_INSTANCE_{key[5:] + key[:5]}",
        f"2_WAR_portallienketportlet_INSTANCE_{key[7:] + key[:7]}",
        f"59_INSTANCE_{key[9:] + key[:9]}",
    )


def _theme(layout: Layout) -> str:
    return f"/{layout.skin}-theme"


def _script_text(text: str) -> str:
    return re.sub(r"[^\w.-]", lambda found: f"\\x{ord(found[0]) & 255:02x}", text, flags=re.ASCII)
