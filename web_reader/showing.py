"""The forms in which a page gives what it shows: HTML, JSON, CSV, Atom."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Response

from hdnd.views.spreadsheet import csv_lines
from web_reader.formats import shown
from web_reader.templates import rendered

if TYPE_CHECKING:
    from web_reader.reader_request import ReaderRequest

_BOM = "\ufeff"


def html(asked: ReaderRequest, template: str, **values: Any) -> Response:
    """A page from a template."""
    text = rendered(asked.language, template, {"asked": asked, **values})
    return Response(text, content_type="text/html; charset=utf-8")


def as_json(value: Any, status: int = 200) -> Response:
    """One JSON document."""
    text = json.dumps(value, ensure_ascii=False)
    return Response(text, status, content_type="application/json; charset=utf-8")


def as_csv(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A table that spreadsheets open as it is: UTF-8 with a mark, no text acts as a formula."""
    cleaned = ([shown(v) if isinstance(v, str) else v for v in row] for row in rows)
    response = Response(
        _BOM + csv_lines([header, *cleaned]), content_type="text/csv; charset=utf-8; header=present"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def as_atom(asked: ReaderRequest, title: str, entries: Sequence[Mapping[str, Any]]) -> Response:
    """A feed (RFC 4287). An entry has `id`, `link`, `title`, `updated`, and `summary` in HTML.

    What has no time of its own, an empty feed too, has that of the archive's last change.
    """
    values = {"title": title, "entries": entries, "changed": asked.archive.changed_at().isoformat()}
    text = rendered(asked.language, "feed.atom", {"asked": asked, **values})
    return Response(text, content_type="application/atom+xml; charset=utf-8")
