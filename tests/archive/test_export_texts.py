from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.catalogue.queries.withholding import Act
from archive.export import Selection, selected, to_cdxj, to_csv, to_json_ld, to_json_lines
from archive.export.cdx import SortedLines
from archive.ground.durable import atomic_write
from archive.ground.errors import UsageError, Withheld
from archive.withholding import record_act
from crawler.sample_portal import SampleAttachment, SampleImage
from portal_visitor import article
from support.chronicle import Chronicle

STORY = article(
    "ky-hop",
    title="=SUM(A1) là tên bài",
    lead="Lời dẫn",
    images=(SampleImage(1),),
    attachments=(SampleAttachment("bao-cao.pdf", "Báo cáo"),),
)
OTHER = article("tin-khac", title="Một tin khác")


@pytest.fixture(scope="module")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronicle]:
    with Chronicle(tmp_path_factory.mktemp("texts") / "home", [STORY, OTHER]) as chronicle:
        chronicle.visit()
        chronicle.visit()
        yield chronicle


def written(chronicle: Chronicle, form: object, *ids: str) -> str:
    named = frozenset(ids) or None
    with chronicle.reader() as reader, selected(reader, Selection(articles=named)) as chosen:
        return "".join(form(chosen))  # type: ignore[operator]


def test_json_lines_hold_an_article_each(chronicle: Chronicle) -> None:
    lines = written(chronicle, to_json_lines).splitlines()
    found = {told["title"]: told for told in map(json.loads, lines)}
    story = found[STORY.title]
    assert set(found) == {STORY.title, OTHER.title}
    assert story["published_at"] == "2024-02-05T17:00:00+07:00"
    assert story["blocks"][0]["text"] == "Một đoạn văn."
    assert story["captures"] == 2


@pytest.mark.parametrize("write", [to_csv, to_json_lines, to_json_ld, to_cdxj])
def test_two_exports_of_one_state_are_the_same(chronicle: Chronicle, write: Any) -> None:
    told = []
    for _ in range(2):
        with chronicle.reader() as reader, selected(reader, Selection()) as chosen:
            told.append([*write(chosen)])
    assert told[0] == told[1]


def test_csv_has_a_row_an_article_and_no_formula(chronicle: Chronicle) -> None:
    rows = list(csv.DictReader(io.StringIO(written(chronicle, to_csv))))
    by_id = {row["id"]: row for row in rows}
    story = by_id[chronicle.id_of(STORY)]
    assert len(rows) == 2
    assert story["title"] == "'=SUM(A1) là tên bài"
    assert "bao-cao.pdf" in story["attachments"]


def test_json_ld_is_one_document_of_news_articles(chronicle: Chronicle) -> None:
    document = json.loads(written(chronicle, to_json_ld))
    story = next(a for a in document["@graph"] if a["headline"] == STORY.title)
    assert document["@context"] == "https://schema.org"
    assert story["@type"] == "NewsArticle"
    assert story["datePublished"] == "2024-02-05T17:00:00+07:00"
    assert story["description"] == "Lời dẫn"
    (file,) = story["associatedMedia"]
    assert (file["@type"], file["encodingFormat"]) == ("MediaObject", "application/pdf")
    assert len(story["image"]) == 1


def test_cdxj_names_every_capture_where_it_lies(chronicle: Chronicle) -> None:
    lines = written(chronicle, to_cdxj).splitlines()
    assert lines == sorted(lines)
    with chronicle.reader() as reader:
        assert len(lines) == reader.status().captures
    for line in lines:
        told = json.loads(line.split(" ", 2)[2])
        path = chronicle.home.warc / told["filename"]
        data = path.read_bytes()[int(told["offset"]) :][: int(told["length"])]
        assert data[:2] == b"\x1f\x8b"
        assert (told["mime"] == "warc/revisit") <= ("image" in told["url"] or "pdf" in told["url"])


def test_only_the_articles_named_are_written(chronicle: Chronicle) -> None:
    only = json.loads(written(chronicle, to_json_lines, chronicle.id_of(OTHER)))
    assert only["title"] == OTHER.title
    assert STORY.name not in written(chronicle, to_cdxj, chronicle.id_of(OTHER))


def test_what_is_not_there_cannot_be_exported(chronicle: Chronicle) -> None:
    with pytest.raises(UsageError, match="no-such-article article='x-1'"):
        written(chronicle, to_csv, "x-1")
    with (
        chronicle.reader() as reader,
        pytest.raises(UsageError, match="nothing-to-export"),
        selected(reader, Selection(site="khong-co")),
    ):
        pass


def test_what_is_withheld_is_in_no_export(tmp_path: Path) -> None:
    with Chronicle(tmp_path / "home", [STORY, OTHER]) as chronicle:
        chronicle.visit()
        story = chronicle.id_of(STORY)
        with chronicle.archive() as archive:
            record_act(archive, story, Act.WITHHOLD, reason="x")
        for form in (to_csv, to_json_ld, to_json_lines, to_cdxj):
            text = written(chronicle, form)
            assert OTHER.name in text
            assert str(STORY.asset_id) not in text
        with pytest.raises(Withheld):
            written(chronicle, to_csv, story)


def test_lines_are_sorted_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.export.cdx._RUN", 10)
    given = [f"{n * 7919 % 1000:04}\n".encode() for n in range(105)]
    with SortedLines() as lines:
        for line in given:
            lines.add(line)
        assert list(lines) == sorted(given)


def test_nothing_is_left_of_a_file_that_was_not_finished(tmp_path: Path) -> None:
    def fail() -> None:
        with atomic_write(tmp_path / "a.csv") as unfinished:
            unfinished.write_text("id")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("cũ")
    with pytest.raises(UsageError, match="exists-already"), atomic_write(path):
        pass
    assert path.read_text() == "cũ"
