from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.catalogue import database
from archive.ground.errors import UsageError
from archive.history.article_history import History, history, shorten
from archive.history.silent_edits import edits
from crawler.sample_portal import SampleArticle, SampleAttachment, SampleImage
from portal_visitor import article
from support.chronicle import DAY, START, Chronicle
from support.codes import english

FIRST, SECOND = "Có 12 đại biểu dự họp.", "Ông Nguyễn Văn An phát biểu. Lượt xem: 407."
STORY = article(
    "ky-hop",
    lead="Sáng nay, kỳ họp khai mạc.",
    paragraphs=(FIRST, SECOND),
    images=(SampleImage(1, "Toàn cảnh"),),
    attachments=(SampleAttachment("bao-cao.pdf", "Báo cáo"),),
)
EDITED = replace(STORY, paragraphs=("Có 13 đại biểu dự họp.", SECOND))
OTHER = article("tin-khac", title="Một tin khác")


@pytest.fixture
def chronicle(tmp_path: Path) -> Iterator[Chronicle]:
    with Chronicle(tmp_path / "home", [STORY, OTHER]) as chronicle:
        yield chronicle


def history_of(chronicle: Chronicle, one: SampleArticle = STORY) -> History:
    with chronicle.reader() as reader:
        return history(reader.catalogue, chronicle.id_of(one))


def names(found: History) -> list[str]:
    order = [version.digest for version in found.versions]
    return ["ABC"[order.index(state.digest)] for state in found.states]


EDITS: dict[str, dict[str, object]] = {
    "a digit": {"paragraphs": (FIRST.replace("12", "13"), SECOND)},
    "a mark": {"paragraphs": (FIRST.replace("họp", "hợp"), SECOND)},
    "a name": {"paragraphs": (FIRST, SECOND.replace("An", "Bình"))},
    "a count of views in the text": {"paragraphs": (FIRST, SECOND.replace("407", "408"))},
    "the order of two paragraphs": {"paragraphs": (SECOND, FIRST)},
    "a paragraph less": {"paragraphs": (FIRST,)},
    "a paragraph more": {"paragraphs": (FIRST, SECOND, "Kỳ họp bế mạc.")},
    "the title": {"title": "Bài viết về kỳ họp"},
    "the lead": {"lead": "Chiều nay, kỳ họp khai mạc."},
    "the published time": {"published_at": STORY.published_at + DAY},  # type: ignore[operator]
    "a picture less": {"images": ()},
    "another attachment": {"attachments": (SampleAttachment("bao-cao-2.pdf", "Báo cáo"),)},
}

