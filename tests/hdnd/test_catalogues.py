"""Every message has its translation, and no translation is without its message."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog

from support import catalogues
from support.hdnd import PACKAGES

NAMED = re.compile(r"%\(\w+\)s|\{\w+")
BOTH = [(language, domain) for language in catalogues.LANGUAGES for domain in catalogues.DOMAINS]


def texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@pytest.fixture(scope="module")
def in_code() -> dict[str, Catalog]:
    return {domain: catalogues.messages(domain) for domain in catalogues.DOMAINS}


@pytest.mark.parametrize(("language", "domain"), BOTH)
def test_a_catalogue_is_complete_and_nothing_in_it_is_stale(
    in_code: dict[str, Catalog], language: str, domain: str
) -> None:
    kept = catalogues.catalogue(language, domain)
    assert {m.id for m in in_code[domain] if m.id} == {m.id for m in kept if m.id}
    assert [m.id for m in kept if m.id and not all(texts(m.string))] == []
    assert [m.id for m in kept if m.fuzzy and m.id] == []


@pytest.mark.parametrize(("language", "domain"), BOTH)
def test_a_translation_has_the_values_of_its_message(language: str, domain: str) -> None:
    for message in catalogues.catalogue(language, domain):
        if message.id:
            values = set(NAMED.findall(texts(message.id)[-1]))
            for said in (set(NAMED.findall(one)) for one in texts(message.string)):
                assert said == values or (domain == "click" and said < values), message.id


def test_what_is_asked_of_the_catalogue_stands_in_it() -> None:
    """A second reading of the code: extraction leaves out what stands inside an f-string."""
    known = set().union(*map(texts, (m.id for m in catalogues.catalogue("vi") if m.id)))
    asked = {
        (f"{path.relative_to(catalogues.ROOT)}:{call.lineno}", word, inside)
        for package in ("hdnd", "search_cli", "web_reader")
        for path in (catalogues.ROOT / package).rglob("*.py")
        for call, word, inside in catalogues.asked_for(path.read_text("utf-8"))
    }
    assert {one for one in asked if one[1] not in known} == set()
    assert {one for one in asked if one[2]} == set(), "inside of an f-string"


def test_what_is_asked_inside_an_f_string_is_seen() -> None:
    source = """echo(_("a"), f"{_('b')} {x + ngettext('c', 'd', n)}", _(name), f"{x}")"""
    asked = {(word, inside) for _, word, inside in catalogues.asked_for(source)}
    assert asked == {("a", False), ("b", True), ("c", True), ("d", True)}


def test_where_the_package_is_there_are_the_compiled_catalogues() -> None:
    catalogues.compile_all(catalogues.ROOT / "hdnd" / "messages" / "locale")
    for language, domain in BOTH:
        folder = PACKAGES / "hdnd" / "messages" / "locale" / language / "LC_MESSAGES"
        assert (folder / f"{domain}.mo").exists()
