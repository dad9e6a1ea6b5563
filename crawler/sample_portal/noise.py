"""What stands on every page whatever it shows: styles, scripts, menu, side column."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from crawler.sample_portal.addresses import milliseconds
from crawler.sample_portal.layout import Language, Layout
from crawler.sample_portal.wrapping import GAP, portlet, script_text

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
_PHOTOS = tuple(f"anh-{number:02}" for number in range(1, 33))
_WEEK = (
    ("Thứ Hai", "Giao ban đầu tuần; tiếp công dân tại trụ sở"),
    ("Thứ Ba", "Kiểm tra trật tự đô thị tại các phường"),
    ("Thứ Tư", "Họp tổ công tác cải cách hành chính"),
    ("Thứ Năm", "Tiếp công dân định kỳ; làm việc với các phòng chuyên môn"),
    ("Thứ Sáu", "Hội nghị chuyên đề; họp đánh giá công tác tuần"),
)
_WIDGET = """
Liferay.provide(window,"@_toggle",function(id){var A=AUI(),node=A.one("#"+id);if(!node){return}
node.toggleClass("hide");var state=node.hasClass("hide")?"closed":"open";
A.io.request(themeDisplay.getPathMain()+"/portal/session_click",{data:{"@_state":state}})},["aui-io"]);
AUI().use("aui-base","liferay-menu","liferay-notice",function(A){var box=A.one("#p_p_id_@_");
if(box){box.all("a.taglib-icon").each(function(link){link.on("click",function(event){
if(link.getAttribute("href")==="#"){event.preventDefault();window.@_toggle(link.get("id"))}})});
box.all("img").each(function(image){if(!image.getAttribute("alt")){image.setAttribute("alt","")}})}
new Liferay.Menu();var notices=(Liferay.Data||{}).notices||[];for(var at=1;at<notices.length;at++){
new Liferay.Notice(notices[at])}});
"""


def portlet_ids(layout: Layout) -> tuple[str, ...]:
    """The ids of the boxes on a page; the second is that of the news, the last that of the poll."""
    key = layout.instance
    return (
        f"ddlk_WAR_pointportalddlkportlet_INSTANCE_{key[::-1]}",
        layout.portlet,
        f"56_INSTANCE_{key[3:] + key[:3]}",
        f"56_INSTANCE_{key[5:] + key[:5]}",
        f"2_WAR_portallienketportlet_INSTANCE_{key[7:] + key[:7]}",
        f"59_INSTANCE_{key[9:] + key[:9]}",
    )


def theme_path(layout: Layout) -> str:
    """The path of the theme's files."""
    return f"/{layout.skin}-theme"


@lru_cache
def static_head(layout: Layout, language: Language) -> str:
    """The styles and scripts in the head."""
    theme = theme_path(layout)
    options = f"languageId={language.code}&amp;b=6201&amp;t={milliseconds(-1)}"
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
        "URLHome": script_text(f"https://{layout.host}/web/guest"),
        "UserId": "10161",
        "UserName": "",
    }
    display = ",".join(f'get{name}:function(){{return"{value}"}}' for name, value in facts.items())
    boxes = ",".join(f'"{one}"' for one in portlet_ids(layout))
    return (
        f'{styles}<script type="text/javascript">var Liferay={{Browser:{{{browser}}},'
        f"ThemeDisplay:{{{display}}}}};var themeDisplay=Liferay.ThemeDisplay;"
        f"Liferay.Portlet={{list:[{boxes}]}};</script> "
        f'<script src="/html/js/barebone.jsp?browserId=other&amp;{options}" '
        f'type="text/javascript"></script> '
    )


@lru_cache
def top(layout: Layout) -> str:
    """The banner and the menu."""
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
        f"</div></nav>{GAP}"
    )


@lru_cache
def side_column(layout: Layout) -> str:
    """The boxes beside the news. Several hold a `.journal-content-article` of their own."""
    banners, week, links, _ = portlet_ids(layout)[2:]
    return (
        portlet(banners, "portlet-journal-content", _banners(layout) + _photos(layout))
        + portlet(week, "portlet-journal-content", _week(), title="Lịch công tác tuần")
        + portlet(links, "weblink-client-portlet", _weblinks(), title="Liên kết website")
    )


def _banners(layout: Layout) -> str:
    rows = "".join(
        f'<tr> <td><a href="{layout.prefix}/{slug}"><span style="color: rgb(230,230,250);"> '
        f'<img alt="{label}" src="/documents/{layout.group_id}/0/{slug}.png?t={milliseconds(-at)}" '
        'style="border-width: 1.0px;border-style: solid;width: 228.0px;margin-top: 1.0px;'
        'margin-bottom: 1.0px;height: 49.0px;" /></span></a></td></tr>\n'
        for at, (slug, label) in enumerate(_BANNERS, 1)
    )
    return (
        '<div class="journal-content-article"><table border="0" cellpadding="0" cellspacing="0" '
        f'style="width: 250.0px;"><tbody>{rows}</tbody></table></div>'
    )


def _photos(layout: Layout) -> str:
    return "".join(
        f'<div class="cwItem" style="width: 228.0px;float: left;margin-right: 2.0px;">'
        f'<img alt="" src="/documents/{layout.group_id}/0/{name}.png?t={milliseconds(-at)}" '
        'style="width: 228.0px;height: 49.0px;border-width: 1.0px;border-style: solid;" /></div>\n'
        for at, name in enumerate(_PHOTOS, 100)
    )


def _week() -> str:
    days = "".join(
        f'<tr><td style="width: 30%;"><strong>{day}</strong></td><td>{what}</td></tr>\n'
        for day, what in _WEEK
    )
    return f'<div class="journal-content-article"><table><tbody>{days}</tbody></table></div>'


def _weblinks() -> str:
    options = "".join(
        f'<option class="" value="https://{name}.example/" > {label} </option>\n'
        for name, label in _BANNERS
    )
    return f'<select class="aui-field-select" id="weblinks">{options}</select>'


@lru_cache
def widgets(layout: Layout) -> str:
    """The scripts at the foot of a page."""
    return "".join(_WIDGET.replace("@", one) for one in portlet_ids(layout))


@lru_cache
def refresh_url(name: str) -> str:
    """The address, escaped, from which a box would be loaded again."""
    return script_text(
        f"/c/portal/render_portlet?p_l_id=557668&p_p_id={name}&p_p_lifecycle=0&p_t_lifecycle=0"
        "&p_p_state=normal&p_p_mode=view&p_p_col_id=column-2&p_p_col_pos=5&p_p_isolated=1"
    )
