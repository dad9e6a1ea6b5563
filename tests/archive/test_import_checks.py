"""What a record of another program says is held against what it is; what is not so is named."""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
import socket
import zlib
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest

from archive.ground.home import Home
from archive.history.article_json import article_json
from archive.importing import Imported, LeftOut, Trouble, import_files
from archive.reading import ArchiveReader
from archive.store import Archive
from crawler import Extractor, SiteRouting
from hdnd.messages.citing import citation_bibtex, citation_text
from hdnd.usecases import reading
from hdnd.views.change import change_json
from hdnd.views.citation import citation_json
from hdnd.views.history import history_json
from search_cli.article import article_lines
from search_cli.history_view import history_lines
from search_cli.render import View
from search_cli.terminal import Highlighting
from support.crawling import thanh_giang
from support.extracting import SITE, URL, article_html
from support.foreign import (
    HEAD,
    ToldTrouble,
    Warc,
    captures,
    in_english,
    is_sound,
    rebuilds_to_the_same,
    take,
    titles,
    zstd,
)
from support.keeping import page

BLOCK = HEAD.encode() + b"\r\n"
REVISIT = "http://netpreserve.org/warc/1.0/revisit/"
LATER = "2021-04-01T00:00:00Z"


def block(title: str = "Một") -> bytes:
    return BLOCK + page(title)


def named(data: bytes, algorithm: str = "sha1") -> str:
    value = hashlib.new(algorithm, data).digest()
    return f"{algorithm}:{base64.b32encode(value).decode().rstrip('=')}"


# Revisits of another payload than they say

ANOTHER = {"WARC_Payload_Digest": named(page("Khác"))}
BY_ID = {"WARC_Refers_To": "<urn:uuid:a>"}
BY_ADDRESS = {
    "WARC_Refers_To_Target_URI": "http://mau.example/1",
    "WARC_Refers_To_Date": "2021-03-04T05:06:07Z",
}
BY_PROFILE = {"WARC_Profile": REVISIT + "server-not-modified"}


@pytest.mark.parametrize("stated", [{}, {"WARC_Payload_Digest": named(page("Một"))}])
@pytest.mark.parametrize(
    "revisit",
    [
        {**BY_ID, **ANOTHER},
        {**BY_ADDRESS, **ANOTHER},
        {**BY_PROFILE, **ANOTHER},
        {**BY_ID, "WARC_Payload_Digest": named(page("Khác"), "sha256")},
        {**BY_ID, "WARC_Payload_Digest": named(page("Khác"), "md5")},
        {**BY_ID, "WARC_Payload_Digest": named(page("Khác"), "sha512")},
        {**BY_ID, **BY_ADDRESS, "WARC_Refers_To_Target_URI": "http://mau.example/2"},
    ],
)
def test_a_revisit_that_its_response_contradicts_is_named_and_not_taken_in(
    tmp_path: Path, stated: dict[str, str], revisit: dict[str, str]
) -> None:
    path = (
        Warc()
        .raw("response", "/1", block(), WARC_Record_ID="<urn:uuid:a>", **stated)
        .raw("revisit", "/1", BLOCK, WARC_Date=LATER, **revisit)
        .save(tmp_path / "x.warc.gz")
    )
    home = Home(tmp_path / "home")
    done, (trouble,) = take(home, path)
    assert done.skipped == {LeftOut.CONTRADICTED: 1}
    assert "http://mau.example/" in trouble.what
    assert len(captures(home)) == 1


TUESDAY, WEDNESDAY = ("Tue, 02 Mar 2021 09:00:00 GMT", "Wed, 03 Mar 2021 09:00:00 GMT")


