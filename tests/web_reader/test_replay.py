"""Captured pages as they were, and the protocols of web archives."""

from __future__ import annotations

import hashlib
import io
import json
import re
from pathlib import Path
from urllib.parse import quote
from zipfile import ZipFile

import pytest

from hdnd.usecases.withholding import withhold
from support.chronicle import Chronicle
from support.hdnd import run_hdnd
from support.listener import Listener
from support.reader import Answered, Visited
from support.reader_story import (
    EDITED,
    FACTS,
    FONT_URL,
    GONE,
    HOSTILE_URL,
    LEAKS,
    STYLE_URL,
    WITHHELD,
    hostile_page,
)
from web_reader.replay.drawings import UnreadableDrawing, rewritten_svg
from web_reader.replay.pages import rewritten_page
from web_reader.replay.style_sheets import rewritten_css

OUTSIDE = "http://outside.example"


def url_of(reader: Visited, id: str) -> str:
    return str(reader.get(f"/articles/{id}.json").json["url"])


@pytest.fixture(scope="module")
def story(reader: Visited, chronicle: Chronicle) -> str:
    """The address of the article that was edited."""
    return url_of(reader, chronicle.id_of(EDITED))


def made_over(html: str) -> str:
    return rewritten_page(
        html, "https://a.example/b/c.html", lambda u: f"PAGE:{u}", lambda u: f"PART:{u}"
    ).html


@pytest.mark.parametrize("leak", LEAKS)
def test_nothing_of_a_page_made_over_names_a_place_outside(leak: str) -> None:
    html = made_over(leak.format(OUTSIDE))
    without_ours = re.sub(r"(PART|PAGE):http://outside\.example", "", html)
    assert OUTSIDE not in without_ours
    for word in ("<script", "<iframe", "<object", "<embed", "<base", "http-equiv", "srcdoc",
                 "ping=", "onerror", "onload", "onclick", "javascript:", "<template"):  # fmt: skip
        assert word not in html


def test_what_a_page_shows_is_led_to_the_archive_and_its_text_stays() -> None:
    html = made_over(
        '<meta charset=x><link rel=stylesheet href="/s.css">'
        '<p class=k style="color:red">Chữ <b>đậm</b>'
        '<img src="../i.png" alt="hình" width=3><a href="d.html#e">xa</a><a href="#f">gần</a>'
    )
    assert 'href="PART:https://a.example/s.css"' in html
    assert 'src="PART:https://a.example/i.png"' in html
    assert 'alt="hình" width="3"' in html
    assert '<a href="PAGE:https://a.example/b/d.html" target="_top">xa</a>' in html
    assert '<a href="#f">gần</a>' in html
    assert '<p class="k" style="color:red">Chữ <b>đậm</b>' in html


def test_a_style_sheet_is_led_to_the_archive() -> None:
    css = (
        "@import 'a.css'; @import url(b.css); p { background: url( \"c.png\" ); src: url(data:x) }"
    )
    assert rewritten_css(css, lambda u: f"X/{u}") == (
        "@import 'X/a.css'; @import url(\"X/b.css\");"
        ' p { background: url( "X/c.png" ); src: url(data:x) }'
    )


@pytest.mark.parametrize(
    ("css", "led"),
    [
        ('a{b:image-set("a.png" type("image/png") 1x)}', 'image-set("X/a.png" type("image/png")'),
        ("a{b:-webkit-image-set(url('a.png') 2x)}", "-webkit-image-set(url('X/a.png') 2x)"),
        ("a{b:im\\61ge-set('a.png' 1x)}", "image-set('X/a.png' 1x)"),
        ("a{b:cross-fade('a', url(b))}", "cross-fade('X/a', url(\"X/b\"))"),
        ("/*! don't */a{b:url(c)}d{content:'e'}", "a{b:url(\"X/c\")}d{content:'e'}"),
        ('a{content:"http://out.example"}', 'a{content:"http://out.example"}'),
    ],
)
def test_an_address_is_found_wherever_a_style_sheet_may_name_one(css: str, led: str) -> None:
    assert led in rewritten_css(css, lambda u: f"X/{u}")


