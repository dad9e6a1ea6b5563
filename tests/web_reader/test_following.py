"""What became of articles, what the council did, how the archive is kept: each page of these."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from archive.fixity.check_log import log_check
from archive.warc.manifest import closed_segments
from support.chronicle import DAY, Chronicle
from support.hdnd import run_hdnd
from support.reader import Visited
from support.reader_story import EDITED, FACTS, GONE, WITHHELD
from web_reader.names import name_order

ATOM = "{http://www.w3.org/2005/Atom}"


def test_every_page_of_the_menu_is_there_in_both_languages(reader: Visited) -> None:
    for language in ("vi", "en"):
        front = reader.get(f"/?lang={language}")
        links = [str(one["href"]) for one in front.page.select("header a, footer a")]
        assert len(links) > 10
        for link in links:
            answered = reader.get(link)
            assert answered.status == 200, link
            assert len(answered.page.select("h1")) == 1, link


def test_versions_tell_between_which_captures_a_change_was_made(
    reader: Visited, chronicle: Chronicle
) -> None:
    shown = reader.get(f"/articles/{chronicle.id_of(EDITED)}/versions")
    (change,) = shown.words(".timeline > li")
    assert "sau 02/03/2024" in change
    assert "không muộn hơn 10/03/2024" in change
    told = reader.get(f"/articles/{chronicle.id_of(EDITED)}/versions.json").json
    terminal = run_hdnd("history", chronicle.id_of(EDITED), "--json", home=chronicle.home.path)
    assert told == terminal.json


def test_a_difference_shows_words_removed_and_added(reader: Visited, chronicle: Chronicle) -> None:
    versions = reader.get(f"/articles/{chronicle.id_of(EDITED)}/versions")
    link = str(versions.page.select(".timeline a")[0]["href"])
    shown = reader.get(link)
    assert shown.words("h1") == [EDITED.title]
    assert shown.words("del") == ["12", "Câu này bị xoá sau."]
    assert shown.words("ins") == ["15"]
    told = reader.get(f"{link}.json").json
    assert (
        told == run_hdnd("diff", chronicle.id_of(EDITED), "--json", home=chronicle.home.path).json
    )


def test_a_version_that_came_back_is_shown_by_its_stretches(tmp_path: Path) -> None:
    with Chronicle(tmp_path / "home", [EDITED]) as chronicle:
        other = replace(EDITED, paragraphs=("Có 15 đại biểu dự họp.",))
        for shown in (EDITED, other, EDITED):
            chronicle.publish(shown)
            chronicle.visit(after=8 * DAY)
        where = f"/articles/{chronicle.id_of(EDITED)}"
        with Visited(chronicle.home) as reader:
            versions = reader.get(f"{where}/versions")
            (second, first) = (str(a["href"]) for a in versions.page.select(".timeline a"))
            sides = [reader.get(link).words(".two > section p") for link in (first, second)]
    days = [[re.findall(r"(\d\d)/\d\d/\d{4}", side) for side in pair] for pair in sides]
    (a, _), (b, _), (back, _) = days[0][0], days[0][1], days[1][1]
    assert days == [[[a, a], [b, b]], [[b, b], [back, back]]]
    assert len({a, b, back}) == 3
    seen = [line for line in versions.words("main li .meta") if ";" in line]
    assert len(seen) == 1


def test_silent_edits_stand_by_day_and_in_a_feed(reader: Visited, chronicle: Chronicle) -> None:
    shown = reader.get("/changes")
    assert shown.words("main h2") == ["26/03/2024", "10/03/2024"]
    assert shown.words("del") == ["12", "Câu này bị xoá sau."]
    assert shown.words(".words")[0] == "Có 12 15 đại biểu dự họp."
    assert reader.get("/changes.json?since=10/3/2024").json == reader.get("/changes.json").json
    told = reader.get("/changes.json").json
    assert [one["event"] for one in told] == ["gone", "edited"]
    feed = ElementTree.fromstring(reader.get("/changes.atom").body)
    entries = feed.findall(f"{ATOM}entry")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2
    for entry in entries:
        link = str(entry.find(f"{ATOM}link").get("href"))  # type: ignore[union-attr]
        assert reader.get(link.removeprefix(reader.address)).status == 200
    empty = ElementTree.fromstring(reader.get("/changes.atom?since=2090").body)
    assert str(empty.findtext(f"{ATOM}updated")) > "2024"
    gone = reader.get("/changes.json?gone=1").json
    assert [one["article"] for one in gone] == [chronicle.id_of(GONE)]
    assert reader.get("/changes?event=nothing").status == 400


def test_a_citation_leads_to_its_capture_in_every_form(
    reader: Visited, chronicle: Chronicle
) -> None:
    id = chronicle.id_of(EDITED)
    first = reader.get(f"/articles/{id}/versions.json").json["versions"][0]["version"]
    shown = reader.get(f"/cite/{id}?version={first}")
    capture = str(shown.page.select(".proof a")[0]["href"])
    assert "/replay/20240302" in capture
    (item,) = reader.get(f"/cite/{id}.json?version={first}").json
    assert item["URL"] == capture
    assert item["author"] == [{"literal": "Hội đồng nhân dân quận Thanh Giang"}]
    assert f"url = {{{capture}}}" in reader.get(f"/cite/{id}.bib?version={first}").text
    ris = reader.get(f"/cite/{id}.ris?version={first}").text.splitlines()
    assert (ris[0], ris[-1], f"UR  - {capture}" in ris) == ("TY  - ELEC", "ER  - ", True)
    assert capture in reader.get(f"/cite/{id}.txt?version={first}").text


def test_people_documents_and_activities_show_their_evidence(
    reader: Visited, chronicle: Chronicle
) -> None:
    for path, command in (
        ("people", ["who"]), ("documents", ["cited"]), ("promises", ["promises"]),
    ):  # fmt: skip
        told = reader.get(f"/{path}.json").json
        terminal = run_hdnd(*command, "--json", home=chronicle.home.path).json
        assert sorted(map(repr, told)) == sorted(map(repr, terminal))
        shown = reader.get(f"/{path}")
        assert all(link.get("href") for link in shown.page.select("blockquote a"))
        if told:
            assert shown.words("blockquote mark")
    activities = reader.get("/activities.json").json
    assert {one["article"] for one in activities} == {chronicle.id_of(FACTS)}
    table = reader.get("/activities.csv").body.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(table)))) == len(activities)
    link = str(reader.get("/activities").page.select("blockquote a")[0]["href"])
    address, _, anchor = link.partition("#")
    assert reader.get(address).page.find(id=anchor)


def test_what_is_withheld_leaves_nothing_in_lists(reader: Visited, chronicle: Chronicle) -> None:
    hidden = chronicle.id_of(WITHHELD)
    for path in (
        "/", f"/search.csv?q={quote(WITHHELD.title)}", "/search.json", "/search.atom",
        "/changes.json", "/people", "/people.json", "/activities.json", "/documents.json",
        "/promises.json", "/runs/1", "/runs/1.json", "/search.csv?history=1&q=" + quote("Thị Kín"),
    ):  # fmt: skip
        answered = reader.get(path)
        assert answered.status == 200, path
        for word in (hidden, "Thị Kín", "Danh sach kin", str(WITHHELD.asset_id)):
            assert word not in answered.text, path
    for path in (f"/articles/{hidden}/versions", f"/cite/{hidden}", f"/cite/{hidden}.bib",
                 f"/articles/{hidden}.json", f"/articles/{hidden}/files/1"):  # fmt: skip
        answered = reader.get(path)
        assert answered.status == 451, path
        assert "Kín" not in answered.text


def test_coverage_is_a_grid_of_months_that_lead_to_their_articles(reader: Visited) -> None:
    shown = reader.get("/coverage")
    assert shown.status == 200
    link = next(one for one in shown.page.select(".grid td a") if "2016-12" in str(one["href"]))
    found = reader.get(str(link["href"]))
    assert found.words(".count")[0].startswith(f"Tìm thấy {link.get_text()} bài")
    assert reader.get("/coverage.json").json[0]["months"]


def test_runs_and_status_say_how_the_archive_is_kept(reader: Visited, chronicle: Chronicle) -> None:
    assert [one["number"] for one in reader.get("/runs.json").json] == [7, 6, 5, 4, 3, 2, 1]
    assert "Kỳ họp thứ mười" in reader.get("/runs/2").words("main li")
    assert reader.get("/runs/99").status == 404
    ended = reader.get("/runs").words("td")[3]
    assert ended.endswith(", xong")
    english = reader.get("/runs", Accept_Language="en").words("td")[3]
    assert english.endswith(", finished")
    told = reader.get("/status.json").json
    assert told["withheld"] == 1
    for path in ("/status.json", "/status", "/runs.json"):
        assert str(chronicle.home.path) not in reader.get(path).text


def test_a_list_whose_days_are_the_wrong_way_round_is_turned_and_says_so(reader: Visited) -> None:
    for path in ("search", "activities", "promises"):
        turned = reader.get(f"/{path}?from=2022&to=2016")
        assert "2022 sau 2016: đã đổi ngược lại" in turned.words(".notice"), path
        same = reader.get(f"/{path}.csv?from=2016&to=2022")
        assert reader.get(f"/{path}.csv?from=2022&to=2016").body == same.body, path
        assert not reader.get(f"/{path}?from=2016&to=2022").words(".notice"), path


def test_a_page_beyond_the_last_is_not_found(reader: Visited) -> None:
    for path in (
        "search", "changes", "watches/hop", "people", "documents", "activities", "promises", "runs"
    ):  # fmt: skip
        assert reader.get(f"/{path}?page=99").status == 404, path


def test_documents_come_by_the_number_that_stands_beside_them(reader: Visited) -> None:
    counts = [int(words.split()[-2]) for words in reader.get("/documents").words("summary .meta")]
    told = [len(one["articles"]) for one in reader.get("/documents.json").json]
    assert counts == told == sorted(told, reverse=True)


def test_the_status_says_what_share_a_check_has_read(chronicle: Chronicle) -> None:
    checks = chronicle.home.checks
    closed = closed_segments(chronicle.home)
    moment = datetime(2024, 5, 6, tzinfo=UTC)
    try:
        for read, said in (
            ([closed[0].name], f"trong 1 trên tổng số {len(closed)} tệp WARC (3 bản ghi)"),
            ([one.name for one in closed], "Mọi tệp WARC đều đã được đọc từ 06/05/2024"),
        ):
            log_check(
                chronicle.home,
                began=moment,
                ended=moment,
                deep=False,
                since=0,
                segments=read,
                read=(3, 100),
                head=None,
                damages=0,
            )
            with Visited(chronicle.home) as reader:
                page, told = reader.get("/status"), reader.get("/status.json").json
            assert said in " ".join(page.words("main p"))
            assert told["segments_never_read"] == len(closed) - len(read)
            assert told["closed_segments"] == len(closed)
    finally:
        checks.unlink()


def test_names_are_in_the_order_of_given_names_and_of_the_alphabet() -> None:
    names = [
        "Lê Văn Đạt",
        "Trần Ân",
        "Lý Văn An",
        "Bùi Thị Ánh",
        "Ngô Ẩn",
        "Hà Dung",
        "Đỗ Ba",
        "Vũ An",
    ]
    assert sorted(names, key=name_order) == [
        "Lý Văn An", "Vũ An", "Bùi Thị Ánh", "Trần Ân", "Ngô Ẩn", "Đỗ Ba", "Hà Dung", "Lê Văn Đạt",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "path", ["/people?term=never", "/activities?from=32/1/2020", "/search?sort=x"]
)
def test_a_value_that_makes_no_sense_is_told_as_that(reader: Visited, path: str) -> None:
    answered = reader.get(path)
    assert answered.status == 400
    assert answered.words("h1") == ["Không đọc được giá trị này"]
    typed = path.partition("=")[2]
    assert f"“{typed}”" in answered.words("#wrong")[0]
    form = answered.page.select_one("main form")
    wrong = form.select_one("[aria-invalid=true]") or form.select_one("#sort")
    assert wrong["value"] == typed if wrong.name == "input" else typed == "x"
    told = reader.get(path.replace("?", ".json?")).json
    assert told["detail"].startswith(path.partition("?")[2].partition("=")[0])
