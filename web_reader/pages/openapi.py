"""What programs find here, as an OpenAPI document (3.1)."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Response

from web_reader.showing import as_json

if TYPE_CHECKING:
    from web_reader.reader_request import ReaderRequest

_TEXT = {"type": "string", "pattern": "^[^\\u0000]*$"}
_DAY = {
    "type": "string",
    "pattern": "^([12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?)?$",
    "description": "A year, month or day; also 17/8/2020 and 8/2020.",
}
_COUNT = {"type": "integer", "minimum": 1}
_PAGING = {
    "page": {"type": "integer", "minimum": 1, "maximum": 100},
    "limit": {"type": "integer", "minimum": 1, "maximum": 100},
}
_ONE = {"type": "integer", "enum": [1]}
_HIT = {
    "type": "object",
    "required": ["id", "site", "title", "url", "snippet", "tier", "score", "highlights"],
}
_ANSWER = {
    "type": "object",
    "required": ["query", "total", "as_typed", "exact", "beside", "notes", "facets", "hits"],
    "properties": {
        "total": {"type": "integer"},
        "hits": {"type": "array", "items": _HIT, "maxItems": 100},
    },
}
_LIST = {"type": "array", "items": {"type": "object"}}
_OBJECT = {"type": "object"}
_JSON, _CSV, _ATOM = "application/json", "text/csv", "application/atom+xml"
_SEARCH = {
    "q": {**_TEXT, "maxLength": 300},
    "from": _DAY,
    "to": _DAY,
    "site": {"type": "array", "items": _TEXT},
    "category": {"type": "array", "items": _TEXT},
    "file": _ONE,
    "exact": _ONE,
    "history": _ONE,
    "sort": {"type": "string", "enum": ["score", "newest", "oldest"]},
    **_PAGING,
}
_CHANGES = {
    "since": _DAY,
    "site": _TEXT,
    "event": {"type": "string", "enum": ["edited", "gone", "back"]},
    "gone": _ONE,
    **_PAGING,
}
_VERSION = {"version": _TEXT}
_DAYS = {"from": _DAY, "to": _DAY}

OPERATIONS: dict[str, tuple[str, dict[str, Any], str, dict[str, Any]]] = {
    "/search.json": ("Articles that match, in the order of the page.", _SEARCH, _JSON, _ANSWER),
    "/search.csv": ("The same as a table.", _SEARCH, _CSV, _TEXT),
    "/search.atom": ("The same as a feed.", _SEARCH, _ATOM, _TEXT),
    "/articles/{id}.json": ("An article, its files' text, its facts.", _VERSION, _JSON,
                            {"type": "object", "required": ["id", "title", "version", "facts"]}),
    "/articles/{id}/versions.json": ("Versions, changes, files, captures.", {}, _JSON, _OBJECT),
    "/articles/{id}/diff/{old}..{new}.json": ("Words removed and added.", {}, _JSON, _OBJECT),
    "/cite/{id}.json": ("A citation as CSL-JSON.", _VERSION, _JSON, _LIST),
    "/cite/{id}.bib": ("A citation as BibLaTeX.", _VERSION, "application/x-bibtex", _TEXT),
    "/cite/{id}.ris": ("A citation as RIS.", _VERSION,
                       "application/x-research-info-systems", _TEXT),
    "/cite/{id}.txt": ("A citation as text.", _VERSION, "text/plain", _TEXT),
    "/changes.json": ("Edits, what is gone, what is back, newest first.", _CHANGES, _JSON, _LIST),
    "/changes.csv": ("The same as a table.", _CHANGES, _CSV, _TEXT),
    "/changes.atom": ("The same as a feed.", _CHANGES, _ATOM, _TEXT),
    "/watches/{name}.json": ("What was told of a watch, the newest first.", _PAGING, _JSON, _LIST),
    "/watches/{name}.atom": ("The same as a feed.", {}, _ATOM, _TEXT),
    "/people.json": ("People and their posts.",
                     {"q": _TEXT, "post": _TEXT, "body": _TEXT, "elected": _ONE, **_PAGING},
                     _JSON, _LIST),
    "/people.csv": ("The evidence of the same.", {"q": _TEXT, **_PAGING}, _CSV, _TEXT),
    "/documents.json": ("Documents that are cited.",
                        {"q": _TEXT, "kind": _TEXT, "issuer": _TEXT, **_PAGING}, _JSON, _LIST),
    "/documents.csv": ("The evidence of the same.", {"q": _TEXT, **_PAGING}, _CSV, _TEXT),
    "/activities.json": ("Activities, the newest first.",
                         {"chair": _TEXT, "body": _TEXT, **_DAYS, **_PAGING}, _JSON, _LIST),
    "/activities.csv": ("The same as a table.", {**_DAYS, **_PAGING}, _CSV, _TEXT),
    "/promises.json": ("Promises and plans.", {**_DAYS, **_PAGING}, _JSON, _LIST),
    "/promises.csv": ("The same as a table.", {**_DAYS, **_PAGING}, _CSV, _TEXT),
    "/coverage.json": ("Months, and what listings announce.", {}, _JSON, _LIST),
    "/runs.json": ("The runs, the newest first.", _PAGING, _JSON, _LIST),
    "/runs.csv": ("The same as a table.", _PAGING, _CSV, _TEXT),
    "/runs/{number}.json": ("What a run brought.", {}, _JSON, _OBJECT),
    "/status.json": ("What is held.", {}, _JSON, _OBJECT),
    "/timegate/{url}": ("Memento TimeGate (RFC 7089).", {}, "text/html", _TEXT),
    "/timemap/link/{url}": ("Memento TimeMap.", {}, "application/link-format", _TEXT),
    "/timemap/json/{url}": ("The same as JSON.", {}, _JSON, _OBJECT),
    "/cdx": ("Captures as CDXJ lines, with pywb's parameters.", {
        "url": {**_TEXT, "minLength": 1},
        "matchType": {"type": "string", "enum": ["exact", "prefix", "host", "domain"]},
        "from": {"type": "string", "pattern": "^[0-9]{0,14}$"},
        "to": {"type": "string", "pattern": "^[0-9]{0,14}$"},
        "limit": {"type": "integer", "minimum": 1, "maximum": 10_000},
        "sort": {"type": "string", "enum": ["reverse"]},
        "closest": _TEXT,
        "filter": {"type": "array", "items": _TEXT},
        "fl": _TEXT,
        "output": {"type": "string", "enum": ["json"]},
    }, "text/x-cdxj", _TEXT),
    "/wacz/{id}.wacz": ("An article with its files as a WACZ, by ranges.", {},
                        "application/wacz+zip", _TEXT),
    "/healthz": ("Whether the archive can be read.", {}, "text/plain", _TEXT),
}  # fmt: skip
"""What each address gives: a sentence, its query, the media type, the shape of its content."""

_FAILURES = {
    "304": "Nothing has changed.",
    "400": "A value makes no sense.",
    "404": "It is not in the archive.",
    "451": "It is withheld.",
    "503": "Too many ask at once, or it takes too long; Retry-After says when to come again.",
}


def openapi(asked: ReaderRequest) -> Response:
    """The document."""
    return as_json(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "The HĐND archive",
                "version": version("hdnd-archive"),
                "description": "Read-only. Keys and column names are English in every language.",
            },
            "servers": [{"url": asked.whole(asked.options.prefix or "/")}],
            "paths": {address: {"get": _operation(address)} for address in OPERATIONS},
        }
    )


def _operation(address: str) -> dict[str, Any]:
    summary, query, media_type, schema = OPERATIONS[address]
    status = "302" if address.startswith("/timegate") else "200"
    types = (media_type, "application/x-ndjson") if address == "/cdx" else (media_type,)
    shapes = {one: {"schema": schema} for one in types}
    content = {} if status == "302" else {"content": shapes}
    return {
        "summary": summary,
        "parameters": [*_in_path(address), *_in_query(address, query)],
        "responses": {
            status: {"description": summary, **content},
            **{code: {"description": why} for code, why in _FAILURES.items()},
        },
    }


def _in_path(address: str) -> list[dict[str, Any]]:
    names = [part.partition("}")[0] for part in address.split("{")[1:]]
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": _COUNT if name == "number" else _TEXT,
        }
        for name in names
    ]


def _in_query(address: str, query: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "required": address == "/cdx" and name == "url", "schema": of}
        for name, of in query.items()
    ]
