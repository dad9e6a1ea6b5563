"""Silent edits, disappearances and returns, by the day on which they were found."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from werkzeug.wrappers import Response

from archive.ground.errors import UsageError, Withheld
from hdnd.messages.catalogues import translations
from hdnd.usecases import reading
from hdnd.views.change import Edit, change_json, event_of, found_in
from hdnd.views.difference import Comparison
from web_reader.differences import ADDED, REMOVED, Stretch, excerpt
from web_reader.formats import VIETNAM, day, shown
from web_reader.showing import as_atom, as_csv, as_json, html

if TYPE_CHECKING:
    from hdnd.views.change import PresenceChange
    from web_reader.reader_request import ReaderRequest

_COLUMNS = ("event", "article", "site", "title", "found_at", "after", "kinds", "file", "old", "new")
_EXCERPTS = 3
_AS_HTML = {
    "": Markup("{}"),
    REMOVED: Markup("<del>{}</del>"),
    ADDED: Markup("<ins>{}</ins>"),
}
_EVENTS = ("edited", "gone", "back")


def changes(asked: ReaderRequest, form: str = "") -> Response:
    """The newest first; of one site, of one kind, since a day, or what is gone now."""
    found = _chosen(asked)
    page, limit = asked.page_of(30)
    cut = found[limit * (page - 1) : limit * page]
    if form == ".json":
        return as_json([change_json(change) for change in cut])
    if form == ".csv":
        rows = (change_json(change) for change in cut)
        return as_csv("changes", _COLUMNS, ([_cell(row.get(c)) for c in _COLUMNS] for row in rows))
    if form == ".atom":
        _ = translations(asked.language).gettext
        return as_atom(asked, _("Silent edits"), [_entry(asked, change) for change in cut])
    days = [
        (name, [(change, event_of(change), _excerpts(asked, change)) for change in of_day])
        for name, of_day in groupby(cut, key=lambda one: found_in(one) or day(one.found_at))
    ]
    pages = -(-len(found) // limit)
    asked.require_page(page, pages)
    return html(
        asked,
        "changes.html",
        days=days,
        total=len(found),
        page=page,
        pages=pages,
        events=_EVENTS,
    )


def _chosen(asked: ReaderRequest) -> list[Edit | PresenceChange]:
    site, event = asked.value("site") or None, asked.choice("event", _EVENTS)
    day_asked, _ = asked.days("since")
    since = datetime.min.replace(tzinfo=UTC)
    if day_asked:
        since = datetime.combine(day_asked, datetime.min.time(), VIETNAM)
    found: list[Edit | PresenceChange]
    if asked.flag("gone"):
        found = [*reading.gone_articles(asked.home, since=since, site=site)]
    else:
        found = reading.changes(asked.home, since=since, site=site)
    return [change for change in reversed(found) if not event or event_of(change) == event]


def _excerpts(asked: ReaderRequest, change: Edit | PresenceChange) -> list[list[Stretch]]:
    """The first differences that an edit of an article made, with the words around them."""
    if not isinstance(change, Edit) or change.file:
        return []
    compared = _compared(asked, change)
    made = compared.difference.changes[:_EXCERPTS] if compared else ()
    return [list(excerpt(one)) for one in made]


def _compared(asked: ReaderRequest, change: Edit) -> Comparison | None:
    try:
        history = reading.article_history(asked.home, change.article)
        return reading.compare_versions(history, (change.old, change.new))
    except (UsageError, Withheld):
        return None


def _entry(asked: ReaderRequest, change: Edit | PresenceChange) -> dict[str, Any]:
    _ = translations(asked.language).gettext
    names = {
        "edited": _("edited"),
        "gone": _("gone from its site"),
        "back": _("back on its site"),
    }
    summary = Markup("<p>{}</p>").format(names[event_of(change)])
    for stretches in _excerpts(asked, change):
        marked = (_AS_HTML[one.kind].format(shown(one.text)) for one in stretches)
        summary += Markup("<p>{}</p>").format(Markup("").join(marked))
    if isinstance(change, Edit) and not change.file:
        link = asked.link("articles", change.article, "diff", f"{change.old}..{change.new}")
        name = f"{change.old}..{change.new}@{change.found_at:%Y%m%dT%H%M%S}"
    else:
        link = asked.link("articles", change.article, "versions")
        name = f"{event_of(change)}@{change.found_at:%Y%m%dT%H%M%S}"
    return {
        "id": f"{asked.link('articles', change.article)}#{name}",
        "link": link,
        "title": f"{change.title} ({names[event_of(change)]})",
        "updated": change.found_at.isoformat(),
        "summary": summary,
    }


def _cell(value: Any) -> object:
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else value
