"""Amounts that are written in several ways: 50 nghìn, 50.000; 1,5 tỷ, một tỷ rưỡi, 1.500 triệu."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from indexer.language.spelled_numbers import CARDINALS, cardinal_pattern, in_words, value_in_words
from indexer.query.cardinals import MULTIPLIERS
from indexer.query.query_tokens import QueryToken

_MULTIPLIERS = {
    "nghìn": 1_000,
    "triệu": 1_000_000,
    "tỷ": 1_000_000_000,
    "nghìn tỷ": 1_000_000_000_000,
}
_LEAST = 1_000
"""From this on a number in digits is written with a multiplier, too."""

_MOST = 100_000
"""So many of a multiplier are told with the next one."""

_HALF = 50

_DIGITS = r"(?P<grouped>\d{1,3}(?:\.\d{3})+)(?![.,]?\d)|(?P<digits>\d+(?:[.,]\d{1,2})?)(?![.,]?\d)"
_TIMES = (
    r"(?:(?P<thousand>ngh?[iì]n|ng[aà]n)(?:\s+(?P<thousands>t[yiỷỉ]))?|(?P<million>tri[eệ]u)"
    r"|(?P<billion>t[yiỷỉ]))(?!\w)(?!\s+(?:l[eệ]|gi[aá]|tr[oọ]ng|su[aấ]t|ph[uú]|s[oố]|vi)(?!\w))"
)


def amounts(row: Sequence[QueryToken]) -> Iterator[tuple[int, int, list[str]]]:
    """The stretches of tokens that are an amount with other ways to write it, and these."""
    if not any("." in token.text or token.options[0][0].folded in MULTIPLIERS for token in row):
        return
    text = " ".join(token.text if token.date is None else "," for token in row)
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    end = -1
    for place, token in enumerate(row):
        starts[end + 1] = place
        end += 1 + len(token.text if token.date is None else ",")
        ends[end] = place + 1
    for match in _amount().finditer(text):
        first, last = starts.get(match.start()), ends.get(match.end())
        ways = _ways(match)
        if first is not None and last is not None and ways:
            yield first, last, ways


@cache
def _amount() -> re.Pattern[str]:
    words = rf"{cardinal_pattern()}|{'|'.join(CARDINALS)}"
    return re.compile(
        rf"(?<![\w.,])(?:{_DIGITS}|(?P<words>{words})(?!\w))(?:\s+{_TIMES}(?P<half>\s+rưỡi(?!\w))?)?",
        re.IGNORECASE,
    )


def _ways(match: re.Match[str]) -> list[str]:
    multiplied = match["thousand"] or match["million"] or match["billion"]
    if match["words"]:
        if not multiplied:
            return []
        hundredths = value_in_words(match["words"]) * 100
    elif match["grouped"]:
        hundredths = int(match["grouped"].replace(".", "")) * 100
        if not multiplied and hundredths % (_LEAST * 100):
            return []
    elif multiplied:
        whole, _, fraction = match["digits"].replace(",", ".").partition(".")
        hundredths = int(whole + fraction.ljust(2, "0"))
    else:
        return []
    if match["half"]:
        hundredths += 50
    if match["thousand"]:
        hundredths *= _MULTIPLIERS["nghìn"]
    if match["million"]:
        hundredths *= _MULTIPLIERS["triệu"]
    if match["billion"] or match["thousands"]:
        hundredths *= _MULTIPLIERS["tỷ"]
    return [*_written(hundredths)]


def _written(hundredths: int) -> Iterator[str]:
    """The ways to write so many hundredths."""
    if hundredths % 100 == 0:
        yield str(hundredths // 100)
    for name, worth in _MULTIPLIERS.items():
        many, rest = divmod(hundredths, worth)
        whole, fraction = divmod(many, 100)
        if rest or not 1 <= whole < _MOST:
            continue
        spelled = in_words(whole)
        for multiplier in dict.fromkeys((name, name.replace("nghìn", "ngàn"))):
            if not fraction:
                yield from (f"{number} {multiplier}" for number in (whole, *spelled))
            else:
                decimals = f"{fraction:02}".rstrip("0")
                yield f"{whole},{decimals} {multiplier}"
            if fraction == _HALF:
                yield from (f"{number} {multiplier} rưỡi" for number in (whole, *spelled))
