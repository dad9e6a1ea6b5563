"""The first page: one field, what is held, what happened lately."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from hdnd.usecases.reading import changes, status
from hdnd.views.change import found_in
from web_reader.formats import day
from web_reader.showing import html

if TYPE_CHECKING:
    from web_reader.reader_request import ReaderRequest

_NEWEST = 5
_EXAMPLES = ('"tiếp xúc cử tri"', "giam sat phong chay", "nước sạch -covid")
"""A phrase, words without marks, words but one."""


def front(asked: ReaderRequest) -> Response:
    """The first page."""
    held = status(asked.home, of_cluster=False)
    found = changes(asked.home, since=datetime.min.replace(tzinfo=UTC))
    return html(
        asked,
        "front.html",
        held=held,
        examples=_EXAMPLES,
        newest=[(one, found_in(one) or day(one.found_at)) for one in found[: -_NEWEST - 1 : -1]],
    )
