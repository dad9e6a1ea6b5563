"""Help: how to search, what this archive is, what programs find here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from hdnd.usecases.reading import status
from web_reader.showing import html

if TYPE_CHECKING:
    from web_reader.reader_request import ReaderRequest

_LANGUAGE = (
    ("tiep xuc cu tri", "words"),
    ('"cây xanh"', "phrase"),
    ("nước sạch -covid", "without"),
    ("=bán đất", "exact"),
    ("giám sát OR khảo sát", "either"),
    ('"hồ Ngọc Lâm"~3', "near"),
    ("title:kỳ họp", "title"),
    ("attachment:dự toán", "file"),
    ("25/5/2020", "day"),
    ("17/NQ-HĐND", "number"),
    ("HĐND", "abbreviation"),
)
"""What can be typed, and what it shows."""


def help_(asked: ReaderRequest) -> Response:
    """How to search and read."""
    return html(asked, "help.html", examples=_LANGUAGE)


def about(asked: ReaderRequest) -> Response:
    """What this archive is."""
    return html(asked, "about.html", held=status(asked.home, of_cluster=False))


def api(asked: ReaderRequest) -> Response:
    """What programs find here."""
    return html(asked, "api.html")
