"""Silent edits, disappearances and returns, by the day on which they were found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from archive.ground.errors import UsageError, Withheld
from hdnd.messages.catalogues import translations
from hdnd.usecases import reading
from hdnd.views.change import Edit, change_json, event_of
from hdnd.views.difference import Comparison, is_change
from indexer.language.periods import period
from web_reader.formats import day
from web_reader.showing import as_atom, as_csv, as_json, html

if TYPE_CHECKING:
    from hdnd.views.change import PresenceChange
    from web_reader.reader_request import ReaderRequest

_COLUMNS = ("event", "article", "site", "title", "found_at", "after", "kinds", "file", "old", "new")
_LINES = 3
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
        (name, [(change, event_of(change), list(_lines(asked, change))) for change in of_day])
        for name, of_day in groupby(cut, key=lambda change: day(change.found_at))
    ]
    return html(
        asked,
        "changes.html",
        days=days,
        total=len(found),
        page=page,
        pages=-(-len(found) // limit),
        events=_EVENTS,
    )


def _chosen(asked: ReaderRequest) -> list[Edit | PresenceChange]:
    site, event = asked.value("site") or None, asked.value("event")
    if event and event not in _EVENTS:
        raise BadRequest("event: " + ", ".join(_EVENTS))
    since = datetime.min.replace(tzinfo=UTC)
    if typed := asked.value("since"):
        try:
            bounds = period(typed)
        except ValueError:
            bounds = None
        if bounds is None:
            raise BadRequest("since: 17/8/2020, 8/2020, 2020")
        since = datetime.combine(bounds[0], datetime.min.time(), UTC)
    found: list[Edit | PresenceChange]
    if asked.flag("gone"):
        found = [*reading.gone_articles(asked.home, since=since, site=site)]
    else:
        found = reading.changes(asked.home, since=since, site=site)
    return [change for change in reversed(found) if not event or event_of(change) == event]


def _lines(asked: ReaderRequest, change: Edit | PresenceChange) -> Iterator[tuple[str, str]]:
    """The first words that were removed and added by an edit of an article."""
    if not isinstance(change, Edit) or change.file:
        return
    compared = _compared(asked, change)
    pieces = (
        (piece.removed.strip(), piece.added.strip())
        for made in (compared.difference.changes if compared else ())
        for piece in made.pieces
        if is_change(piece, made)
    )
    for (removed, added), _ in zip(pieces, range(_LINES), strict=False):
        yield removed[:300], added[:300]


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
    for removed, added in _lines(asked, change):
        summary += Markup("<p><del>{}</del> <ins>{}</ins></p>").format(removed, added)
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
