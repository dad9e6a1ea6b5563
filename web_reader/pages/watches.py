"""Watches: what is new for each kept search, as a page and a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from werkzeug.wrappers import Response

from hdnd.messages.catalogues import translations
from hdnd.messages.stored import stored_words
from hdnd.usecases.watch_files import watch, watches
from hdnd.usecases.watching import shown_events
from hdnd.views.watch import event_json
from web_reader.showing import as_atom, as_json, html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hdnd.views.watch import Watch, WatchEvent
    from web_reader.reader_request import ReaderRequest

_IN_A_FEED = 100


def every(asked: ReaderRequest) -> Response:
    """The watches that are kept."""
    return html(asked, "watches.html", watches=watches(asked.home))


def one(asked: ReaderRequest, name: str, form: str = "") -> Response:
    """What was told of a watch, the newest first."""
    known, events = watch(asked.home, name), shown_events(asked.home, name)
    page, limit = asked.page_of(50)
    if form == ".atom":
        return as_atom(asked, known.name, _entries(asked, known, events))
    cut = events[limit * (page - 1) : limit * page]
    if form == ".json":
        return as_json([event_json(event) for event in cut])
    pages = -(-len(events) // limit)
    asked.require_page(page, pages)
    return html(
        asked, "watch.html", watch=known, events=cut, total=len(events), page=page, pages=pages,
        said=_said(asked),
    )  # fmt: skip


def _said(asked: ReaderRequest) -> dict[str, str]:
    _ = translations(asked.language).gettext
    return {
        "new": _("a new article"),
        "matches": _("now matches"),
        "removed": _("words removed"),
        "edited": _("edited"),
        "gone": _("gone from its site"),
        "back": _("back on its site"),
    }


def _entries(
    asked: ReaderRequest, known: Watch, events: Sequence[WatchEvent]
) -> list[dict[str, Any]]:
    is_list = len(known.queries) > 1
    return [_entry(asked, one, is_list=is_list) for one in events[:_IN_A_FEED]]


def _entry(asked: ReaderRequest, event: WatchEvent, *, is_list: bool) -> dict[str, Any]:
    said = _said(asked)[event.kind.value]
    if event.query and is_list:
        said = f"{said}: {event.query}"
    text = stored_words(event.detail, asked.language) or event.snippet
    return {
        "id": f"{asked.link('articles', event.article)}#{event.key.replace(' ', '_')}",
        "link": asked.link("articles", event.article, "versions")
        if event.kind.value != "new"
        else asked.link("articles", event.article),
        "title": f"{event.title} ({said})",
        "updated": event.found,
        "summary": Markup("<p>{}</p><p>{}</p>").format(said, text),
    }
