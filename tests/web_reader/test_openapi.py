"""What the OpenAPI document says is what the reader does."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest

from support.chronicle import Chronicle
from support.reader import Visited
from support.reader_story import EDITED
from web_reader.pages.openapi import OPERATIONS
from web_reader.routes import ROUTES

NOT_FOR_PROGRAMS = (
    "/static", "/replay", "/robots.txt", "/opensearch.xml", "/openapi.json", "/articles/{id}/files",
)  # fmt: skip
TYPES: dict[str, Any] = {"object": dict, "array": list, "string": str, "integer": int}


@pytest.fixture(scope="module")
def known(reader: Visited, chronicle: Chronicle) -> dict[str, str]:
    """A value for each part of an address."""
    id = chronicle.id_of(EDITED)
    versions = [v["version"] for v in reader.get(f"/articles/{id}/versions.json").json["versions"]]
    url = reader.get(f"/articles/{id}.json").json["url"]
    return {
        "id": id,
        "number": "2",
        "url": url,
        "old": versions[0],
        "new": versions[1],
        "name": "hop",
    }


def addresses() -> set[str]:
    """What the reader answers programs at, as OpenAPI writes it."""
    found = set()
    for rule in ROUTES.iter_rules():
        for form in ("link", "json") if "any(" in rule.rule else ("",):
            address = re.sub(r"<any\([^)]*\):form>", form, rule.rule)
            address = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", address)
            if re.search(r"\.(json|csv|atom|bib|ris|txt|wacz)$", address) or address in OPERATIONS:
                found.add(address)
    return {one for one in found if not one.startswith(NOT_FOR_PROGRAMS)} | {"/articles/{id}.json"}


def test_every_address_for_programs_is_in_it_and_no_other() -> None:
    assert set(OPERATIONS) == addresses()


def test_the_document_is_whole(reader: Visited) -> None:
    told = reader.get("/openapi.json").json
    assert told["openapi"].startswith("3.1")
    assert set(told["paths"]) == set(OPERATIONS)
    for path, item in told["paths"].items():
        named = {p["name"] for p in item["get"]["parameters"] if p["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path))


@pytest.mark.parametrize("address", OPERATIONS)
def test_each_answers_as_it_says(reader: Visited, known: dict[str, str], address: str) -> None:
    _, query, media_type, schema = OPERATIONS[address]
    path = address.format(**known)
    asked = {"url": known["url"]} if address == "/cdx" else {}
    answered = reader.get(f"{path}?{urlencode(asked)}" if asked else path)
    if address.startswith("/timegate"):
        assert answered.status == 302
        return
    assert answered.status == 200
    assert str(answered.headers["Content-Type"]).partition(";")[0] == media_type
    if media_type == "application/json":
        assert isinstance(answered.json, TYPES[schema["type"]])
        assert [name for name in schema.get("required", ()) if name not in answered.json] == []
    for name, of in query.items():
        if of.get("enum") or of["type"] == "integer":
            for wrong in ("-1", "x", "99999999"):
                refused = reader.get(f"{path}?{urlencode({**asked, name: wrong})}")
                assert refused.status in (200, 400), (name, wrong)
                assert of["type"] != "integer" or "enum" in of or refused.status == 400
