"""Searching and reading in a browser."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest

from support.chronicle import Chronicle
from support.hdnd import run_hdnd
from support.reader import Answered, Visited
from support.reader_story import EDITED, FACTS, GONE, HOSTILE, WITHHELD

ATOM = "{http://www.w3.org/2005/Atom}"
SEARCHES = (
    ({"q": "ky hop"}, ("ky", "hop")),
    ({"q": '"dự họp"', "sort": "oldest"}, ('"dự họp"', "--sort", "oldest")),
    ({"q": "câu này bị xoá", "history": "1"}, ("--history", "câu này bị xoá")),
    (
        {"q": "ngân sách", "from": "2016", "to": "2017"},
        ("ngân sách", "--from", "2016", "--to", "2017"),
    ),
    (
        {"q": "ngân sách", "from": "2017", "to": "2016"},
        ("ngân sách", "--from", "2017", "--to", "2016"),
    ),
    ({"q": "mương Đồng Trằm"}, ("mương Đồng Trằm",)),
    ({"q": "đại biểu", "limit": "2", "page": "2"}, ("đại biểu", "--limit", "2", "--page", "2")),
)


def ids_on(answered: Answered) -> list[str]:
    links = [str(one["href"]) for one in answered.page.select(".hits h3 a")]
    return [link.partition("/articles/")[2].partition("?")[0] for link in links]


@pytest.mark.parametrize(
    ("asked", "typed"), SEARCHES, ids=[" ".join(one.values()) for one, _ in SEARCHES]
)
def test_a_search_answers_as_the_terminal_does_in_every_form(
    reader: Visited, chronicle: Chronicle, asked: dict[str, str], typed: tuple[str, ...]
) -> None:
    terminal = run_hdnd("search", "--json", *typed, home=chronicle.home.path).json
    expected = [hit["id"] for hit in terminal["hits"]]
    query = urlencode(asked)
    assert ids_on(reader.get(f"/search?{query}")) == expected
    told = reader.get(f"/search.json?{query}").json
    assert told["hits"] == terminal["hits"]
    assert told["total"] == terminal["total"]
    table = reader.get(f"/search.csv?{query}").body.decode("utf-8-sig")
    assert [row["id"] for row in csv.DictReader(io.StringIO(table))] == expected
    feed = ElementTree.fromstring(reader.get(f"/search.atom?{query}").body)
    links = [str(link.get("href")) for link in feed.findall(f"{ATOM}entry/{ATOM}link")]
    assert [link.rpartition("/")[2] for link in links] == expected


def test_the_words_are_marked_and_what_is_missing_is_named(reader: Visited) -> None:
    found = reader.get(f"/search?q={quote('đại biểu dự họp ngân sách')}")
    assert "đại biểu" in found.words(".hits mark")
    assert any(words.startswith("thiếu: ") for words in found.words(".lacking"))


def test_a_year_leads_to_the_same_search_within_it(reader: Visited) -> None:
    found = reader.get(f"/search?q={quote('họp')}")
    link = str(found.page.select(".chart svg a")[0]["href"])
    narrower = reader.get(link)
    assert narrower.status == 200
    assert ids_on(narrower)
    assert narrower.page.select_one("#q")["value"] == "họp"
    assert narrower.page.select(".chips a")


def test_words_that_are_gone_say_since_when(reader: Visited) -> None:
    found = reader.get(f"/search?q={quote('câu này bị xoá')}&history=1")
    (fate,) = found.words(".fate")
    assert fate.startswith("Những từ này không còn: bị bỏ trong khoảng từ 02/03/2024")


def test_an_article_shows_what_it_says_and_where_that_is_from(
    reader: Visited, chronicle: Chronicle
) -> None:
    shown = reader.get(f"/articles/{chronicle.id_of(EDITED)}?q=dai+bieu")
    assert shown.words("h1") == ["Kỳ họp thứ mười"]
    assert shown.words(".text p") == ["Có 15 đại biểu dự họp."]
    assert shown.words(".text mark") == ["đại biểu"]
    assert "2 phiên bản" in shown.words(".strip li")
    assert shown.page.select("svg.line polyline")
    digest = reader.get(f"/articles/{chronicle.id_of(EDITED)}.json").json["version"]
    assert digest in shown.words(".citation .digest")


def test_an_earlier_version_is_shown_as_one(reader: Visited, chronicle: Chronicle) -> None:
    known = run_hdnd("history", chronicle.id_of(EDITED), "--json", home=chronicle.home.path).json
    first = known["versions"][0]["version"]
    shown = reader.get(f"/articles/{chronicle.id_of(EDITED)}?version={first}")
    assert shown.words(".text p") == ["Có 12 đại biểu dự họp.", "Câu này bị xoá sau."]
    assert shown.words(".notice")[0].startswith("Đây là một phiên bản cũ.")


def test_facts_are_marked_where_they_stand(reader: Visited, chronicle: Chronicle) -> None:
    address = f"/articles/{chronicle.id_of(FACTS)}"
    plain, shown = reader.get(address), reader.get(f"{address}?facts=1")
    assert not plain.page.select(".fact")
    links = [str(one["href"]) for one in shown.page.select(".facts a")]
    anchors = {str(one["id"]) for one in shown.page.select(".text .anchor, h1 .anchor")}
    assert links
    in_text = {link.partition("#")[2] for link in links} & anchors
    assert in_text
    assert shown.words(".text") == plain.words(".text")


def test_files_of_an_article_come_with_their_text(reader: Visited, chronicle: Chronicle) -> None:
    shown = reader.get(f"/articles/{chronicle.id_of(FACTS)}")
    assert "mương Đồng Trằm" in shown.words(".file pre")[0]
    link = str(shown.page.select(".file a")[0]["href"])
    file = reader.get(link)
    assert file.body.startswith(b"%PDF")
    assert file.headers["Content-Disposition"].startswith("attachment")
    part = reader.get(link, Range="bytes=0-3")
    assert (part.status, part.body) == (206, b"%PDF")


def test_an_article_that_is_gone_says_so(reader: Visited, chronicle: Chronicle) -> None:
    shown = reader.get(f"/articles/{chronicle.id_of(GONE)}")
    assert shown.words(".notice.warn") == ["Không còn trên cổng từ ngày 10/03/2024."]


def test_a_page_speaks_vietnamese_unless_english_is_asked_for(reader: Visited) -> None:
    assert reader.get("/").page.html["lang"] == "vi"
    assert reader.get("/", Accept_Language="en-GB,en;q=0.9").page.html["lang"] == "en"
    assert reader.get("/", Accept_Language="fr").page.html["lang"] == "vi"
    chosen = reader.get("/?lang=en", Accept_Language="vi")
    assert chosen.page.html["lang"] == "en"
    cookie = chosen.headers["Set-Cookie"].partition(";")[0]
    assert reader.get("/search", Cookie=cookie).page.html["lang"] == "en"


def test_what_is_not_here_is_not_found_and_what_is_withheld_is_not_shown(
    reader: Visited, chronicle: Chronicle
) -> None:
    assert reader.get("/articles/nothing-1").status == 404
    assert reader.get("/nothing").status == 404
    withheld = reader.get(f"/articles/{chronicle.id_of(WITHHELD)}")
    assert withheld.status == 451
    assert "Kín" not in withheld.text


def test_text_from_a_page_is_never_markup(reader: Visited, chronicle: Chronicle) -> None:
    for path in (f"/articles/{chronicle.id_of(HOSTILE)}", "/search?q=javascript"):
        answered = reader.get(path)
        assert answered.status == 200
        assert not answered.page.select("script, [onerror]")
        assert b"<b>" not in answered.body
        assert "\u202e" not in answered.text
        assert "49" not in answered.words("main")


def test_a_table_runs_nothing_in_a_spreadsheet(reader: Visited) -> None:
    table = reader.get("/search.csv?q=1").body.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