@pytest.mark.parametrize(
    ("held", "told", "is_other"),
    [
        ({"ETag": '"a"'}, {"ETag": '"b"'}, True),
        ({"ETag": 'W/"a"'}, {"ETag": '"a"'}, False),
        ({"ETag": '"a"'}, {"ETag": '"a"', "Last-Modified": WEDNESDAY}, False),
        ({"Last-Modified": TUESDAY}, {"Last-Modified": WEDNESDAY}, True),
        ({"Last-Modified": WEDNESDAY}, {"Last-Modified": TUESDAY}, False),
        ({"Last-Modified": TUESDAY}, {"Last-Modified": "hôm qua"}, False),
        ({}, {"ETag": '"b"', "Last-Modified": WEDNESDAY}, False),
        ({"ETag": '"a"'}, {}, False),
    ],
)
@pytest.mark.parametrize("named_by", [BY_PROFILE, {**BY_PROFILE, **BY_ID}])
def test_a_304_of_another_state_confirms_nothing(
    tmp_path: Path,
    held: dict[str, str],
    told: dict[str, str],
    is_other: bool,
    named_by: dict[str, str],
) -> None:
    def lines(headers: dict[str, str]) -> bytes:
        return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()

    response = BLOCK.removesuffix(b"\r\n") + lines(held) + b"\r\n" + page("Một")
    not_modified = b"HTTP/1.1 304 Not Modified\r\n" + lines(told) + b"\r\n"
    path = (
        Warc()
        .raw("response", "/1", response, WARC_Record_ID="<urn:uuid:a>")
        .raw("revisit", "/1", not_modified, WARC_Date=LATER, **named_by)
        .save(tmp_path / "x.warc.gz")
    )
    done, troubles = take(Home(tmp_path / "home"), path)
    assert done.skipped == ({LeftOut.OUTDATED: 1} if is_other else {})
    assert [trouble.file for trouble in troubles] == ["x.warc.gz"] * is_other
    assert done.taken.total() == 2 - is_other


@pytest.mark.parametrize(
    "digest", [named(page("Một"), "md5"), named(page("Một"), "sha512"), "blake3:ab"]
)
def test_a_digest_of_any_known_kind_confirms_and_one_of_no_known_kind_says_nothing(
    tmp_path: Path, digest: str
) -> None:
    path = (
        Warc()
        .raw("response", "/1", block(), WARC_Record_ID="<urn:uuid:a>")
        .raw("revisit", "/1", BLOCK, WARC_Date=LATER, **BY_ID, WARC_Payload_Digest=digest)
        .save(tmp_path / "x.warc.gz")
    )
    done, troubles = take(Home(tmp_path / "home"), path)
    assert (done.taken.total(), troubles) == (2, [])


def test_of_two_responses_that_a_revisit_may_mean_its_digest_chooses(tmp_path: Path) -> None:
    one = {"WARC_Record_ID": "<urn:uuid:a>"}
    path = (
        Warc()
        .raw("response", "/1", block("Một"), **one)
        .raw("response", "/2", block("Hai"), **one)
        .raw(
            "revisit", "/2", BLOCK, WARC_Date=LATER, **BY_ID,
            WARC_Payload_Digest=named(page("Hai")),
        )
        .save(tmp_path / "x.warc.gz")
    )  # fmt: skip
    home = Home(tmp_path / "home")
    assert take(home, path)[1] == []
    with ArchiveReader.open(home) as reader:
        (visit,) = [c for c in captures(home) if c.refers_to]
        assert reader.stored(visit).body == page("Hai")
    assert is_sound(home)
    assert rebuilds_to_the_same(home)


def test_a_304_may_state_the_digest_of_its_own_empty_payload(tmp_path: Path) -> None:
    path = (
        Warc()
        .raw("response", "/1", block())
        .raw("revisit", "/1", BLOCK, WARC_Date=LATER, **BY_PROFILE, WARC_Payload_Digest=named(b""))
        .save(tmp_path / "x.warc.gz")
    )
    done, troubles = take(Home(tmp_path / "home"), path)
    assert (done.taken.total(), troubles) == (2, [])


def test_what_was_stated_of_a_record_stays_as_it_was_stated(tmp_path: Path) -> None:
    """The payload's digest is evidence of its maker, in whatever form it is written."""
    stated = f"SHA-1:{hashlib.sha1(page('Một')).hexdigest().upper()}"
    path = Warc().raw("response", "/1", block(), WARC_Payload_Digest=stated, WARC_Date="2021-03")
    home = Home(tmp_path / "home")
    take(home, path.save(tmp_path / "x.warc.gz"))
    with ArchiveReader.open(home) as reader:
        row = reader.catalogue.connection.execute("SELECT stated, date FROM imported").fetchone()
    assert (row["stated"], row["date"]) == (stated, "2021-03")


