"""A month of nights, by a clock that is set: a person is called once for each thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from archive.ground.errors import SiteUnreachable
from archive.history.run_report import news_of
from crawler import CrawlEnded, StopReason
from hdnd.usecases.known_trouble import weigh_trouble
from hdnd.views.session import SiteTrouble
from portal_visitor import article
from support.chronicle import DAY, Chronicle

STORY, OTHER = article("ky-hop"), article("tin-khac")
SITE = "thanh-giang"


@pytest.fixture
def chronicle(tmp_path: Path) -> Iterator[Chronicle]:
    with Chronicle(tmp_path / "home", [STORY, OTHER]) as chronicle:
        chronicle.visit()
        yield chronicle


@pytest.fixture
def night(chronicle: Chronicle) -> Callable[..., SiteTrouble]:
    """A visit, and what is wrong after it; `how` the session as a whole went wrong."""

    def go(how: Any = None, **fault: int | str) -> SiteTrouble:
        chronicle.broken = {str(STORY.asset_id): fault["answer"]} if fault else {}
        chronicle.visit(after=DAY)
        with chronicle.reader() as reader:
            report, standing = news_of(reader.catalogue, reader.runs()[-1]), reader.problems()
        error = how if isinstance(how, Exception) else None
        summary: Any = SimpleNamespace(stop=how if error is None else None)
        ended = CrawlEnded(SITE, summary, error)  # type: ignore[arg-type]
        return weigh_trouble(chronicle.home, [(ended, report)], standing, chronicle.now)[SITE]

    return go


def test_a_page_that_fails_night_after_night_is_new_once(night: Any) -> None:
    told = [night(answer=404) for _ in range(14)]
    assert [trouble.new for trouble in told] == [1] + [0] * 13
    assert all(len(trouble.known) == 1 for trouble in told[1:])


def test_once_its_article_is_known_to_be_gone_it_is_nothing_at_all(night: Any) -> None:
    told = [night(answer=404) for _ in range(30)]
    assert sum(trouble.new for trouble in told) == 1
    assert (told[-1].new, dict(told[-1].known)) == (0, {})


def test_what_came_right_and_fails_again_is_new_again(night: Any) -> None:
    assert [night(answer=500).new, night(answer=500).new] == [1, 0]
    assert night() == SiteTrouble()
    assert night(answer=500).new == 1


def test_a_site_that_stays_away_is_new_once_and_told_since_when(
    night: Any, chronicle: Chronicle
) -> None:
    down = SiteUnreachable("away")
    first = night(down)
    since = chronicle.now
    told = [night(down) for _ in range(5)]
    assert (first.new, first.failing_since) == (1, None)
    assert [trouble.new for trouble in told] == [0] * 5
    assert {trouble.failing_since for trouble in told} == {since}
    assert night(StopReason.SUSPECT).new == 1
    assert night().new == 0
    assert night(down).new == 1


@pytest.mark.parametrize("bound", [StopReason.UNTIL, StopReason.MAX_REQUESTS])
def test_a_bound_of_ones_own_is_no_trouble(night: Any, bound: StopReason) -> None:
    assert night(bound) == SiteTrouble()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 1}', '{"thanh-giang": {"x": "no time"}}'])
def test_a_memory_that_cannot_be_read_is_none(night: Any, chronicle: Chronicle, text: str) -> None:
    assert night(answer=404).new == 1
    chronicle.home.known_trouble.write_text(text, encoding="utf-8")
    assert night(answer=404).new == 1
    assert night(answer=404).new == 0
