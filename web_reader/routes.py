"""Every address of the reader and the page that answers at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from werkzeug.routing import BaseConverter, Map, Rule
from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from web_reader.reader_request import ReaderRequest


Page = Callable[..., Response]


class DigestConverter(BaseConverter):
    """A digest, or how one begins."""

    regex = "[0-9a-fA-F]{1,64}"


_TABLES = (".json", ".csv")
_FEEDS = (".json", ".csv", ".atom")
_JSON = (".json",)
_CITATIONS = (".txt", ".bib", ".ris", ".json")

_PAGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("/", "front.front", ()),
    ("/search", "search.search", _FEEDS),
    ("/articles/<id>", "articles.article", ()),
    ("/articles/<id>/files/<int:number>", "articles.file", ()),
    ("/articles/<id>/versions", "versions.versions", _JSON),
    ("/articles/<id>/diff/<digest:old>..<digest:new>", "versions.diff", _JSON),
    ("/cite/<name:id>", "citations.cite", _CITATIONS),
    ("/changes", "changes.changes", _FEEDS),
    ("/watches", "watches.every", ()),
    ("/watches/<name:name>", "watches.one", (".json", ".atom")),
    ("/people", "council.people", _TABLES),
    ("/documents", "council.documents", _TABLES),
    ("/activities", "council.activities", _TABLES),
    ("/promises", "council.promises", _TABLES),
    ("/coverage", "keeping.coverage", _JSON),
    ("/runs", "keeping.runs", _TABLES),
    ("/runs/<int:number>", "keeping.run", _JSON),
    ("/status", "keeping.status", _JSON),
    ("/help", "helping.help_", ()),
    ("/help/search", "helping.help_", ()),
    ("/about", "helping.about", ()),
    ("/api", "helping.api", ()),
    ("/replay/<stamp>/<path:url>", "replaying.replayed", ()),
    ("/timegate/<path:url>", "protocols.timegate", ()),
    ("/timemap/<any(link,json):form>/<path:url>", "protocols.timemap", ()),
    ("/wacz/<name:id>.wacz", "protocols.wacz", ()),
    ("/cdx", "protocols.cdx", ()),
    ("/openapi.json", "openapi.openapi", ()),
    ("/static/<name>", "service.static", ()),
    ("/healthz", "service.healthz", ()),
    ("/robots.txt", "service.robots", ()),
    ("/opensearch.xml", "service.opensearch", ()),
)
"""Each address, its page (a function of a module of `pages`), and the forms beside HTML."""


class NameConverter(BaseConverter):
    """An article's id: what it ends with is no form of the page."""

    regex = "[^/.]+"


def _loaded(name: str) -> Page:
    """A page whose module is loaded when it is first asked for: what reads the council's facts or
    parses captured pages takes memory that a reader at rest need not have."""
    module, _, function = name.partition(".")

    def page(asked: ReaderRequest, **values: Any) -> Response:
        found: Page = getattr(import_module(f"web_reader.pages.{module}"), function)
        return found(asked, **values)

    return page


def _rules() -> Iterator[Rule]:
    for address, name, forms in _PAGES:
        page = _loaded(name)
        yield Rule(address, endpoint=page)
        for form in forms:
            yield Rule(address + form, endpoint=page, defaults={"form": form})


ROUTES = Map(
    list(_rules()),
    converters={"digest": DigestConverter, "name": NameConverter},
    strict_slashes=False,
    merge_slashes=False,
    redirect_defaults=False,
)