# Status, dates


@pytest.mark.parametrize("status", ["99999", "0", "000", "099", "-1", "", "hai trăm", "2000"])
def test_a_response_whose_status_is_none_is_named(tmp_path: Path, status: str) -> None:
    strange = f"HTTP/1.1 {status} OK\r\n\r\n".encode() + page("Hai")
    path = Warc().raw("response", "/1", block()).raw("response", "/2", strange)
    home = Home(tmp_path / "home")
    done, (trouble,) = take(home, path.save(tmp_path / "x.warc.gz"))
    assert done.skipped == {LeftOut.NO_STATUS: 1}
    assert "http://mau.example/2" in trouble.what
    assert titles(home) == ["Một"]


@pytest.mark.parametrize("date", ["2999-01-01T00:00:00Z", "2999", "1960-05-05", "1990-12-19"])
def test_a_date_that_cannot_be_is_named_even_outside_the_site_s_dates(
    tmp_path: Path, date: str
) -> None:
    path = Warc().raw("response", "/1", block(), WARC_Date=date).save(tmp_path / "x.warc.gz")
    done, (trouble,) = take(Home(tmp_path / "home"), path)
    assert done.skipped == {LeftOut.IMPOSSIBLE_DATE: 1}
    assert "http://mau.example/1" in trouble.what


@pytest.mark.parametrize(
    "date", ["2021-W10", "20210304", "20210304100", "2021-03-04x05", "2021-060", "2021-03-04T"]
)
def test_a_date_in_a_form_that_warc_does_not_have_is_none(tmp_path: Path, date: str) -> None:
    path = Warc().raw("response", "/1", block(), WARC_Date=date).save(tmp_path / "x.warc.gz")
    done, _ = take(Home(tmp_path / "home"), path)
    assert done.skipped == {LeftOut.NO_DATE: 1}


@pytest.mark.parametrize(
    ("digest", "is_wrong"),
    [
        (named(page("Khác")), True),
        (named(page("Một")), False),
        (named(b"8\r\n" + page("Một")), True),
        ("blake3:00", False),
        ("", False),
    ],
)
def test_a_payload_that_its_only_digest_contradicts_is_named(
    tmp_path: Path, digest: str, is_wrong: bool
) -> None:
    path = Warc().raw("response", "/1", block(), WARC_Payload_Digest=digest)
    done, _ = take(Home(tmp_path / "home"), path.save(tmp_path / "x.warc.gz"))
    assert done.skipped == ({LeftOut.WRONG_PAYLOAD: 1} if is_wrong else {})


# Bodies that are kept and can't be read


def imported(
    tmp_path: Path, body: bytes, *fields: str, url: str = ""
) -> tuple[Home, Imported, list[ToldTrouble]]:
    site = thanh_giang()
    head = "\r\n".join(["HTTP/1.1 200 OK", *fields, "Content-Type: text/html"]).encode()
    url = url or f"https://{site.host}/tin/-/view_content/7-hop.html"
    path = Warc().raw("response", url, head + b"\r\n\r\n" + body).save(tmp_path / "x.warc.gz")
    home, troubles = Home(tmp_path / "home"), list[Trouble]()
    with Archive(home, Extractor()) as archive:
        done = import_files(archive, [path], SiteRouting([site]), on_trouble=troubles.append)
    return home, done, in_english(troubles)


def article(*, words: int = 400) -> bytes:
    text = " ".join(hashlib.sha256(str(n).encode()).hexdigest() for n in range(words))
    return (
        "<html><body><div class='asset-full-content'><h3 class='asset-full-content-title'>Họp</h3>"
        "<div class='asset-content' id='_101_INSTANCE_a_7'><div class='journal-content-article'>"
        f"<p>Hội đồng nhân dân họp.</p><p>{text}</p></div></div></div></body></html>"
    ).encode()