def test_a_drawing_keeps_its_lines_and_nothing_that_runs_or_reaches_out() -> None:
    drawing = (
        '<?xml-stylesheet href="http://out.example/x.css"?>'
        '<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]>'
        '<svg xmlns="&ns;" xmlns:xlink="http://www.w3.org/1999/xlink" onload="alert(1)">'
        "<script>alert(1)</script><style>a{fill:url(http://out.example/f)}</style>"
        '<image xlink:href="http://out.example/i.png"/><use href="#a"/>'
        '<a xlink:href="javascript:alert(1)"><text>Bản &amp; đồ</text></a>'
        '<rect fill="url(http://out.example/g)" stroke="url(#ok)" width="3"/>'
        '<set attributeName="href" to="javascript:alert(1)"/>'
        '<foreignObject><iframe src="http://out.example/"/></foreignObject></svg>'
    ).encode()
    made = rewritten_svg(drawing, lambda u: f"PART:{u}").decode()
    assert "http://out.example" not in made.replace("PART:http://out.example", "")
    for word in ("script", "onload", "foreignObject", "<set", "xml-stylesheet"):
        assert word not in made
    assert "<text>Bản &amp; đồ</text>" in made
    assert 'stroke="url(#ok)" width="3"' in made
    for broken in (b"<svg><g></svg>", b"<svg>" + b"<g>" * 500, b"no drawing"):
        with pytest.raises(UnreadableDrawing):
            rewritten_svg(broken, str)


def test_a_page_beyond_the_limits_is_handed_over_unparsed(
    tmp_path: Path, listener: Listener
) -> None:
    url = "https://thanhgiang.example/deep.html"
    with Chronicle(tmp_path / "home", [EDITED]) as chronicle:
        chronicle.visit()
        chronicle.keep(url, b"<div>" * 10_000)
        assert run_hdnd("index", home=chronicle.home.path).status == 0
        with Visited(chronicle.home) as reader:
            alone = reader.get(f"/replay/2030mp_/{url}")
            assert alone.headers["Content-Disposition"] == "attachment"
            assert alone.headers["Content-Type"] == "application/octet-stream"
            banner = reader.get(str(reader.get(f"/replay/2030/{url}").headers["Location"]))
            assert banner.page.select_one("iframe") is None
            withhold(chronicle.home, chronicle.id_of(EDITED), reason="x")
            for form in ("mp_", "id_"):
                moved = reader.get(f"/replay/2030{form}/{url}")
                address = str(moved.headers["Location"] or f"/replay/2030{form}/{url}")
                assert reader.get(address).status == 451


def test_a_page_is_shown_in_a_sandbox_within_a_banner(reader: Visited, story: str) -> None:
    versions = reader.get(f"/replay/*/{story}")
    links = [str(one["href"]) for one in versions.page.select(".days a")]
    assert len(links) == 4
    banner = reader.get(links[-1])
    frame = banner.page.select_one("iframe")
    assert frame["sandbox"] == ["allow-top-navigation-by-user-activation"]
    assert "02/03/2024 09:00:" in banner.words("h1")[0]
    page = reader.get(str(frame["src"]))
    assert page.status == 200
    policy = str(page.headers["Content-Security-Policy"])
    assert policy.startswith("sandbox allow-top-navigation-by-user-activation; default-src 'none';")
    assert "script-src" not in policy
    assert page.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Có 12 đại biểu dự họp." in page.text
    assert "Apache-Coyote" not in str(page.headers)


def test_an_inexact_time_leads_to_the_capture_nearest_to_it(reader: Visited, story: str) -> None:
    for stamp, day in (("2020", "20240302"), ("20240311", "20240310"), ("2030", "20240326")):
        moved = reader.get(f"/replay/{stamp}/{story}")
        assert moved.status == 302
        assert f"/replay/{day}" in moved.headers["Location"]
    assert reader.get(f"/replay/never/{story}").status == 404
    assert reader.get("/replay/2024/https://thanhgiang.example/nothing").status == 404


def test_the_bytes_of_a_capture_have_the_digest_that_is_told_of_it(
    reader: Visited, chronicle: Chronicle
) -> None:
    told = reader.get(f"/cdx?url={quote(STYLE_URL, safe='')}&output=json").json
    address = f"/replay/{told['timestamp']}id_/{STYLE_URL}"
    assert told["digest"] == f"sha256:{hashlib.sha256(reader.get(address).body).hexdigest()}"
    cited = reader.get(f"/cite/{chronicle.id_of(EDITED)}")
    command = cited.words("pre")[-1]
    capture = str(cited.page.select(".proof a")[0]["href"])
    assert command == f"curl -s '{capture.replace('/http', 'id_/http')}' | sha256sum"


