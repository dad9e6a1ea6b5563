"""Texts at one byte a character."""

from __future__ import annotations

import unicodedata

import pytest

from indexer.language.charset import CHARACTERS, decode, encode

TEXTS = [
    "Hội đồng nhân dân QUẬN, 17/8/2020 (“Uỷ ban” – 12 m²)",
    "chợ 🐟 đầy cá 🐟",
    "會議, Ωmega, ﬁ, Ｈội, e\u0303\u0323",
    "\0 and \x1f, \r\n, lone \ud800 surrogates \udfff",
    "".join(map(chr, range(0x3000))),
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    coded = encode(text)
    assert len(coded.codes) == len(text)
    assert decode(coded) == text


def test_all_letters_of_vietnamese_have_a_code() -> None:
    marks = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    letters = [vowel + mark for vowel in "aăâeêioôơuưy" for mark in marks]
    text = unicodedata.normalize("NFC", "".join(letters) + "đ")
    assert encode(text + text.upper()).others == ""


def test_no_two_codes_stand_for_one_character() -> None:
    used = CHARACTERS.rstrip("\ufffd")
    assert len(set(used)) == len(used)
    assert len(CHARACTERS) == 256


def test_what_has_no_code_is_kept_in_its_order() -> None:
    assert encode("a會b🐟c會").others == "會🐟會"