PACK = {
    "br": brotli.compress,
    "zstd": zstd.compress,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
}


@pytest.mark.parametrize("coding", PACK)
@pytest.mark.parametrize("broken", ["cut", "bomb", "none"])
def test_a_coded_body_that_cannot_be_read_is_kept_and_named(
    tmp_path: Path, coding: str, broken: str
) -> None:
    packed = PACK[coding](article())
    body = {
        "cut": packed[: len(packed) // 2],
        "bomb": PACK[coding](bytes(5 << 20)) if broken == "bomb" else b"",
        "none": b"\x07" * 999,
    }[broken]
    home, done, troubles = imported(tmp_path, body, f"Content-Encoding: {coding}")
    assert done.taken.total() == 1
    (trouble,) = troubles
    assert "view_content/7-hop.html" in trouble.what
    assert int(trouble.place) == 0
    with ArchiveReader.open(home) as reader:
        assert len(reader.problems()) == 1
        for record in (r for _, _, r in reader.changes(0) if r):
            assert record.problem
            assert record.problem.startswith("the response was cut short")


def test_a_file_in_a_coding_that_breaks_off_is_named(tmp_path: Path) -> None:
    url = f"https://{thanh_giang().host}/documents/10180/a.pdf"
    body = brotli.compress(os.urandom(20_000))[:9_000]
    _, done, (trouble,) = imported(
        tmp_path, body, "Content-Encoding: br", "Content-Type: application/pdf", url=url
    )
    assert done.taken.total() == 1
    assert "no end" in trouble.what


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (article()[:9_000], "Content-Length: 26301"),
        (b"5000\r\n" + article()[:9_000], "Transfer-Encoding: chunked"),
        (b"1000\r\n" + article()[:4096] + b"\r\n", "Transfer-Encoding: chunked"),
    ],
)
def test_a_body_shorter_than_it_is_said_to_be_is_named_and_shown_as_not_whole(
    tmp_path: Path, body: bytes, field: str
) -> None:
    home, _, (trouble,) = imported(tmp_path, body, field)
    assert "cut short" in trouble.what
    with ArchiveReader.open(home) as reader:
        (record,) = (r for _, _, r in reader.changes(0) if r)
        assert record.problem
    assert is_sound(home, Extractor())
    assert rebuilds_to_the_same(home, Extractor())


def test_what_its_record_says_is_truncated_is_taken_in_as_that(tmp_path: Path) -> None:
    site = thanh_giang()
    url = f"https://{site.host}/tin/-/view_content/7-hop.html"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999\r\n\r\n"
    path = Warc().raw("response", url, head + article(), WARC_Truncated="length")
    troubles: list[Trouble] = []
    with Archive(Home(tmp_path / "home"), Extractor()) as archive:
        import_files(
            archive, [path.save(tmp_path / "x.warc.gz")], SiteRouting([site]),
            on_trouble=troubles.append,
        )  # fmt: skip
    assert troubles == []


# Folders


def test_what_is_no_file_in_a_folder_is_named_and_not_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "thu"
    (folder / "sau").mkdir(parents=True)
    Warc().raw("response", "/1", block()).save(folder / "1.warc.gz")
    Warc().raw("response", "/2", block("Hai")).save(tmp_path / "2.warc.gz")
    (folder / "nowhere.warc.gz").symlink_to(tmp_path / "nowhere")
    (folder / "sau" / "link.warc.gz").symlink_to(tmp_path / "2.warc.gz")
    (folder / "sau" / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe.wacz")
    (folder / "null.arc").symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(folder / "s.warc"))
    home = Home(tmp_path / "home")
    _, troubles = take(home, folder)
    assert titles(home) == ["Hai", "Một"]
    assert [(t.file, t.what) for t in troubles] == [
        ("nowhere.warc.gz", "it is a link that leads nowhere"),
        ("null.arc", "it is a device"),
        ("pipe.wacz", "it is a named pipe"),
        ("s.warc", "it is a socket"),
    ]


