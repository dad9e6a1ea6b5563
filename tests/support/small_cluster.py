"""A node that keeps what it is given as OpenSearch does, and finds all of it whatever is asked.

Enough for what can be tested of a client without a cluster: which requests are made, and what
becomes of answers that are not as they should be. `alter` may change each answer.
"""

from __future__ import annotations

import fnmatch
import json
import re
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from support.byte_server import ByteServer

Told = tuple[int, Any]
OPENSEARCH = {"version": {"distribution": "opensearch", "number": "3.9.0"}}
SHARDS = {"total": 1, "successful": 1, "failed": 0}


def missing(index: str) -> Told:
    reason = f"no such index [{index}]"
    return 404, {"error": {"type": "index_not_found_exception", "reason": reason}, "status": 404}


class SmallCluster(ByteServer):
    """Serves while it is entered. `asked` has all requests, as method and path.

    The answers to `lost` ones, as method and path, are lost after the deed, each once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.indexes: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        self.lost: list[str] = []
        self.lost_so_far: list[str] = []
        self.alter: Callable[[str, Any], Any] = lambda path, value: value
        self.before: Callable[[str], object] = lambda path: None

    @property
    def url(self) -> str:
        return f"opensearch://{self.host}/small"

    def make(self, name: str, body: dict[str, Any] | None = None) -> None:
        """An index, as somebody makes it."""
        about = body or {}
        self.indexes[name] = {
            "aliases": dict(about.get("aliases", {})),
            "mappings": dict(about.get("mappings", {})),
            "documents": {},
            "changes": {},
        }

    def named(self, name: str) -> list[str]:
        """The indexes that a name or a pattern leads to."""
        return sorted(
            index
            for index, about in self.indexes.items()
            if any(fnmatch.fnmatchcase(one, name) for one in (index, *about["aliases"]))
        )

    def answer(self, connection: socket.socket, request: bytes) -> None:
        head, _, body = request.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: *(\d+)", head)
        while length and len(body) < int(length[1]):
            body += connection.recv(65536)
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        self.asked.append(f"{method} {target}")
        self.before(target)
        status, value = self._told(method, target, body.decode())
        for pattern in [one for one in self.lost if re.match(one, f"{method} {target}")]:
            self.lost.remove(pattern)
            self.lost_so_far.append(f"{method} {target}")
            return
        said = json.dumps(self.alter(target, value) if status < 300 else value).encode()
        connection.sendall(
            f"HTTP/1.1 {status} x\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(said)}\r\nConnection: close\r\n\r\n".encode()
            + said
        )

    def _told(self, method: str, target: str, body: str) -> Told:
        split = urlsplit(target)
        first, _, rest = split.path[1:].partition("/")
        given = {name: values[0] for name, values in parse_qs(split.query).items()}
        match method, first, rest:
            case "GET", "", "":
                return 200, OPENSEARCH
            case "GET", "_alias", alias:
                found = {
                    index: {"aliases": {alias: {}}}
                    for index, about in self.indexes.items()
                    if alias in about["aliases"]
                }
                return (200, found) if found else (404, {"error": "missing", "status": 404})
            case "POST", "_aliases", "":
                return self._give_names(json.loads(body)["actions"])
            case _, "_cluster", _:
                return 200, {"status": "green"}
            case "POST", "_msearch", "":
                lines = [json.loads(line) for line in body.splitlines()]
                pairs = zip(lines[::2], lines[1::2], strict=True)
                answers = [self._search(pair[0]["index"], pair[1]) for pair in pairs]
                return 200, {"responses": answers}
            case "PUT", name, "" if name in self.indexes:
                kind, reason = "resource_already_exists_exception", f"index [{name}] already exists"
                return 400, {"error": {"type": kind, "reason": reason}, "status": 400}
            case "PUT", name, "":
                self.make(name, json.loads(body))
                return 200, {"acknowledged": True}
            case "POST", name, "_bulk":
                return 200, {"items": [*self._put_all(name, body, given)]}
        found_names = [one for name in first.split(",") for one in self.named(name)]
        if not found_names and not ("*" in first or "ignore_unavailable" in given):
            return missing(first)
        match method, rest.split("/"):
            case "GET", ["" | "_mapping"]:
                about = {name: self.indexes[name] for name in dict.fromkeys(found_names)}
                return 200, {
                    name: {"aliases": one["aliases"], "mappings": one["mappings"]}
                    for name, one in about.items()
                }
            case "PUT", ["_mapping"]:
                self.indexes[found_names[0]]["mappings"].update(json.loads(body))
            case "DELETE", [""]:
                for name in found_names:
                    del self.indexes[name]
            case "POST", ["_search"]:
                return 200, self._search(found_names[0], json.loads(body))
            case "POST", ["_mtermvectors"]:
                return 200, {"docs": [self._terms(one) for one in json.loads(body)["docs"]]}
            case "GET", ["_search_shards"]:
                return 200, {"shards": [[{"shard": 0}]]}
            case _, ["_doc" | "_create", key]:
                only = given.get("if_seq_no", "" if rest.startswith("_create") else None)
                return self._document(method, found_names[0], key, body, only)
        return 200, {"acknowledged": True, "_shards": SHARDS}

    def _give_names(self, actions: list[dict[str, Any]]) -> Told:
        for action in actions:
            ((what, about),) = action.items()
            if about["alias"] in self.indexes:
                kind = "invalid_alias_name_exception"
                return 400, {"error": {"type": kind, "reason": "an index"}, "status": 400}
            aliases = self.indexes[about["index"]]["aliases"]
            if what == "remove" and about["alias"] not in aliases:
                kind = "aliases_not_found_exception"
                return 404, {"error": {"type": kind, "reason": "no such alias"}, "status": 404}
            aliases.update({about["alias"]: {}}) if what == "add" else aliases.pop(about["alias"])
        return 200, {"acknowledged": True}

    def _put_all(self, name: str, body: str, given: dict[str, str]) -> Any:
        lines = iter(body.splitlines())
        for line in lines:
            ((what, about),) = json.loads(line).items()
            source = json.loads(next(lines)) if what == "index" else None
            if not self.named(name):
                if given.get("require_alias") == "true":
                    yield {what: {**about, **missing(name)[1]}}
                    continue
                self.make(name)
            documents = self.indexes[self.named(name)[0]]["documents"]
            there = documents.pop(about["_id"], None)
            if source is not None:
                documents[about["_id"]] = source
            yield {what: {**about, "status": 404 if source is there is None else 200}}

    def _document(self, method: str, index: str, key: str, body: str, only: str | None) -> Told:
        """A document read or changed; `only` in this state, the empty one where it is not there."""
        documents, changes = self.indexes[index]["documents"], self.indexes[index]["changes"]
        there = str(changes.get(key, 1)) if key in documents else ""
        if method != "GET" and only not in (None, there):
            kind = "version_conflict_engine_exception"
            return 409, {"error": {"type": kind, "reason": "another state"}, "status": 409}
        if method != "GET":
            changes[key] = changes.get(key, 1) + 1
        if method == "PUT":
            documents[key] = json.loads(body)
        if method == "DELETE":
            documents.pop(key, None)
        told = {
            "_seq_no": changes.get(key, 1),
            "_primary_term": 1,
            "_source": documents.get(key),
        }
        return (200, told) if key in documents or method == "DELETE" else (404, {"found": False})

    def _search(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        """All documents, of a vocabulary those that are asked for."""
        if not self.named(name):
            return missing(name)[1]
        index = self.named(name)[0]
        asked = body.get("query", {}).get("constant_score", {}).get("filter", {})
        wanted = asked.get("terms", {}).get("folded")
        begun = asked.get("prefix", {}).get("folded", "")
        clauses = body.get("query", {}).get("bool", {}).get("should", [])
        named = [one["bool"]["_name"] for one in clauses if "_name" in one.get("bool", {})]
        hits = [
            {
                "_index": index,
                "_id": key,
                "_source": source,
                "fields": {"id": [source.get("id")]},
                "sort": [key],
                "matched_queries": named,
            }
            for key, source in sorted(self.indexes[index]["documents"].items())
            if wanted is None or source.get("folded") in (*wanted, None)
            if str(source.get("folded", "")).startswith(begun)
        ]
        after = body.get("search_after", [])
        shown = [hit for hit in hits if hit["sort"] > after][: body.get("size", 10)]
        return {
            "_shards": SHARDS,
            "timed_out": False,
            "hits": {"total": {"value": len(hits)}, "hits": shown},
            "aggregations": self._counts(hits, body.get("aggs", {})),
        }

    def _counts(self, hits: list[Any], asked: dict[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for name, how in asked.items():
            told[name] = {"doc_count": len(hits), **self._counts(hits, how.get("aggs", {}))}
            if "sum" in how:
                lengths = [hit["_source"].get("length") for hit in hits]
                told[name] = {"value": sum(one for one in lengths if isinstance(one, int | float))}
            if "terms" in how:
                values = [hit["_source"].get(how["terms"]["field"]) for hit in hits]
                flat = [
                    str(one)
                    for value in values
                    for one in (value if isinstance(value, list) else [value])
                    if not isinstance(one, dict | list | None)
                ]
                told[name] = {
                    "buckets": [{"key": one, "doc_count": flat.count(one)} for one in set(flat)]
                }
        return told

    def _terms(self, asked: dict[str, Any]) -> dict[str, Any]:
        told = {
            field: {
                "field_statistics": {"doc_count": 1},
                "terms": {term: {"doc_freq": 1} for term in text.split(" ")},
            }
            for field, text in asked["doc"].items()
        }
        return {"term_vectors": told}