def test_what_is_not_archived_is_named(reader: Visited, listener: Listener) -> None:
    banner = reader.get(f"/replay/2030/{HOSTILE_URL}")
    banner = reader.get(str(banner.headers["Location"]))
    missing = banner.words("details .url")
    assert f"{listener.address}/img" in missing
    assert banner.words("summary")[0].endswith("Mã lệnh không chạy ở đây.")


def test_a_font_may_be_used_by_a_page_without_an_origin(reader: Visited) -> None:
    moved = reader.get(f"/replay/2030mp_/{FONT_URL}")
    assert moved.headers["Access-Control-Allow-Origin"] == "null"
    assert moved.headers["Content-Type"] == "font/ttf"
    sheet = reader.get(f"/replay/2030mp_/{STYLE_URL}")
    assert sheet.headers["Access-Control-Allow-Origin"] is None


def test_a_style_sheet_comes_as_one(reader: Visited) -> None:
    sheet = reader.get(f"/replay/2030mp_/{STYLE_URL}")
    assert sheet.headers["Content-Type"] == "text/css; charset=utf-8"
    stamp = re.findall(r"/replay/(\d{14})mp_/", sheet.text)[0]
    assert f'url("/replay/{stamp}mp_/https://thanhgiang.example/o/theme/img/a.png")' in sheet.text
    assert "@charset" not in sheet.text


def test_a_link_of_a_captured_page_leads_to_its_capture(reader: Visited, story: str) -> None:
    moved = reader.get(f"/replay/2024mp_/{story}")
    links = {str(one["href"]) for one in moved.page.select("a[href]")}
    assert links
    assert all(link.startswith(("/replay/2024", "#")) for link in links)
    held = next(link for link in links if link.endswith("/tiep-xuc-cu-tri"))
    assert reader.get(held).status in (200, 302)


def test_a_timegate_leads_to_the_memento_of_the_time_asked_for(reader: Visited, story: str) -> None:
    asked = {"Accept-Datetime": "Sun, 10 Mar 2024 12:00:00 GMT"}
    gate = reader.ask(f"/timegate/{story}", asked)
    assert gate.status == 302
    assert "accept-datetime" in gate.headers["Vary"].lower()
    assert 'rel="original"' in gate.headers["Link"]
    memento = reader.get(gate.headers["Location"].removeprefix(reader.address))
    assert memento.headers["Memento-Datetime"].startswith("Sun, 10 Mar 2024")
    assert f'<{story}>; rel="original"' in memento.headers["Link"]
    last = reader.get(f"/timegate/{story}")
    assert "/replay/20240326" in last.headers["Location"]
    assert reader.ask(f"/timegate/{story}", {"Accept-Datetime": "yesterday"}).status == 400


def test_a_timemap_lists_every_capture(reader: Visited, story: str) -> None:
    links = reader.get(f"/timemap/link/{story}")
    assert links.headers["Content-Type"] == "application/link-format"
    assert len(re.findall(r'rel="(?:first |last )?memento"', links.text)) == 4
    told = reader.get(f"/timemap/json/{story}").json
    assert told["original_uri"] == story
    assert [one["uri"] in links.text for one in told["mementos"]["list"]] == [True] * 4


def test_cdx_lines_say_where_each_record_lies(reader: Visited, story: str) -> None:
    lines = reader.get(f"/cdx?url={quote(story, safe='')}").text.splitlines()
    assert len(lines) == 4
    key, stamp, told = lines[0].split(" ", 2)
    assert key.startswith("example,thanhgiang)/hoat-dong-hdnd/")
    assert stamp.startswith("20240302")
    assert json.loads(told)["mime"] == "text/html"
    rows = [
        json.loads(line)
        for line in reader.get(
            "/cdx?url=thanhgiang.example/o/&matchType=prefix&output=json"
        ).text.splitlines()
    ]
    assert [row["url"] for row in rows] == [FONT_URL, STYLE_URL]
    every = reader.get("/cdx?url=example&matchType=domain&filter==mime:text/css").text
    assert reader.get("/cdx?url=*.example&filter==mime:text/css").text == every
    assert len(every.splitlines()) == 1
    assert reader.get("/cdx").status == 400
    chosen = f"/cdx?url={quote(story, safe='')}&output=json"
    assert list(json.loads(reader.get(f"{chosen}&fl=url,timestamp&limit=1").body)) == [
        "url",
        "timestamp",
    ]
    for rule, lines in (("~status:2..", 4), ("!~mime:text/.*", 0), ("~mime:warc|text", 4)):
        assert len(reader.get(f"{chosen}&filter={rule}").text.splitlines()) == lines