def test_a_file_and_a_folder_that_may_not_be_read_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "thu"
    (folder / "kin").mkdir(parents=True)
    Warc().raw("response", "/1", block()).save(folder / "1.warc.gz")
    Warc().raw("response", "/2", block("Hai")).save(folder / "2.warc.gz")
    opened, listed = os.open, Path.iterdir

    def refused(path: object, *how: int) -> int:
        if str(path).endswith("2.warc.gz"):
            raise PermissionError(13, "Permission denied")
        return opened(path, *how)  # type: ignore[arg-type]

    def unlisted(self: Path) -> object:
        if self.name == "kin":
            raise PermissionError(13, "Permission denied")
        return listed(self)

    monkeypatch.setattr(os, "open", refused)
    monkeypatch.setattr(Path, "iterdir", unlisted)
    home = Home(tmp_path / "home")
    _, troubles = take(home, folder)
    monkeypatch.undo()
    assert titles(home) == ["Một"]
    assert [(t.file, t.what) for t in troubles] == [
        ("2.warc.gz", "it is not to be read (Permission denied)"),
        ("kin", "the folder cannot be read (Permission denied)"),
    ]


# What is said is true


def test_a_version_that_is_not_known_is_called_that_and_what_follows_is_read(
    tmp_path: Path,
) -> None:
    first = Warc(compressed=False).raw("response", "/1", block()).buffer.getvalue()
    second = Warc(compressed=False).raw("response", "/2", block("Hai")).buffer.getvalue()
    path = tmp_path / "x.warc"
    path.write_bytes(first.replace(b"WARC/1.0", b"WARC/9.9") + second)
    home = Home(tmp_path / "home")
    _, (trouble,) = take(home, path)
    assert "WARC 9.9" in trouble.what
    assert titles(home) == ["Hai"]


@pytest.mark.parametrize(
    ("total", "says"), [("", "the last part of which is missing"), ("99", "and not the 99")]
)
def test_what_is_wrong_with_the_parts_of_a_record_is_said(
    tmp_path: Path, total: str, says: str
) -> None:
    whole = block()
    path = (
        Warc()
        .raw("response", "/1", whole[:60], WARC_Record_ID="<urn:uuid:a>", WARC_Segment_Number="1")
        .raw(
            "continuation", "/1", whole[60:], WARC_Segment_Origin_ID="<urn:uuid:a>",
            WARC_Segment_Number="2", WARC_Segment_Total_Length=total,
        )
        .save(tmp_path / "x.warc.gz")
    )  # fmt: skip
    _, troubles = take(Home(tmp_path / "home"), path)
    assert says in troubles[0].what


@pytest.mark.parametrize(
    "written",
    [
        "http://mau.example./1",
        "http://mau.example:80/1",
        "HTTP://Mau.Example.:80/1",
        "http://mau.example:/1",
    ],
)
def test_a_host_is_one_host_however_it_is_written(tmp_path: Path, written: str) -> None:
    home = Home(tmp_path / "home")
    take(home, Warc().raw("response", written, block()).save(tmp_path / "x.warc.gz"))
    assert [capture.url for capture in captures(home)] == ["http://mau.example/1"]


