"""A span of days is any of its days in a text: the day, its month and its year in one place."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from indexer import Document, SearchIndex
from indexer.engines.local.storage.postings import Postings
from indexer.language.dates import dates

Day = tuple[int, int, int]

TEXTS = (
    "{d}/{m}/{y}", "ngày {d} tháng {m} năm {y}", "ngày {d}/{m}", "tháng {m}/{y}", "năm {y}",
    "{d}, 28/{m}/{y}", "{d}-27/{m}/{y}", "ngày {d}", "tháng {m}",
)  # fmt: skip
SPANS = [
    ((2016, 3, 5), (2016, 3, 9)),
    ((2016, 3, 5), (2016, 4, 20)),
    ((2015, 12, 20), (2016, 1, 9)),
    ((2015, 2, 20), (2016, 3, 1)),
]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    chance = random.Random(16)
    return [
        "; ".join(
            chance.choice(TEXTS).format(
                d=chance.randrange(1, 27),
                m=chance.choice((1, 2, 3, 4, 12)),
                y=chance.choice((2015, 2016)),
            )
            for _ in range(chance.randrange(1, 6))
        )
        for _ in range(400)
    ]


@pytest.fixture(scope="module")
def index(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    documents = (
        Document(str(number), "Họp", None, (text,), None, "s", None, "u")
        for number, text in enumerate(texts)
    )
    with SearchIndex.replace(tmp_path_factory.mktemp("spans") / "index", documents) as index:
        yield index


def typed(first: Day, last: Day) -> str:
    return " đến ".join(f"{day}/{month}/{year}" for year, month, day in (first, last))


def has_any(text: str, first: Day, last: Day) -> bool:
    """Whether a text has a day of a span, or a month that lies wholly within it."""
    return any(
        any(first <= (date.year, date.month, day) <= last for day in date.days)
        if date.days
        else first[:2] < (date.year, date.month) < last[:2]
        for date in dates(text)
        if date.year and date.month
    )


@pytest.mark.parametrize(("first", "last"), SPANS)
def test_a_span_is_any_of_its_days_in_a_text(
    index: SearchIndex, texts: list[str], first: Day, last: Day
) -> None:
    found = {hit.id for hit in index.search(f"họp từ {typed(first, last)}", limit=400).hits}
    right = {str(number) for number, text in enumerate(texts) if has_any(text, first, last)}
    assert found == right
    assert 3 < len(right) < 300


def test_what_the_days_of_a_span_have_in_common_is_asked_for_once(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Counter[Postings] = Counter()
    among = Postings.among

    def counting(postings: Postings, ordinals: set[int]) -> object:
        asked[postings] += 1
        return among(postings, ordinals)

    monkeypatch.setattr(Postings, "among", counting)
    assert index.count("từ 4/3/2016 đến 21/4/2016")
    # The year is asked for with each of the two months, not with each of 48 days.
    assert 0 < max(asked.values()) <= 2
