"""What is served beside the pages: style, health, a word to robots."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from web_reader.templates import rendered

if TYPE_CHECKING:
    from web_reader.reader_request import ReaderRequest

_KINDS = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}


def static(asked: ReaderRequest, name: str) -> Response:
    """A file that is part of the program."""
    kind, content = _static(name)
    response = Response(content, content_type=kind)
    response.headers["Cache-Control"] = "max-age=3600"
    return response


@lru_cache
def _static(name: str) -> tuple[str, bytes]:
    held = {one.name: one for one in (files("web_reader") / "static").iterdir()}
    kind = _KINDS.get(name.rpartition(".")[2])
    if name not in held or kind is None:
        raise NotFound
    return kind, held[name].read_bytes()


def healthz(asked: ReaderRequest) -> Response:
    """Whether the archive can be read: for those who watch the service."""
    from hdnd.usecases.reading import runs

    runs(asked.home)
    with asked.archive.searching():
        return Response("ok\n", content_type="text/plain; charset=utf-8")


def opensearch(asked: ReaderRequest) -> Response:
    """A description by which browsers offer the search in their own field (OpenSearch 1.1)."""
    text = rendered(asked.language, "opensearch.xml", {"asked": asked})
    return Response(text, content_type="application/opensearchdescription+xml; charset=utf-8")


def robots(asked: ReaderRequest) -> Response:
    """The archive is for people; search engines have no business in captures and searches."""
    text = "User-agent: *\n" + "".join(
        f"Disallow: {asked.options.prefix}{path}\n"
        for path in ("/search", "/replay/", "/timegate/", "/timemap/", "/cdx", "/wacz", "/api/")
    )
    return Response(text, content_type="text/plain; charset=utf-8")
