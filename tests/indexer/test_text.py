"""What looks the same is written the same, whatever characters it came in."""

from __future__ import annotations

import sys
import unicodedata

from indexer.language.text import normalise, plain_signs

LINE_BREAKS_AND_TABS = "\t\n"


def test_every_space_and_control_is_a_plain_space() -> None:
    kept = {" ", *LINE_BREAKS_AND_TABS}
    for character in map(chr, range(sys.maxunicode + 1)):
        category = unicodedata.category(character)
        if category in ("Cc", "Cs", "Zl", "Zp", "Zs") and character not in kept:
            assert normalise(f"hội{character}đồng") == "hội đồng", hex(ord(character))


def test_hyphens_joiners_and_directions_that_nobody_sees_are_dropped() -> None:
    for code in (0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0xFEFF):
        assert normalise(f"hội{chr(code)}đồng") == "hộiđồng", hex(code)


def test_what_is_invisible_goes_even_where_python_calls_it_printable() -> None:
    for code in (0x34F, 0x115F, *range(0xFE00, 0xFE10)):
        assert chr(code).isprintable()
        assert normalise(f"hội{chr(code)}đồng") == "hộiđồng"


def test_line_breaks_and_tabs_stay() -> None:
    assert normalise("hội\tđồng\nnhân\u200b dân") == "hội\tđồng\nnhân dân"


def test_no_text_is_changed_twice() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert normalise(normalise(every)) == normalise(every)


def test_all_dashes_and_slashes_are_those_of_a_keyboard() -> None:
    assert plain_signs("17–8−2020, 97⁄2019／QH14") == "17-8-2020, 97/2019/QH14"
    assert plain_signs("giám sát, 17/8/2020") == "giám sát, 17/8/2020"
