"""Every address of the reader and the page that answers at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from werkzeug.routing import BaseConverter, Map, Rule
from werkzeug.wrappers import Response

from web_reader.pages import (
    articles,
    changes,
    citations,
    council,
    front,
    helping,
    keeping,
    openapi,
    protocols,
    replaying,
    service,
    versions,
    watches,
)
from web_reader.pages import search as searching

Page = Callable[..., Response]


class DigestConverter(BaseConverter):
    """A digest, or how one begins."""

    regex = "[0-9a-fA-F]{1,64}"


_TABLES = (".json", ".csv")
_FEEDS = (".json", ".csv", ".atom")
_JSON = (".json",)
_CITATIONS = (".txt", ".bib", ".ris", ".json")

_PAGES: tuple[tuple[str, Page, tuple[str, ...]], ...] = (
    ("/", front.front, ()),
    ("/search", searching.search, _FEEDS),
    ("/articles/<id>", articles.article, ()),
    ("/articles/<id>/files/<int:number>", articles.file, ()),
    ("/articles/<id>/versions", versions.versions, _JSON),
    ("/articles/<id>/diff/<digest:old>..<digest:new>", versions.diff, _JSON),
    ("/cite/<name:id>", citations.cite, _CITATIONS),
    ("/changes", changes.changes, _FEEDS),
    ("/watches", watches.every, ()),
    ("/watches/<name:name>", watches.one, (".json", ".atom")),
    ("/people", council.people, _TABLES),
    ("/documents", council.documents, _TABLES),
    ("/activities", council.activities, _TABLES),
    ("/promises", council.promises, _TABLES),
    ("/coverage", keeping.coverage, _JSON),
    ("/runs", keeping.runs, _TABLES),
    ("/runs/<int:number>", keeping.run, _JSON),
    ("/status", keeping.status, _JSON),
    ("/help", helping.help_, ()),
    ("/help/search", helping.help_, ()),
    ("/about", helping.about, ()),
    ("/api", helping.api, ()),
    ("/replay/<stamp>/<path:url>", replaying.replayed, ()),
    ("/timegate/<path:url>", protocols.timegate, ()),
    ("/timemap/<any(link,json):form>/<path:url>", protocols.timemap, ()),
    ("/wacz/<name:id>.wacz", protocols.wacz, ()),
    ("/cdx", protocols.cdx, ()),
    ("/openapi.json", openapi.openapi, ()),
    ("/static/<name>", service.static, ()),
    ("/healthz", service.healthz, ()),
    ("/robots.txt", service.robots, ()),
    ("/opensearch.xml", service.opensearch, ()),
)
"""Each address, its page, and the forms beside HTML that it comes in."""


class NameConverter(BaseConverter):
    """An article's id: what it ends with is no form of the page."""

    regex = "[^/.]+"


def _rules() -> Iterator[Rule]:
    for address, page, forms in _PAGES:
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
