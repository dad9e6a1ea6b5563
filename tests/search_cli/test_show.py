"""`hdnd show`: an article, or the page it was read from."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from archive.ground.home import Home
from archive.reading import ArchiveReader
from crawler.sample_portal import bundled_articles
from support.hdnd import Demo, run_hdnd, run_hdnd_on_terminal


@pytest.fixture(scope="module")
def attached(demo: Demo) -> str:
    """The id of an article with attachments."""
    article = next(one for one in bundled_articles() if one.attachments)
    return f"thanh-giang-{article.asset_id}"


def test_all_of_an_article_is_shown(demo: Demo, attached: str) -> None:
    article = next(one for one in bundled_articles() if one.attachments)
    done = run_hdnd("show", attached, home=demo.home)
    assert done.status == 0
    assert done.lines[0] == article.title
    assert article.published_at
    assert f"Published {article.published_at:%d/%m/%Y %H:%M}" in done.lines
    assert set(article.paragraphs) <= set(done.lines)
    assert all(one.text in done.out for one in article.attachments)


def test_json_has_the_blocks_urls_and_attachments(demo: Demo, attached: str) -> None:
    article = run_hdnd("show", attached, "--json", home=demo.home).json
    assert article["id"] == attached
    assert article["urls"][0] == article["url"]
    assert article["attachments"][0].keys() == {"name", "url", "media_type", "text"}
    assert {"text", "kind", "images", "links"} == article["blocks"][0].keys()
    assert article["published_at"].endswith("+07:00")
    assert (article["captures"], article["versions"]) == (1, 1)


def test_the_stored_page_goes_to_a_pipe_or_a_file_as_it_came(
    demo: Demo, attached: str, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    piped = run_hdnd("show", attached, "--html", home=demo.home)
    written = run_hdnd("show", attached, "--html", "-o", str(file), home=demo.home)
    assert piped.status == written.status == 0
    assert "<html" in piped.out
    assert "asset-content" in piped.out
    assert file.read_bytes() == piped.out.encode()
    assert written.out == ""


def test_the_stored_page_is_never_written_to_a_terminal(demo: Demo, attached: str) -> None:
    done = run_hdnd_on_terminal("show", attached, "--html", home=demo.home)
    assert done.status == 2
    assert "<html" not in done.out
    assert "-o FILE" in " ".join(done.out.split())


def test_on_a_terminal_the_title_is_bold_and_lines_fit(demo: Demo, attached: str) -> None:
    done = run_hdnd_on_terminal("show", attached, home=demo.home)
    assert done.lines[0].startswith("\x1b[1m")
    paragraphs = [line for line in done.lines if line and "http" not in line and "\x1b" not in line]
    assert max(map(len, paragraphs)) <= 60


@pytest.mark.parametrize(
    "options", [["--json", "--html"], ["-o", "page.html"], ["--html", "--file", "1"]]
)
def test_options_that_make_no_sense_together_are_refused(
    demo: Demo, attached: str, options: list[str]
) -> None:
    assert run_hdnd("show", attached, *options, home=demo.home).status == 2


def test_an_unknown_id_is_named(demo: Demo) -> None:
    done = run_hdnd("show", "thanh-giang-1\x1b[2J", home=demo.home)
    assert done.status == 2
    assert "thanh-giang-1" in done.err
    assert "\x1b" not in done.err


def test_without_an_archive_it_says_what_to_do(tmp_path: Path) -> None:
    done = run_hdnd("show", "thanh-giang-1", home=tmp_path / "nowhere")
    assert done.status == 2
    assert "`hdnd crawl`" in done.err


# By other names


@pytest.mark.parametrize(
    "form",
    [
        "{number}",
        "#{number}",
        " {id} ",
        "{url}",
        "<{url}>",
        "{http}",
        "{url}?redirect=%2Fhome",
        "{url}#phan-2",
        "{www}",
    ],
)
def test_an_article_is_known_by_its_number_and_by_its_address(
    demo: Demo, attached: str, form: str
) -> None:
    shown = run_hdnd("show", attached, "--json", home=demo.home).json
    url = shown["url"]
    name = form.format(
        id=attached,
        number=attached.rpartition("-")[2],
        url=url,
        http=url.replace("https://", "http://"),
        www=url.replace("https://", "https://www."),
    )
    for command in (["show"], ["cite"], ["history"], ["diff"], ["export", "--format", "jsonl"]):
        done = run_hdnd(*command, name, home=demo.home)
        assert done.status == (1 if command == ["diff"] else 0), (command, done.err)
        assert attached in done.out + done.err or shown["title"] in done.out


def test_a_name_that_nothing_has_is_named(demo: Demo) -> None:
    for name in ("99999999999", "https://khac.example/x", "http://[x", "#", "'"):
        done = run_hdnd("show", name, home=demo.home)
        assert done.status == 2
        assert "there is no article" in done.err


# Files


def test_a_file_of_an_article_is_written_out_byte_for_byte(
    demo: Demo, attached: str, tmp_path: Path
) -> None:
    shown = run_hdnd("show", attached, home=demo.home)
    article = run_hdnd("show", attached, "--json", home=demo.home).json
    first = article["attachments"][0]
    assert f"  1. {first['name']}  {first['url']}" in shown.lines
    file = tmp_path / "tep"
    done = run_hdnd("show", attached, "--file", "1", "-o", str(file), home=demo.home)
    assert done.status == 0
    assert f"{file.stat().st_size:,} bytes" in done.err
    with ArchiveReader.open(Home(demo.home)) as reader:
        rows = reader.catalogue.connection.execute(
            "SELECT payload_digest FROM capture WHERE role = 'attachment'"
        )
        digests = {row["payload_digest"] for row in rows}
    assert f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}" in digests


def test_a_file_that_an_article_has_not_is_named(demo: Demo, attached: str) -> None:
    done = run_hdnd("show", attached, "--file", "99", home=demo.home)
    assert done.status == 2
    assert "its files are 1 to" in done.err
    assert run_hdnd("show", attached, "--file", "0", home=demo.home).status == 2


def test_a_file_is_never_written_to_a_terminal(demo: Demo, attached: str) -> None:
    done = run_hdnd_on_terminal("show", attached, "--file", "1", home=demo.home)
    assert done.status == 2
    assert "-o FILE" in " ".join(done.out.split())


def test_a_file_that_cannot_be_written_is_named(demo: Demo, tmp_path: Path) -> None:
    where = tmp_path / "nowhere" / "page.html"
    done = run_hdnd("show", "thanh-giang-3147152", "--html", "-o", str(where), home=demo.home)
    assert done.status == 10
    assert str(where) in done.err