NOISE: dict[str, Callable[[str], str]] = {
    "the view count": lambda html: re.sub(r"(Lượt xem: )40\d(?!\.)", r"\g<1>9000", html),
    "spaces": lambda html: html.replace("<p", "\n\n  <p").replace(" đại ", "  đại\n"),
    "the Unicode form": lambda html: unicodedata.normalize("NFD", html),
    "no-break spaces": lambda html: html.replace(" đại biểu", "&nbsp;đại&nbsp;biểu"),
    "inline markup": lambda html: html.replace("12 đại biểu", "<b>12</b> <span>đại</span> biểu"),
    "styles": lambda html: html.replace("<p>", '<p style="text-align: justify">'),
    "session ids": lambda html: html.replace('.html"', f'.html;jsessionid={"A1" * 16}"'),
    "comments": lambda html: html.replace("<p>", "<!-- x --><p>"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_an_editor_changes_is_a_new_version(chronicle: Chronicle, edit: str) -> None:
    chronicle.visit()
    chronicle.publish(replace(STORY, **EDITS[edit]))  # type: ignore[arg-type]
    chronicle.visit()
    assert names(history_of(chronicle)) == ["A", "B"]


@pytest.mark.parametrize("noise", NOISE)
def test_what_merely_looks_different_is_the_same_version(chronicle: Chronicle, noise: str) -> None:
    chronicle.visit()
    changed = []

    def rewrite(html: str) -> str:
        changed.append(NOISE[noise](html) != html)
        return NOISE[noise](html)

    chronicle.rewrite = rewrite
    chronicle.visit()
    found = history_of(chronicle)
    assert any(changed)
    assert names(found) == ["A"]
    assert len(found.observations) == 2


def test_the_language_and_the_clock_of_a_visit_make_no_version(chronicle: Chronicle) -> None:
    chronicle.visit()
    chronicle.language = "en_US"
    chronicle.visit()
    assert names(history_of(chronicle)) == ["A"]


def test_the_list_of_other_news_makes_no_version(chronicle: Chronicle) -> None:
    chronicle.visit()
    chronicle.publish(article("tin-moi", title="Một tin mới"))
    chronicle.visit()
    assert names(history_of(chronicle)) == ["A"]


def test_an_edit_that_is_taken_back_is_three_states_of_two_versions(chronicle: Chronicle) -> None:
    for story in (STORY, EDITED, STORY):
        chronicle.publish(story)
        chronicle.visit()
    found = history_of(chronicle)
    assert names(found) == ["A", "B", "A"]
    assert found.standing == found.versions[0].digest
    assert [version.captures for version in found.versions] == [2, 1]


def test_a_change_lies_between_the_last_capture_of_the_old_and_the_first_of_the_new(
    chronicle: Chronicle,
) -> None:
    for story in (STORY, STORY, EDITED, EDITED):
        chronicle.publish(story)
        chronicle.visit()
    found = history_of(chronicle)
    times = [seen.captured_at for seen in found.observations]
    old, new = found.states
    assert old.after is None
    assert (new.after, new.first_captured_at) == (times[1], times[2])


def test_an_older_capture_that_arrives_later_renames_nothing(chronicle: Chronicle) -> None:
    for story in (STORY, EDITED):
        chronicle.publish(story)
        chronicle.visit()
    before = history_of(chronicle)
    chronicle.publish(replace(STORY, title="Bản nháp"))
    chronicle.visit(at=START - 9 * DAY)
    found = history_of(chronicle)
    assert [v.digest for v in found.versions][1:] == [v.digest for v in before.versions]
    assert found.versions[0].article.title == "Bản nháp"
    assert found.standing == before.standing


def test_a_cut_page_does_not_supersede_a_whole_one(chronicle: Chronicle) -> None:
    chronicle.visit()
    chronicle.cut = SECOND
    chronicle.visit()
    found = history_of(chronicle)
    assert names(found) == ["A"]
    assert [seen.truncated for seen in found.observations] == [False, True]
    assert found.standing == found.versions[0].digest
    assert found.versions[-1].truncated


def test_an_only_copy_counts_though_it_is_cut(chronicle: Chronicle) -> None:
    chronicle.cut = SECOND
    chronicle.visit()
    assert names(history_of(chronicle)) == ["A"]


def test_a_swapped_file_behind_the_same_link_is_a_change_of_its_own(chronicle: Chronicle) -> None:
    chronicle.visit()
    chronicle.swapped = {"bao-cao.pdf": b"%PDF-1.4 another"}
    chronicle.visit()
    found = history_of(chronicle)
    assert names(found) == ["A"]
    pdf, picture = sorted(found.files, key=lambda file: file.role)
    assert (pdf.role, len(pdf.states)) == ("attachment", 2)
    assert (picture.role, len(picture.states)) == ("image", 1)
    assert pdf.states[1].after == pdf.states[0].last_captured_at


def test_view_counts_are_a_series(chronicle: Chronicle) -> None:
    for _ in range(3):
        chronicle.visit()
    views = [seen.views for seen in history_of(chronicle).observations]
    assert views == sorted(views, key=int)  # type: ignore[arg-type]
    assert len(set(views)) == 3


def test_all_urls_of_an_article_are_listed(chronicle: Chronicle) -> None:
    chronicle.publish(replace(STORY, categories=("hoat-dong-hdnd", "tiep-xuc-cu-tri")))
    chronicle.visit()
    assert len(history_of(chronicle).urls) == 2


def test_a_version_is_found_by_how_its_digest_begins(chronicle: Chronicle) -> None:
    chronicle.visit()
    found = history_of(chronicle)
    only = found.versions[0]
    assert found.version(only.digest[:8].upper()) is only
    with pytest.raises(UsageError, match="has-no-version"):
        found.version("zz")


def test_a_short_name_is_as_long_as_it_must_be() -> None:
    assert shorten(["a" * 64, "b" * 64]) == {"a" * 64: "a" * 8, "b" * 64: "b" * 8}
    near = ["a" * 63 + "b", "a" * 64]
    assert shorten(near) == {digest: digest for digest in near}


def test_an_unknown_article_is_an_error_that_helps(chronicle: Chronicle) -> None:
    chronicle.visit()
    with (
        chronicle.reader() as reader,
        pytest.raises(UsageError, match="no-article-here") as told,
    ):
        history(reader.catalogue, "x-1")
    assert "hdnd search" in english(told.value.hint)


def test_silent_edits_are_listed_with_their_kinds(chronicle: Chronicle) -> None:
    chronicle.visit()
    chronicle.publish(EDITED)
    chronicle.swapped = {"bao-cao.pdf": b"%PDF-1.4 another"}
    chronicle.visit()
    with chronicle.reader() as reader:
        found = edits(reader.catalogue, since=START)
        none = edits(reader.catalogue, since=chronicle.now + timedelta(days=1))
        elsewhere = edits(reader.catalogue, since=START, site="moc-son")
    assert [edit.kinds for edit in found] == [("number",), ("file",)]
    assert {edit.article for edit in found} == {chronicle.id_of(STORY)}
    assert all(edit.after < edit.found_at for edit in found)
    assert none == elsewhere == []


def test_a_rebuild_tells_the_same_history(chronicle: Chronicle) -> None:
    chronicle.broken = {str(OTHER.asset_id): "connection refused"}
    for story in (STORY, EDITED, STORY):
        chronicle.publish(story)
        chronicle.visit(after=8 * DAY)
        chronicle.broken = {}
    chronicle.broken = {str(OTHER.asset_id): 404}
    for _ in range(3):
        chronicle.visit(after=8 * DAY)
    with chronicle.reader() as reader:
        before = database.dump(reader.catalogue.connection)
    with chronicle.archive() as archive:
        archive.rebuild()
    with chronicle.reader() as reader:
        assert database.dump(reader.catalogue.connection) == before