@pytest.mark.parametrize(
    "wrong",
    ["from=abc", "to=123", "closest=x", "filter=status", "filter=colour:red", "filter=~url:(a+)+",
     "fl=url,colour", "sort=up", "output=xml", "matchType=all", "limit=0", "limit=x"],
)  # fmt: skip
def test_a_wrong_value_of_a_cdx_request_is_named(reader: Visited, wrong: str) -> None:
    told = reader.get(f"/cdx?url=thanhgiang.example&{wrong}")
    assert told.status == 400
    assert told.headers["Content-Type"].startswith("application/problem+json")
    assert told.json["detail"].startswith(f"{wrong.partition('=')[0]}: ")


def withheld_addresses(chronicle: Chronicle) -> list[str]:
    with chronicle.reader() as reader:
        rows = reader.catalogue.connection.execute(
            "SELECT DISTINCT c.url FROM capture c JOIN page p USING (seq)"
            " LEFT JOIN article_file f ON f.url = p.identity_url AND f.article = :id"
            " WHERE p.article = :id OR f.url IS NOT NULL",
            {"id": chronicle.id_of(WITHHELD)},
        )
        return [row["url"] for row in rows]


def test_what_is_withheld_is_in_no_replay_and_no_protocol(
    reader: Visited, chronicle: Chronicle
) -> None:
    addresses = withheld_addresses(chronicle)
    assert len(addresses) > 2
    for url in addresses:
        for path in ("replay/2024/", "replay/2024mp_/", "replay/2024id_/", "replay/*/", "timegate/",
                     "timemap/link/", "timemap/json/"):  # fmt: skip
            answered: Answered = reader.get(f"/{path}{url}")
            assert answered.status == 451, (path, url)
            assert "Kín" not in answered.text
        assert reader.get(f"/cdx?url={quote(url, safe='')}").status == 451
    every = reader.get("/cdx?url=thanhgiang.example&matchType=host").text
    assert not [url for url in addresses if url in every]
    listing = reader.get("/replay/2024/https://thanhgiang.example/hoat-dong-hdnd")
    assert listing.status == 451


def test_other_pages_name_nothing_that_is_withheld(reader: Visited, story: str) -> None:
    shown = reader.get(f"/replay/20240302mp_/{story}")
    assert "Các tin khác" in shown.text
    assert WITHHELD.title not in shown.text
    exact = (
        reader.get(f"/replay/20240302/{story}").headers["Location"].replace("/http", "id_/http", 1)
    )
    assert reader.get(exact).status == 451


def test_a_page_that_is_gone_can_still_be_seen(reader: Visited, chronicle: Chronicle) -> None:
    url = url_of(reader, chronicle.id_of(GONE))
    first = reader.get(f"/replay/2024mp_/{url}")
    assert "Một tin đã mất" in first.text
    later = reader.get(f"/replay/20240326mp_/{url}")
    assert later.status == 404


def test_a_hostile_page_is_what_was_captured(reader: Visited, listener: Listener) -> None:
    moved = reader.get(f"/replay/2030id_/{HOSTILE_URL}")
    stored = reader.get(str(moved.headers["Location"]))
    assert stored.body == hostile_page(listener.address).encode()
    assert stored.headers["Content-Type"].startswith("text/plain")


def test_an_article_comes_as_a_wacz_whole_and_by_ranges(
    reader: Visited, chronicle: Chronicle
) -> None:
    address = f"/wacz/{chronicle.id_of(FACTS)}.wacz"
    whole = reader.get(address)
    with ZipFile(io.BytesIO(whole.body)) as package:
        assert package.testzip() is None
        names = package.namelist()
        pages = package.read("pages/pages.jsonl").decode()
    assert {"datapackage.json", "indexes/index.idx", "pages/pages.jsonl"} <= set(names)
    assert FACTS.title in pages
    end = reader.get(address, Range="bytes=-22")
    assert (end.status, end.body) == (206, whole.body[-22:])
    assert end.body.startswith(b"PK\x05\x06")
    # A local header without the 64-bit form, which ReplayWeb.page does not read.
    assert whole.body[28:30] == b"\0\0"
    for no_range in ("bytes=a-b", "lines=1-2", "bytes=0-1,4-5"):
        told = reader.get(address, Range=no_range)
        assert (told.status, told.body == whole.body) == (200, True)
    assert reader.get(address, Range="bytes=99999999-").status == 416
    assert reader.get(f"/wacz/{chronicle.id_of(WITHHELD)}.wacz").status == 451
    assert reader.get("/wacz/nothing-1.wacz").status == 404
