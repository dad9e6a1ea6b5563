from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.catalogue import database
from archive.catalogue.queries.withholding import Act, acts, withheld
from archive.ground.errors import UsageError, Withheld
from archive.history.article_history import history
from archive.history.citation import cite
from archive.history.silent_edits import edits
from archive.withholding import record_act
from portal_visitor import article
from support.chronicle import START, Chronicle
from support.warcs import faults, records

STORY, OTHER = article("ky-hop"), article("tin-khac", title="Một tin khác")
REASON = "Quyết định số 12/2024 của tòa án"


@pytest.fixture
def chronicle(tmp_path: Path) -> Iterator[Chronicle]:
    with Chronicle(tmp_path / "home", [STORY, OTHER]) as chronicle:
        chronicle.visit()
        yield chronicle


def do(chronicle: Chronicle, act: Act, reason: str = REASON) -> None:
    with chronicle.archive() as archive:
        record_act(archive, chronicle.id_of(STORY), act, reason=reason, by="Người lưu trữ")


def test_what_is_withheld_is_not_shown_and_the_error_says_why(chronicle: Chronicle) -> None:
    do(chronicle, Act.WITHHOLD)
    story = chronicle.id_of(STORY)
    with chronicle.reader() as reader:
        for ask in (reader.article, lambda id: history(reader.catalogue, id)):
            with pytest.raises(Withheld, match=REASON):
                ask(story)
        with pytest.raises(Withheld):
            cite(reader, story)


def test_the_index_is_told_to_take_it_out_and_later_to_put_it_in(chronicle: Chronicle) -> None:
    story = chronicle.id_of(STORY)
    with chronicle.reader() as reader:
        before = reader.last_change()
    do(chronicle, Act.WITHHOLD)
    with chronicle.reader() as reader:
        assert reader.merged_away(before) == [story]
        assert [(id, record) for id, _, record in reader.changes(before)] == [(story, None)]
        assert reader.article_count() == 1
        before = reader.last_change()
    do(chronicle, Act.RELEASE)
    with chronicle.reader() as reader:
        assert reader.merged_away(before) == []
        ((id, _, record),) = reader.changes(before)
        assert record is not None
        assert (id, reader.article_count()) == (story, 2)


def test_every_act_is_logged_with_its_reason(chronicle: Chronicle) -> None:
    do(chronicle, Act.WITHHOLD)
    do(chronicle, Act.RELEASE, "Bản án bị hủy")
    with chronicle.reader() as reader:
        told = [(a.act, a.reason, a.by) for a in acts(reader.catalogue)]
        assert withheld(reader.catalogue) == {}
    assert told == [
        (Act.WITHHOLD, REASON, "Người lưu trữ"),
        (Act.RELEASE, "Bản án bị hủy", "Người lưu trữ"),
    ]


def test_the_act_survives_a_rebuild(chronicle: Chronicle) -> None:
    do(chronicle, Act.WITHHOLD)
    chronicle.visit()
    with chronicle.reader() as reader:
        before = database.dump(reader.catalogue.connection)
    with chronicle.archive() as archive:
        archive.rebuild()
    with chronicle.reader() as reader:
        assert database.dump(reader.catalogue.connection) == before
        assert list(withheld(reader.catalogue)) == [chronicle.id_of(STORY)]


def test_the_bytes_stay_and_the_act_is_a_record_like_any_other(chronicle: Chronicle) -> None:
    closed = {path: path.read_bytes() for path in chronicle.home.warc.iterdir()}
    do(chronicle, Act.WITHHOLD)
    assert all(path.read_bytes() == data for path, data in closed.items())
    assert faults(chronicle.home.warc) == []
    target = f"urn:hdnd:article:{chronicle.id_of(STORY)}"
    (act,) = (r for r in records(chronicle.home.warc) if r.fields.get("WARC-Target-URI") == target)
    assert act.values["reason"] == REASON


def test_its_edits_are_not_listed(chronicle: Chronicle) -> None:
    chronicle.publish(article("ky-hop", title="Một tên mới"))
    chronicle.visit()
    with chronicle.reader() as reader:
        assert len(edits(reader.catalogue, since=START)) == 1
    do(chronicle, Act.WITHHOLD)
    with chronicle.reader() as reader:
        assert edits(reader.catalogue, since=START) == []


def test_the_status_counts_it_and_knows_that_an_act_is_no_crawl(chronicle: Chronicle) -> None:
    with chronicle.reader() as reader:
        before = reader.status().last_run
    do(chronicle, Act.WITHHOLD)
    with chronicle.reader() as reader:
        status = reader.status()
    assert (status.withheld, status.last_run) == (1, before)


def test_an_act_that_changes_nothing_is_refused(chronicle: Chronicle) -> None:
    with pytest.raises(UsageError, match="not-withheld"):
        do(chronicle, Act.RELEASE)
    do(chronicle, Act.WITHHOLD)
    with pytest.raises(UsageError, match="withheld-already"):
        do(chronicle, Act.WITHHOLD)
    with chronicle.reader() as reader:
        assert len(acts(reader.catalogue)) == 1


def test_an_act_needs_a_reason_and_an_article(chronicle: Chronicle) -> None:
    with pytest.raises(UsageError, match="needs-a-reason"):
        do(chronicle, Act.WITHHOLD, "  ")
    with (
        chronicle.archive() as archive,
        pytest.raises(UsageError, match="no-such-article article='x'"),
    ):
        record_act(archive, "x", Act.WITHHOLD, reason=REASON)
