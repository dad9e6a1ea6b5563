"""What surrounds the news on a page: head, scripts, menu, side column, footer.

None of it is news, and much of it changes at every fetch; a reader of the page must not care.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote
from zlib import crc32

from crawler.sample_portal.addresses import milliseconds
from crawler.sample_portal.layout import Language, Layout
from crawler.sample_portal.noise import (
    portlet_ids,
    refresh_url,
    side_column,
    static_head,
    theme_path,
    top,
    widgets,
)
from crawler.sample_portal.wrapping import GAP, portlet, script_text


@dataclass(frozen=True, slots=True)
class PageRequest:
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


def frame(
    visit: PageRequest, title: str, alternates: Sequence[tuple[str, str]], column: str
) -> str:
    """A whole page around its main column. `alternates` are pairs of language and address."""
    side, first = side_column(visit.layout), visit.layout.column == "column-1"
    main = _column(visit.layout.column, "span9", column, first=first)
    other = "column-2" if first else "column-1"
    aside = _column(other, "span3", side + _poll(visit), first=not first)
    columns = main + aside if first else aside + main
    return (
        f"{_head(visit, title, alternates)}"
        f'<body class=" yui3-skin-sam controls-visible signed-out public-page site">{GAP}'
        f'<a href="#main-content" id="skip-to-content">Skip to Content</a>{top(visit.layout)}'
        f'<div id="main">{GAP}<div class="{visit.layout.skin}" id="main-content" role="main">'
        f'<div class="portlet-layout row-fluid">{columns}</div></div>{GAP}'
        '<form action="#" id="hrefFm" method="post" name="hrefFm"><span></span></form></div>'
        f"{_bottom(visit)}</body></html>\n"
    )


def bare_frame(visit: PageRequest, title: str, column: str) -> str:
    """A page without menu and side column, as for printing."""
    return (
        f"{_head(visit, title, ())}"
        f'<body class="portal-popup yui3-skin-sam signed-out public-page site">{GAP}'
        f'<div id="main-content" role="main">{column}</div>{_bottom(visit)}</body></html>\n'
    )


def breadcrumb(visit: PageRequest, label: str) -> str:
    """The line that says which category this is."""
    home = visit.layout.prefix or "/"
    return portlet(
        "ddlk_WAR_pointportalddlkportlet_INSTANCE_" + visit.layout.instance[::-1],
        "ddlk-portlet",
        f'<div class="dd_chuyenmuc">\n\t<span class="trangchu"><a href="{home}">'
        f"{visit.language.home}</a></span>\n"
        f'\t<span class="tintuc"><p>{escape(label)}</p></span>\n</div>',
    )


def _head(visit: PageRequest, title: str, alternates: Sequence[tuple[str, str]]) -> str:
    layout, language = visit.layout, visit.language
    links = "".join(
        f'<link href="{escape(visit.base + address)}" hreflang="{tag}" rel="alternate" /> '
        for tag, address in alternates
    )
    encoded = quote(visit.url, safe="")
    return (
        f'<!DOCTYPE html>{GAP}<html class="aui ltr" dir="ltr" lang="{language.tag}"> <head> '
        f"<title>{escape(title, quote=False)} - {layout.name}</title> "
        '<meta content="text/html; charset=UTF-8" http-equiv="content-type" /> '
        f'<link href="{escape(visit.base + visit.url)}" rel="canonical" /> {links}'
        f"{static_head(layout, language)}"
        f'<script type="text/javascript">Liferay.authToken="{session_id(visit.tick)[:8]}";'
        f'Liferay.currentURL="{script_text(visit.url)}";Liferay.currentURLEncoded="{encoded}";'
        "</script></head>"
    )


def _poll(visit: PageRequest) -> str:
    name = portlet_ids(visit.layout)[-1]
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


def _bottom(visit: PageRequest) -> str:
    layout = visit.layout
    current = script_text(f"&currentURL={quote(visit.url, safe='')}")
    calls = "".join(
        f'Liferay.Portlet.onLoad({{canEditTitle:false,columnPos:{position},isStatic:"end",'
        f'namespacedId:"p_p_id_{name}_",portletId:"{name}",refreshURL:"{refresh_url(name)}{current}"}});'
        for position, name in enumerate(portlet_ids(layout))
    )
    return (
        '<div class="footer-wrapper"><div id="footer" class="clearfix"><p class="vetrang">'
        '<a href="#">| Về đầu trang |</a></p><div class="footleft">'
        f"<h3>{layout.name}</h3><p>&#272;&#7883;a ch&#7881;: s&#7889; 1 {layout.host}</p>"
        "</div></div></div>"
        f'<script src="{theme_path(layout)}/js/main.js" type="text/javascript"></script>'
        f'<script type="text/javascript">{calls}{widgets(layout)}</script>'
    )


def _column(name: str, width: str, content: str, *, first: bool) -> str:
    place = "first" if first else "last"
    return (
        f'<div class="portlet-column portlet-column-{place} {width}" id="{name}">'
        f'<div class="portlet-dropzone portlet-column-content portlet-column-content-{place}" '
        f'id="layout-column_{name}">{GAP}{content}</div></div>\n'
    )