def test_a_host_in_letters_is_the_host_in_ascii(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    url = "http://tin-tức.mau.example/1"
    take(home, Warc().raw("response", url, block()).save(tmp_path / "x.warc.gz"))
    assert [capture.url for capture in captures(home)] == ["http://xn--tin-tc-fr8b.mau.example/1"]


@pytest.mark.parametrize("date", ["2021", "2021-03", "2021-03-04"])
def test_a_date_is_told_no_more_exactly_than_its_record_states_it(
    tmp_path: Path, date: str
) -> None:
    path = Warc().raw("response", "/1", block(), WARC_Date=date).save(tmp_path / "x.warc.gz")
    home = Home(tmp_path / "home")
    take(home, path)
    record = reading.article(home, "http://mau.example/1")
    cited = reading.citation(home, record.id, version=None, prefix=None)
    history = reading.article_history(home, record.id)
    view = View(Highlighting.NONE, 80)
    told = {
        "show": "\n".join(article_lines(record, view)),
        "cite": "\n".join([*citation_text(cited, "en"), *citation_text(cited, "vi")]),
        "bibtex": "\n".join(citation_bibtex(cited, "en")),
        "history": "\n".join(history_lines(history, view)),
    }
    for name, text in told.items():
        assert date in text, name
        assert "2021-01-01" not in text.replace(date, ""), name
        assert "00:00" not in text, name
    assert citation_json(cited)["captured_in"] == date
    assert article_json(record)["first_captured_in"] == date
    assert history_json(history)["captures"][0]["captured_in"] == date


def test_an_edit_that_a_capture_of_some_year_found_has_no_day(tmp_path: Path) -> None:
    path = (
        Warc()
        .raw("response", "/1", block("Một"), WARC_Date="2019-05-06T07:08:09Z")
        .raw("response", "/1", block("Hai"), WARC_Date="2021")
        .save(tmp_path / "x.warc.gz")
    )
    home = Home(tmp_path / "home")
    take(home, path)
    (edit,) = reading.changes(home, since=datetime(2000, 1, 1, tzinfo=UTC))
    assert change_json(edit)["found_in"] == "2021"


def test_a_swap_that_a_capture_of_some_year_found_has_no_day(tmp_path: Path) -> None:
    article = article_html('<p>Một <a href="/documents/7/a.pdf">a.pdf</a></p>').encode()
    file_url = "https://quanmau.example/documents/7/a.pdf"
    web_page, pdf = (
        f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode()
        for kind in ("text/html", "application/pdf")
    )
    path = (
        Warc()
        .raw("response", URL, web_page + article)
        .raw("response", file_url, pdf + b"%PDF-1.4 a", WARC_Date="2021-05-06T07:08:09Z")
        .raw("response", file_url, pdf + b"%PDF-1.4 b", WARC_Date="2023")
        .save(tmp_path / "x.warc.gz")
    )
    home = Home(tmp_path / "home")
    with Archive(home, Extractor()) as archive:
        import_files(archive, [path], SiteRouting([SITE]))
    (edit,) = reading.changes(home, since=datetime(2000, 1, 1, tzinfo=UTC))
    assert (edit.kinds, change_json(edit)["found_in"]) == (("file",), "2023")


def test_an_address_without_a_scheme_is_named(tmp_path: Path) -> None:
    warc = Warc()
    for url in ("//mau.example/1", "mau.example:443/2", "mau.example/3", "/4"):
        warc.raw("response", "/1", block(), WARC_Target_URI=url)
    warc.raw("response", "/1", block(), WARC_Target_URI="urn:x").raw("response", "/6", block())
    done, troubles = take(Home(tmp_path / "home"), warc.save(tmp_path / "x.warc.gz"))
    assert done.skipped == {LeftOut.NO_SCHEME: 4, LeftOut.NO_WEB_PAGE: 1}
    assert len(troubles) == 4
    assert "//mau.example/1" in troubles[0].what
    assert done.taken.total() == 1


def plain_records(*versions: bytes) -> bytes:
    records = []
    for number, version in enumerate(versions):
        made = Warc(compressed=False).raw("response", f"/{number}", block(f"Bài {number}"))
        records.append(made.buffer.getvalue().replace(b"WARC/1.0", version, 1))
    return b"".join(records)


def test_versions_that_are_none_are_named_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(plain_records(b"WARC/1.0", b"WARC/2.0", b"warc/1.1", b"WARC/1.1"))
    home = Home(tmp_path / "home")
    _, troubles = take(home, path)
    assert titles(home) == ["Bài 0", "Bài 3"]
    first, second = (trouble.what for trouble in troubles)
    assert "WARC 2.0" in first
    assert "not a WARC record" in second


def test_what_is_no_record_many_times_in_a_row_is_told_of_once(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    wrong = b"WARC/1.0\r\nContent-Length: x\r\n\r\n\r\n" * 40
    path.write_bytes(plain_records(b"WARC/1.0") + wrong + plain_records(b"WARC/1.0") + wrong)
    _, troubles = take(Home(tmp_path / "home"), path)
    assert len(troubles) == 2
    assert all("39 places" in trouble.what for trouble in troubles)
