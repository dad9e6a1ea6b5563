"""Units and signs that stand for words behind a number alone: ha, đồng, %."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from indexer.language.analysis import read
from indexer.query.abbreviations import Words, words_of

_PAIRS = (
    ("%", "phần trăm"), ("‰", "phần nghìn"), ("‰", "phần ngàn"), ("°", "độ"),
    ("ngàn", "nghìn"), ("tr", "triệu"),
    ("đ", "đồng"), ("VNĐ", "đồng"), ("VND", "đồng"),
    ("EUR", "euro"), ("EUR", "ơ rô"), ("GBP", "bảng Anh"),
    ("USD", "đô la"), ("USD", "đô la Mỹ"), ("USD", "đôla"),
    ("ha", "héc ta"), ("ha", "hecta"), ("ha", "hécta"), ("ha", "hec ta"),
    ("m", "mét"), ("l", "lít"), ("g", "gam"),
    ("km", "ki lô mét"), ("km", "kilômét"), ("km", "kilomet"), ("km", "cây số"),
    ("cm", "xăng ti mét"), ("cm", "xentimét"), ("cm", "xăngtimét"), ("cm", "centimet"),
    ("mm", "mi li mét"), ("mm", "milimét"), ("mm", "milimet"),
    ("kg", "ki lô gam"), ("kg", "kilôgam"), ("kg", "kilogam"),
    ("kW", "ki lô oát"), ("kW", "kilôoát"), ("kWh", "ki lô oát giờ"), ("kWh", "kilôoát giờ"),
    ("MW", "mê ga oát"), ("MW", "mêgaoát"), ("kV", "ki lô vôn"), ("kV", "kilôvôn"),
)  # fmt: skip


class Units:
    """The units, found by the folded letters of either side's first word."""

    def __init__(self) -> None:
        self._shorts: dict[str, list[tuple[Words, Words]]] = {}
        self._fulls: dict[str, list[tuple[Words, Words]]] = {}
        for unit, full in _PAIRS:
            (folded, form, _), words = read(unit), words_of(full)
            short = ((folded, form),)
            self._shorts.setdefault(folded, []).append((short, words))
            self._fulls.setdefault(words[0][0], []).append((words, short))

    def shorts(
        self, folded: str, fits: Callable[[Words], bool] = bool
    ) -> list[tuple[Words, Words]]:
        """(unit, words) for all units that fit and are this word."""
        return [row for row in self._shorts.get(folded, ()) if fits(row[0])]

    def fulls(self, folded: str, fits: Callable[[Words], bool] = bool) -> list[tuple[Words, Words]]:
        """(words, unit) for all words that fit whose first, written out, is this one."""
        return [row for row in self._fulls.get(folded, ()) if fits(row[0])]


@cache
def units() -> Units:
    """The table of units, made when the first query with a number comes."""
    return Units()
