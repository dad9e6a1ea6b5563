"""The portal's pages: front page, listings, articles, and what is not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape
from urllib.parse import quote

from crawler.sample_portal.addresses import (
    article_path,
    attachment_path,
    image_path,
    page_query,
    print_path,
)
from crawler.sample_portal.articles import SampleArticle
from crawler.sample_portal.body import article_body, named_entities
from crawler.sample_portal.chrome import PageRequest, bare_frame, breadcrumb, frame
from crawler.sample_portal.layout import Language
from crawler.sample_portal.shelf import Shelf
from crawler.sample_portal.wrapping import portlet

PAGE_SIZE = 20
RELATED = 6
SUMMARY_LENGTH = 180
PAGES_IN_MENU = 15


class PortalPages:
    """Renders the articles of a shelf. `views` tells an article's count at this moment."""

    def __init__(self, shelf: Shelf, views: Callable[[SampleArticle], int]) -> None:
        self._shelf = shelf
        self._views = views

    def front(self, visit: PageRequest) -> str:
        """The page at `/`: the newest headlines of every category."""
        boxes = []
        for slug, label in visit.layout.categories.items():
            items = "".join(
                f"<li>{self._link(visit, slug, one)}</li>\n" for one in self._shelf.newest(slug)[:5]
            )
            boxes.append(
                portlet(f"77_INSTANCE_{slug}", "front-news", f"<ul>{items}</ul>", title=label)
            )
        return frame(visit, visit.language.home, (), "".join(boxes))

    def listing(self, visit: PageRequest, category: str, cur: int, tail: str = "") -> str:
        """Page `cur` of a category; beyond the end it is the last page.

        With a `tail` it is the page served at an article's URL that ends in these languages: its
        links are relative and grow by one more.
        """
        label = visit.layout.categories[category]
        articles = self._shelf.newest(category)
        last = max(1, -(-len(articles) // PAGE_SIZE))
        cur = min(cur, last)
        start = (cur - 1) * PAGE_SIZE
        shown = articles[start : start + PAGE_SIZE]
        items = "".join(self._item(visit, category, one, tail) for one in shown)
        content = items or f'<div class="alert alert-info">{visit.language.nothing}</div>'
        if last > 1:
            content += _pager(visit, cur, last, len(articles), start + 1, start + len(shown))
        box = portlet(visit.layout.portlet, "portlet-asset-publisher", content, title=label)
        alternates = [
            ("en-US", f"{visit.path}/en" if tail else f"/en{visit.path}"),
            ("x-default", visit.path),
            ("vi-VN", f"{visit.path}/vi" if tail else visit.path),
        ]
        return frame(visit, label, alternates, breadcrumb(visit, label) + box)

    def article(
        self, visit: PageRequest, category: str, article: SampleArticle, portlet_id: str
    ) -> str:
        """An article's own page in the portlet of this id."""
        label = visit.layout.categories[category]
        content = self._content(visit, article, portlet_id)
        content += _actions(visit, self._print_path(visit, category, article), portlet_id)
        content += self._related(visit, category, article)
        box = portlet(portlet_id, "portlet-asset-publisher", f"<div>{content}</div>")
        alternates = [
            ("en-US", f"{visit.path}/en"),
            ("x-default", visit.path),
            ("vi-VN", f"{visit.path}/vi"),
        ]
        return frame(
            visit, f"{article.title} - {label}", alternates, breadcrumb(visit, label) + box
        )

    def printed(
        self, visit: PageRequest, category: str, article: SampleArticle, portlet_id: str
    ) -> str:
        """An article as it is shown for printing."""
        label = visit.layout.categories[category]
        box = portlet(
            portlet_id, "portlet-asset-publisher", self._content(visit, article, portlet_id)
        )
        return bare_frame(visit, f"{article.title} - {label}", box)

    def missing(self, visit: PageRequest) -> str:
        """The page that says that there is none."""
        text = (
            '<h3 class="alert alert-error">Not Found</h3>'
            f"<div>{visit.language.not_found}</div><code>{escape(visit.base + visit.url)}</code>"
        )
        return frame(visit, "Status", (), text)

    def _item(self, visit: PageRequest, category: str, article: SampleArticle, tail: str) -> str:
        href = escape(self._listed_href(visit, category, article, tail))
        image = ""
        if article.images:
            source = escape(image_path(article.asset_id, 0, visit.tick))
            linked = f'<a href="{href}"><img src="{source}" alt=""/></a>'
            image = f'<div class="asset-image"> {linked} </div>'
        margin = "" if image else ' style="margin-left: 0"'
        title, stamp = escape(article.title, quote=False), self._stamp(visit, article)
        return (
            '<div class="asset-bounddary">\n\t<div class="asset-abstract ">\n'
            '\t\t<!-- <div class="asset_actions_custom_style"> </div> -->\n'
            f'\t\t<div class="asset-content normal-news">{image}'
            f'<div class="asset-content-custom"{margin} >\n'
            f'\t\t\t<h3 class="asset-title"> <a href="{href}">{title}</a> </h3>\n'
            f'\t\t\t<div class="assetPublishDate block_timer">\n{stamp}\n\t\t\t</div>\n'
            f'\t\t\t<div class="asset-summary">\n\t\t\t\t{_summary(article)}\n\t\t\t</div>\n'
            '\t\t</div> </div>\n\t\t<div class="asset-metadata"> </div>\n\t</div>\n</div>\n'
        )

    def _listed_href(
        self, visit: PageRequest, category: str, article: SampleArticle, tail: str
    ) -> str:
        path = self._path(visit, category, article)
        if tail:
            return "../" * tail.count("/") + path.rsplit("/", 1)[1] + tail + tail[-3:]
        if article.asset_id % 7 == 1:
            return f"{path};jsessionid={visit.session}"
        if article.asset_id % 7 == 2:
            return f"{path}?inheritRedirect=false"
        if article.asset_id % 7 == 3:
            return f"{path}?redirect={quote(visit.url, safe='')}"
        return path

    def _content(self, visit: PageRequest, article: SampleArticle, portlet_id: str) -> str:
        body = article_body(
            article,
            lambda index: image_path(article.asset_id, index, visit.tick),
            lambda index: attachment_path(visit.layout, article, index),
        )
        return (
            f'<div class="asset-full-content-title">{escape(article.title, quote=False)}</div>\n\n'
            f'<div class="assetPublishDate block_timer">\n{self._stamp(visit, article)}\n</div>\n\n'
            '<div class="asset-full-content  show-asset-title">\n'
            f'<div class="asset-content" id="_{portlet_id}_{article.asset_id}">\n'
            '<div class="sapo-wrapper clearfix">\n\t<p class="sapo">\n'
            f"\t\t<strong>{escape(article.lead, quote=False)}</strong>\n\t</p>\n</div>\n"
            f'<div class="journal-content-article">\n\t{body}\n'
            '<p align="right" class="view-content-author"> <strong><em>'
            f"{escape(article.author, quote=False)}</em></strong> </p>\n</div>\n</div>\n</div>\n"
        )

    def _stamp(self, visit: PageRequest, article: SampleArticle) -> str:
        moment = article.published_at
        if moment is None:
            return ""
        day = f"{moment:%d/%m/%Y} | "
        if article.views is None:
            return f"\t\t\t{day}{moment:%I:%M %p}"
        clock = _clock(moment, visit.language, article.asset_id)
        views = f"{visit.language.views}: {self._views(article)}"
        return f"\t\t\tNgày đăng\n\t\t\t{day}{clock}\n\t\t\t&nbsp;|&nbsp;{views}"

    def _related(self, visit: PageRequest, category: str, article: SampleArticle) -> str:
        others = [
            one
            for one in self._shelf.newest(category)[: RELATED + 1]
            if one.asset_id != article.asset_id
        ]
        items = "".join(
            f"<li>{self._link(visit, category, one)}</li>\n" for one in others[:RELATED]
        )
        return (
            '<div class="related_asset">\n\t<div class="related_asset_title">'
            f"{visit.language.related}</div>\n"
            f'\t<ul class="related_asset_list">{items}</ul>\n</div>\n'
        )

    def _link(self, visit: PageRequest, category: str, article: SampleArticle) -> str:
        href = escape(self._path(visit, category, article))
        return f'<a href="{href}">{escape(article.title, quote=False)}</a>'

    def _path(self, visit: PageRequest, category: str, article: SampleArticle) -> str:
        slug = self._shelf.slug(article.asset_id)
        return article_path(visit.layout, category, article.asset_id, slug)

    def _print_path(self, visit: PageRequest, category: str, article: SampleArticle) -> str:
        slug = self._shelf.slug(article.asset_id)
        return print_path(visit.layout, category, article.asset_id, slug)


def _clock(moment: datetime, language: Language, asset_id: int) -> str:
    if language.twelve_hours:
        hour = str(moment.hour % 12 or 12) if asset_id % 5 == 0 else f"{moment:%I}"
        return f"{hour}:{moment:%M %p}"
    if asset_id % 6 == 0:
        return f"{moment:%I:%M} {'SA' if moment.hour < 12 else 'CH'}"
    return f"{moment:%H:%M}"


def _summary(article: SampleArticle) -> str:
    text = article.lead or article.paragraphs[0]
    if len(text) > SUMMARY_LENGTH:
        text = text[:SUMMARY_LENGTH].rsplit(" ", 1)[0] + "..."
    return named_entities(text)


def _actions(visit: PageRequest, printed: str, portlet_id: str) -> str:
    mark = visit.session[:4].lower()
    return (
        '<div class="asset-control-detail"> <span class="print-action" > '
        f'<a href="{escape(printed)}" target="_blank" class=" taglib-icon" '
        f'id="_{portlet_id}_{mark}_1" > '
        f'<span class="taglib-text ">{visit.language.print}</span> </a> </span> '
        f'<span class="mailto-action" > <a href="mailto:" class=" taglib-icon" '
        f'id="_{portlet_id}_{mark}_2" > <span class="taglib-text ">{visit.language.mail}</span> '
        "</a> </span> </div>\n"
    )


def _pager(
    visit: PageRequest, cur: int, last: int, total: int, first_shown: int, last_shown: int
) -> str:
    words = visit.language
    showing = words.showing.format(first=first_shown, last=last_shown, total=total)
    buttons = "".join(
        (
            _button(visit, f"&larr; {words.first}", 1 if cur > 1 else None, " first"),
            _button(visit, words.previous, cur - 1 if cur > 1 else None, ""),
            _button(visit, words.next, cur + 1 if cur < last else None, ""),
            _button(visit, f"{words.last} &rarr;", last if cur < last else None, " last"),
        )
    )
    choices = "".join(
        f'<li class="custom-paging" role="presentation"> <a href="{_page_href(visit, number)}" '
        f'class=" taglib-icon" role="menuitem" > <span class="taglib-text-icon">{number}</span> '
        "</a> </li> "
        for number in range(1, min(last, PAGES_IN_MENU) + 1)
    )
    return (
        '<div class="taglib-page-iterator"> <div class="clearfix lfr-pagination"> '
        '<div class="lfr-pagination-config"> <div class="lfr-pagination-page-selector"> '
        f'<ul class="dropdown-menu lfr-menu-list direction-down"> {choices}</ul> </div> '
        f'<div class="lfr-pagination-delta-selector"> {words.page} </div> </div> '
        f'<small class="search-results"> {showing} </small> '
        f'<ul class="pager lfr-pagination-buttons"> {buttons}</ul> </div> </div>'
    )


def _button(visit: PageRequest, label: str, cur: int | None, place: str) -> str:
    href = "javascript:;" if cur is None else _page_href(visit, cur)
    state = "disabled" if cur is None else ""
    return f'<li class="{state}{place}"> <a href="{href}" target="_self"> {label} </a> </li> '


def _page_href(visit: PageRequest, cur: int) -> str:
    return escape(f"{visit.base}{visit.path}?{page_query(visit.layout, cur)}")
