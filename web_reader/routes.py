"""Every address of the reader and the page that answers at it."""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Response

from web_reader.pages import articles, front, service
from web_reader.pages import search as searching

Page = Callable[..., Response]

_PAGES: tuple[tuple[str, Page], ...] = (
    ("/", front.front),
    ("/search", searching.search),
    ("/search<any('.json','.csv','.atom'):form>", searching.search),
    ("/articles/<id>", articles.article),
    ("/articles/<id>/files/<int:number>", articles.file),
    ("/static/<name>", service.static),
    ("/healthz", service.healthz),
    ("/robots.txt", service.robots),
)

ROUTES = Map(
    [Rule(rule, endpoint=page) for rule, page in _PAGES],
    strict_slashes=False,
    merge_slashes=False,
)
