"""Every message has its translation, and no translation is without its message."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog

from support import catalogues
from support.hdnd import PACKAGES

NAMED = re.compile(r"%\(\w+\)s")


def texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@pytest.fixture(scope="module")
def in_code() -> Catalog:
    return catalogues.messages()


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_catalogue_is_complete_and_nothing_in_it_is_stale(
    in_code: Catalog, language: str
) -> None:
    kept = catalogues.catalogue(language)
    assert {m.id for m in in_code if m.id} == {m.id for m in kept if m.id}
    assert [m.id for m in kept if m.id and not all(texts(m.string))] == []
    assert [m.id for m in kept if m.fuzzy and m.id] == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_translation_has_the_values_of_its_message(language: str) -> None:
    for message in catalogues.catalogue(language):
        if message.id:
            values = set(NAMED.findall(texts(message.id)[-1]))
            assert all(set(NAMED.findall(one)) == values for one in texts(message.string))


def test_where_the_package_is_there_are_the_compiled_catalogues() -> None:
    catalogues.compile_all(catalogues.ROOT / "hdnd" / "messages" / "locale")
    for language in catalogues.LANGUAGES:
        folder = PACKAGES / "hdnd" / "messages" / "locale" / language / "LC_MESSAGES"
        assert (folder / "hdnd.mo").exists()
