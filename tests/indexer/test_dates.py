"""Which numbers can belong to a date is said in short; no date is missed for it."""

from __future__ import annotations

import random

import pytest

from indexer.language import dates as module
from indexer.language.dates import dates

PIECES = [
    *("ngày", "Ngày", "ngay", "tháng", "THÁNG", "năm", "mùng", "mồng", "và", "đến", "họp", "số"),
    *("17", "8", "02", "13", "31", "99", "2020", "20", "12345", "2020-08-17", "17/8/2020", "٣"),
    *"/-.,– \n",
]


@pytest.mark.parametrize("seed", range(5))
def test_the_dates_are_those_found_by_trying_every_number(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    texts = [
        chance.choice((" ", " ", "  ", "")).join(chance.choices(PIECES, k=chance.randint(1, 12)))
        for _ in range(400)
    ]
    quickly = [list(dates(text)) for text in texts]
    monkeypatch.setattr(module, "_CANDIDATE", r"\d")
    assert quickly == [list(dates(text)) for text in texts]
