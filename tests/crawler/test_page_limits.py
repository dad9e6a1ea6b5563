"""No page holds up an archive: what takes quadratic time is counted before it is parsed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from archive.model import Page, PageKind, Role, StoredResponse
from archive.warc.http_response import split_http
from crawler.extraction import extract as extraction
from crawler.extraction import page_limits
from crawler.extraction.extract import Extractor, extract
from crawler.extraction.page_limits import TooMuch, check_markup, to_nfc
from support.crawling import thanh_giang


def read(body: str, *, title: str = "Họp", charset: str = "utf-8") -> Page:
    site = thanh_giang()
    page = (
        f"<html><body><div class='asset-full-content'><h3 class='asset-full-content-title'>{title}"
        "</h3><div class='asset-content' id='_101_INSTANCE_a_7'>"
        "<div class='journal-content-article'>"
        f"{body}</div></div></div></body></html>"
    )
    stored = StoredResponse(
        f"https://{site.host}/tin/-/view_content/7-hop.html",
        Role.ARTICLE,
        datetime(2024, 1, 1, tzinfo=UTC),
        200,
        (("Content-Type", f"text/html; charset={charset}"),),
        page.encode(charset),
    )
    return extract(site, stored)


N = 60_000
HOSTILE: dict[str, Callable[[], Page]] = {
    "lists": lambda: read("<ul><li>" * N + "x" + "</li></ul>" * N),
    "lists left open": lambda: read("<ul><li>" * N),
    "tables": lambda: read("<table><tr><td>" * N),
    "blocks": lambda: read("<div>" * N + "</div>" * N),
    "blocks that only seem closed": lambda: read("<div/>" * N),
    "letters left open": lambda: read("<b>x" * N),
    "drawings": lambda: read("<svg><g>" * N),
    "paragraphs": lambda: read("<p>x" * 2 * N),
    "breaks": lambda: read("<br>" * 2 * N),
    "attributes": lambda: read("<p " + " ".join(f"a{i}=b" for i in range(N)) + ">x</p>"),
    "attributes without a value": lambda: read("<p " + "a " * N + ">x</p>"),
    "marks": lambda: read("<p>a" + "\u0301\u0323" * N + "</p>"),
    "marks of other scripts": lambda: read("<p>\u05d0" + "\u05b0\u05b7" * N + "</p>"),
    "marks as entities": lambda: read("<p>a" + "&#769;&#803;" * N + "</p>"),
    "marks in the title": lambda: read("<p>x</p>", title="a" + "\u0301\u0323" * N),
    "marks of windows-1258": lambda: read(
        "<p>ca" + "\u0301" * N + "</p>", title="Hop", charset="cp1258"
    ),
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_a_page_beyond_the_limits_is_unreadable_and_says_why(page: Callable[[], Page]) -> None:
    found = page()
    assert found.kind is PageKind.UNREADABLE
    assert found.problem is not None
    assert "TooMuch: " in found.problem


@pytest.mark.parametrize(
    "body",
    [
        "<p>x" * 2000,
        "<li>x" * 2000,
        "<table>" + "<tr><td>x<td>y" * 2000 + "</table>",
        "<p>x</p></b></i></div></span>" * 1,
        "<!--" + "<div>" * 2000 + "--><p>x</p>",
        "<script>" + "'<div>'" * 2000 + "</script><p>x</p>",
        "<div>" * 100 + "x" + "</div>" * 100,
        "<p style='" + "color: red; " * 500 + "'>x</p>",
        "<p>a" + "\u0301" * 30 + "</p>",
    ],
)
def test_what_clerks_paste_is_within_the_limits(body: str) -> None:
    found = read(body)
    assert (found.kind, found.problem) == (PageKind.ARTICLE, None)


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_limits, "MAX_SECONDS", -1.0)
    found = read("<p>x</p>" * 1000)
    assert found.kind is PageKind.UNREADABLE
    assert "seconds" in (found.problem or "")


@pytest.mark.parametrize("text", ["<", "<a" * N, "<a<" * N, "<!--" * N, "</" * N, '<p a="' * N])
def test_markup_that_is_none_is_counted_in_one_pass(text: str) -> None:
    with suppress(TooMuch):
        check_markup(text)


def test_the_same_text_is_normalised_to_the_same_letters() -> None:
    assert to_nfc("Ho\u0323p") == "Họp"
    assert to_nfc("a" * N) == "a" * N


def test_a_head_of_many_folded_lines_is_read_in_one_pass() -> None:
    folded = b"X: a\r\n" + b" b\r\n" * 300_000
    _, headers, _ = split_http(b"HTTP/1.1 200 OK\r\n" + folded + b"\r\nx")
    assert len(headers[0][1]) == 2 * 300_000 + 1


def test_a_fault_of_extraction_itself_is_a_page_that_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is kept is read again whenever the archive is opened, so it has to come to an end."""

    def fails(*_: object) -> Page:
        raise KeyError("x")

    monkeypatch.setattr(extraction, "_extract", fails)
    found = read("<p>x</p>")
    assert found.kind is PageKind.UNREADABLE
    assert "a fault of the program" in (found.problem or "")


@pytest.mark.parametrize("description", [{}, {"id": "x"}, {"id": [], "platform": "none"}])
def test_a_description_that_is_none_makes_pages_unreadable_and_nothing_else(
    description: dict[str, object],
) -> None:
    at = datetime(2024, 1, 1, tzinfo=UTC)
    stored = StoredResponse("https://x.example/", Role.ARTICLE, at, 200, (), b"<p>x</p>")
    assert Extractor()(description, stored).kind is PageKind.UNREADABLE
