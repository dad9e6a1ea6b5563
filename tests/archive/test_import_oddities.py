"""What other programs write that no standard has, or only just: it is taken in, or named."""

from __future__ import annotations

import base64
import gzip
import hashlib
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest

from archive.ground.home import Home
from archive.ground.message import Message
from archive.importing import EXPECTED, LeftOut, import_files
from archive.model import Role
from archive.reading import ArchiveReader
from archive.store import Archive
from archive.warc.digests import normal
from crawler import Extractor, SiteRouting
from crawler.import_routing import role_of
from support.codes import english
from support.crawling import environment, thanh_giang
from support.foreign import (
    HEAD,
    Warc,
    captures,
    is_sound,
    plain,
    rebuilds_to_the_same,
    take,
    titles,
    zstd,
)
from support.keeping import JsonExtract, exchange, keep, page, writing
from support.memory import PEAK_MEMORY

BLOCK = HEAD.encode() + b"\r\n"
REVISIT = "http://netpreserve.org/warc/1.0/revisit/"


def block(title: str = "Một") -> bytes:
    return BLOCK + page(title)


def sha1(data: bytes) -> bytes:
    return hashlib.sha1(data).digest()


def named(value: bytes, label: str = "sha1") -> str:
    return f"{label}:{base64.b32encode(value).decode()}"


# What would stand in the way later is not written


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"WARC_Date": "0001-01-01T00:00:00+07:00"}, LeftOut.NO_DATE),
        ({"WARC_Date": "9999-12-31T23:59:59-07:00"}, LeftOut.NO_DATE),
        ({"WARC_Date": "0000"}, LeftOut.NO_DATE),
        ({"WARC_Date": "20210304050607"}, LeftOut.NO_DATE),
        ({"WARC_Target_URI": "http://[dia-chi/x"}, LeftOut.BAD_ADDRESS),
        ({"WARC_Target_URI": "http://a\u2100b.mau.example/"}, LeftOut.BAD_ADDRESS),
        ({"WARC_Target_URI": "http://mau.example:99999/"}, LeftOut.BAD_ADDRESS),
        ({"WARC_Target_URI": "http:///mau.example"}, LeftOut.BAD_ADDRESS),
        ({"WARC_Target_URI": "http://mau.example/\x01"}, LeftOut.BAD_ADDRESS),
        ({"WARC_Target_URI": ""}, LeftOut.NO_ADDRESS),
        ({"WARC_Segment_Number": "2"}, LeftOut.LATER_PART),
    ],
)
def test_a_record_that_could_not_be_read_later_is_named_and_the_others_are_taken_in(
    tmp_path: Path, fields: dict[str, str], reason: LeftOut
) -> None:
    path = (
        Warc()
        .raw("response", "/1", block("Một"))
        .raw("response", "/2", block("Hai"), **fields)
        .raw("response", "/3", block("Ba"))
        .save(tmp_path / "x.warc.gz")
    )
    home = Home(tmp_path / "home")
    done, (trouble,) = take(home, path)
    assert done.skipped == {reason: 1}
    assert english(Message(reason.value)) in trouble.what
    assert int(trouble.place) > 0
    assert titles(home) == ["Ba", "Một"]
    assert is_sound(home)
    assert rebuilds_to_the_same(home)


@pytest.mark.parametrize("number", ["", "hai", "0", "-1", "1.5", "9" * 5000])
def test_a_number_of_a_part_that_is_none_counts_for_nothing(tmp_path: Path, number: str) -> None:
    path = Warc().raw("response", "/1", block(), WARC_Segment_Number=number)
    home = Home(tmp_path / "home")
    done, _ = take(home, path.save(tmp_path / "x.warc.gz"))
    assert done.taken.total() + done.troubles == 1
    assert is_sound(home)


def test_a_length_of_a_thousand_digits_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n"
    )
    _, (trouble,) = take(Home(tmp_path / "home"), path)
    assert "Content-Length" in trouble.what


# Dates, addresses, ids


@pytest.mark.parametrize(
    ("date", "means"),
    [
        ("2021", datetime(2021, 1, 1, tzinfo=UTC)),
        ("2021-03", datetime(2021, 3, 1, tzinfo=UTC)),
        ("2021-03-04", datetime(2021, 3, 4, tzinfo=UTC)),
        ("2021-03-04T05:06Z", datetime(2021, 3, 4, 5, 6, tzinfo=UTC)),
        ("2021-03-04t05:06:07z", datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("2021-03-04T12:06:07+07:00", datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("2021-03-04T05:06:07.123456789Z", datetime(2021, 3, 4, 5, 6, 7, 123456, tzinfo=UTC)),
    ],
)
def test_a_date_of_any_precision_is_one(tmp_path: Path, date: str, means: datetime) -> None:
    path = Warc().raw("response", "/1", block(), WARC_Date=date).save(tmp_path / "x.warc.gz")
    home = Home(tmp_path / "home")
    take(home, path)
    assert [capture.captured_at for capture in captures(home)] == [means]


@pytest.mark.parametrize(
    "written",
    [
        "\r\n http://mau.example/tin/1",
        "http://mau.example/\r\n\ttin/1",
        "<http://mau.example/tin/1>",
        "HTTP://MAU.EXAMPLE/tin/1",
        "<HTTP://Mau.Example\r\n /tin/1>",
    ],
)
def test_an_address_folded_in_brackets_or_in_capitals_is_the_address(
    tmp_path: Path, written: str
) -> None:
    path = Warc().raw("response", "/", block(), WARC_Target_URI=written)
    home = Home(tmp_path / "home")
    take(home, path.save(tmp_path / "x.warc.gz"))
    assert [capture.url for capture in captures(home)] == ["http://mau.example/tin/1"]
    assert is_sound(home)


def test_one_id_for_all_records_loses_none(tmp_path: Path) -> None:
    one = "<urn:uuid:00000000-0000-4000-8000-000000000001>"
    warc = Warc()
    warc.raw("warcinfo", "", b"software: khac/1\r\n", WARC_Record_ID=one, WARC_Target_URI="")
    for number in range(5):
        both = {"WARC_Record_ID": one, "WARC_Warcinfo_ID": one}
        request = f"GET /{number} HTTP/1.1\r\n\r\n".encode()
        warc.raw("response", f"/{number}", block(f"Bài {number}"), **both)
        warc.raw("request", f"/{number}", request, WARC_Concurrent_To=one, **both)
    path = warc.save(tmp_path / "x.warc.gz")
    home = Home(tmp_path / "home")
    done, troubles = take(home, path)
    assert (done.taken.total(), troubles) == (5, [])
    assert titles(home) == [f"Bài {number}" for number in range(5)]
    again, _ = take(home, path)
    assert (again.taken.total(), again.known) == (0, 5)
    assert is_sound(home)
    assert rebuilds_to_the_same(home)


def test_a_record_without_an_id_is_taken_in_once(tmp_path: Path) -> None:
    path = Warc().raw("response", "/1", block(), WARC_Record_ID="").save(tmp_path / "x.warc.gz")
    home = Home(tmp_path / "home")
    done, _ = take(home, path)
    again, _ = take(home, path)
    assert (done.taken.total(), again.taken.total(), again.known) == (1, 0, 1)
    assert is_sound(home)


@pytest.mark.parametrize("kind", ["Response", "RESPONSE"])
def test_a_type_may_be_in_capitals(tmp_path: Path, kind: str) -> None:
    path = Warc().raw("response", "/1", block(), WARC_Type=kind).save(tmp_path / "x.warc.gz")
    home = Home(tmp_path / "home")
    assert take(home, path)[0].taken.total() == 1
    assert is_sound(home)


# Digests


@pytest.mark.parametrize(
    "stated",
    [
        named(sha1(block())),
        named(sha1(block()), "SHA1"),
        named(sha1(block()), "sha-1").lower(),
        f"sha1:{sha1(block()).hex()}",
        f"sha1:{sha1(block()).hex().upper()}",
        f"sha1:{base64.b64encode(sha1(block())).decode()}",
        f"sha1:{base64.urlsafe_b64encode(sha1(block())).decode().rstrip('=')}",
        f"md5:{base64.b64encode(hashlib.md5(block()).digest()).decode()}",
        f"sha256:{base64.b64encode(hashlib.sha256(block()).digest()).decode()}",
        f"blake3:{'0' * 64}",
        named(sha1(page("Một"))),
    ],
)
def test_a_block_digest_holds_in_every_encoding_and_of_the_payload(
    tmp_path: Path, stated: str
) -> None:
    path = Warc().raw("response", "/1", block(), WARC_Block_Digest=stated)
    home = Home(tmp_path / "home")
    done, troubles = take(home, path.save(tmp_path / "x.warc.gz"))
    assert (done.taken.total(), troubles) == (1, [])
    assert is_sound(home)


def test_digests_in_different_encodings_are_one() -> None:
    value = sha1(b"x")
    forms = {
        named(value),
        named(value, "SHA1"),
        f"sha1:{value.hex()}",
        f"sha1:{base64.b64encode(value).decode()}",
    }
    assert {normal(form) for form in forms} == {f"sha1:{value.hex()}"}


# Revisits of what is here


SHA1 = {"WARC_Payload_Digest": named(sha1(page("Một")))}
SHA256 = base64.b64encode(hashlib.sha256(page("Một")).digest()).decode()
WITH_FRACTION = "2021-03-04T05:06:07.250Z"
NOT_MODIFIED = {"WARC_Profile": REVISIT + "server-not-modified"}


def refers_to(url: str, date: str) -> dict[str, str]:
    return {"WARC_Refers_To_Target_URI": url, "WARC_Refers_To_Date": date}


@pytest.mark.parametrize(
    ("original", "revisit"),
    [
        (SHA1, {"WARC_Payload_Digest": "SHA1:" + SHA1["WARC_Payload_Digest"][5:]}),
        (SHA1, {"WARC_Payload_Digest": f"sha1:{sha1(page('Một')).hex()}"}),
        ({}, SHA1),
        ({}, {"WARC_Payload_Digest": f"sha256:{SHA256}"}),
        ({"WARC_Date": WITH_FRACTION}, refers_to("http://mau.example/1", "2021-03-04T05:06:07Z")),
        ({}, refers_to("<HTTP://Mau.example/1>", WITH_FRACTION)),
        ({}, NOT_MODIFIED),
        ({}, {**NOT_MODIFIED, "WARC_Refers_To_Date": "hôm qua"}),
        (
            {"WARC_Record_ID": "<urn:uuid:a>"},
            {"WARC_Refers_To": "<urn:uuid:a>", "WARC_Refers_To_Date": "hôm qua"},
        ),
    ],
)
@pytest.mark.parametrize("original_first", [True, False])
def test_a_revisit_of_a_response_that_is_here_is_resolved(
    tmp_path: Path, original: dict[str, str], revisit: dict[str, str], original_first: bool
) -> None:
    warc = Warc()
    if original_first:
        warc.raw("response", "/1", block(), **original)
    warc.raw("revisit", "/1", BLOCK, WARC_Date="2021-04-01T00:00:00Z", **revisit)
    if not original_first:
        warc.raw("response", "/1", block(), **original)
    home = Home(tmp_path / "home")
    done, troubles = take(home, warc.save(tmp_path / "x.warc.gz"))
    assert (done.taken.total(), troubles) == (2, [])
    with ArchiveReader.open(home) as reader:
        (visit,) = [c for c in captures(home) if c.refers_to]
        assert reader.stored(visit).body == page("Một")
    assert is_sound(home)
    assert rebuilds_to_the_same(home)


def test_a_revisit_of_a_revisit_is_one_of_its_response(tmp_path: Path) -> None:
    path = (
        Warc()
        .raw("response", "/1", block(), WARC_Record_ID="<urn:uuid:a>")
        .raw("revisit", "/1", BLOCK, WARC_Record_ID="<urn:uuid:b>", WARC_Refers_To="<urn:uuid:a>")
        .raw("revisit", "/1", BLOCK, WARC_Record_ID="<urn:uuid:c>", WARC_Refers_To="<urn:uuid:b>")
        .save(tmp_path / "x.warc.gz")
    )
    home = Home(tmp_path / "home")
    take(home, path)
    assert [c.refers_to for c in captures(home)] == [None, "<urn:uuid:a>", "<urn:uuid:a>"]
    assert is_sound(home)


def test_a_revisit_of_what_is_nowhere_is_named(tmp_path: Path) -> None:
    path = Warc().raw("revisit", "/1", BLOCK, WARC_Refers_To="<urn:uuid:a>")
    done, (trouble,) = take(Home(tmp_path / "home"), path.save(tmp_path / "x.warc.gz"))
    assert done.skipped == {LeftOut.UNRESOLVED: 1}
    assert "http://mau.example/1" in trouble.what


# Records far from what they belong to


@pytest.mark.parametrize("names", [True, False])
@pytest.mark.parametrize("requests_first", [True, False])
def test_a_request_far_away_counts_as_one_beside(
    tmp_path: Path, names: bool, requests_first: bool
) -> None:
    def write(warc: Warc, kind: str) -> None:
        for number in range(24):
            if kind == "response":
                own = {"WARC_Record_ID": f"<urn:uuid:{number}>"}
                warc.raw(kind, f"/{number}", block(f"Bài {number}"), **own)
            else:
                method = "POST" if number % 2 else "GET"
                fields = {"WARC_Concurrent_To": f"<urn:uuid:{number}>"} if names else {}
                warc.raw(kind, f"/{number}", f"{method} / HTTP/1.1\r\n\r\n".encode(), **fields)

    warc = Warc()
    for kind in ("request", "response") if requests_first else ("response", "request"):
        write(warc, kind)
    home = Home(tmp_path / "home")
    done, troubles = take(home, warc.save(tmp_path / "x.warc.gz"))
    assert done.taken.total() == 12
    assert done.skipped == {LeftOut.NOT_GET: 12}
    assert len(troubles) == 12
    kept = b"".join(member for path in home.warc.iterdir() for member in plain(path))
    assert kept.count(b"GET / HTTP/1.1") == 12
    assert is_sound(home)


def test_a_request_without_a_response_is_named_with_its_address(tmp_path: Path) -> None:
    path = (
        Warc()
        .raw("request", "/1", b"GET /1 HTTP/1.1\r\n\r\n", WARC_Concurrent_To="<urn:uuid:a>")
        .raw("request", "http://khac.example/", b"GET / HTTP/1.1\r\n\r\n")
        .raw("metadata", "metadata://khac/manifest", b"x: y\r\n")
        .save(tmp_path / "x.warc.gz")
    )
    done, (trouble,) = take(Home(tmp_path / "home"), path)
    assert "http://mau.example/1" in trouble.what
    assert done.skipped[LeftOut.OTHER_HOST] == done.skipped[LeftOut.NO_WEB_PAGE] == 1


# Records that are split over several


def split(warc: Warc, whole: bytes, *, parts: int = 3, without: int = 0) -> Warc:
    size = len(whole) // parts + 1
    for number in range(1, parts + 1):
        piece = whole[(number - 1) * size : number * size]
        fields = {"WARC_Segment_Number": str(number), "WARC_Block_Digest": named(sha1(piece))}
        if number == parts:
            fields["WARC_Segment_Total_Length"] = str(len(whole))
        if number == 1:
            warc.raw("response", "/1", piece, WARC_Record_ID="<urn:uuid:a>", **fields)
        elif number != without:
            warc.raw("continuation", "/1", piece, WARC_Segment_Origin_ID="<urn:uuid:a>", **fields)
    return warc


def test_a_record_that_is_split_over_several_is_put_together(tmp_path: Path) -> None:
    path = split(Warc(), block()).raw("response", "/2", block("Hai")).save(tmp_path / "x.warc.gz")
    home = Home(tmp_path / "home")
    done, troubles = take(home, path)
    assert (done.taken.total(), troubles) == (2, [])
    assert titles(home) == ["Hai", "Một"]
    again, _ = take(home, path)
    assert again.known == 2
    assert is_sound(home)
    assert rebuilds_to_the_same(home)


@pytest.mark.parametrize("without", [2, 3])
def test_a_record_that_lacks_a_part_is_named(tmp_path: Path, without: int) -> None:
    path = split(Warc(), block(), without=without).save(tmp_path / "x.warc.gz")
    done, troubles = take(Home(tmp_path / "home"), path)
    assert done.taken.total() == 0
    assert "split over several" in troubles[0].what


LARGE = f"""
import sys
from pathlib import Path
from archive.ground.home import Home
from support.foreign import HEAD, Warc, captures, take
folder = Path(sys.argv[1])
big = HEAD.encode() + b"\\r\\n" + bytes(100 << 20)
path = Warc(compressed=False).raw("response", "/1", big).save(folder / "x.warc")
del big
done, troubles = take(Home(folder / "home"), path)
assert (done.taken.total(), troubles) == (1, [])
assert captures(Home(folder / "home"))[0].payload_length == 100 << 20
print({PEAK_MEMORY})
"""


def test_a_record_larger_than_a_page_may_be_is_taken_in_within_bounds(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LARGE, str(tmp_path)],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 1000


# Bodies as browsers get them


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, br"])
def test_a_body_in_a_coding_of_browsers_is_read(tmp_path: Path, coding: str) -> None:
    site = thanh_giang()
    body = (
        "<html><body><div class='asset-full-content'><h3 class='asset-full-content-title'>Họp</h3>"
        "<div class='asset-content' id='_101_INSTANCE_a_7'><div class='journal-content-article'>"
        "<p>Hội đồng nhân dân họp.</p></div></div></div></body></html>"
    ).encode()
    for one in coding.split(", "):
        pack = {"br": brotli.compress, "zstd": zstd.compress, "gzip": gzip.compress}[one]
        body = pack(body)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {coding}\r\n\r\n"
    url = f"https://{site.host}/tin/-/view_content/7-hop.html"
    path = Warc().raw("response", url, head.encode() + body).save(tmp_path / "x.warc.gz")
    home = Home(tmp_path / "home")
    with Archive(home, Extractor()) as archive:
        import_files(archive, [path], SiteRouting([site]))
    assert titles(home) == ["Họp"]


# What is said of what is left out


def test_what_every_file_has_is_counted_by_host_and_not_told_one_by_one(tmp_path: Path) -> None:
    warc = Warc().raw("response", "/1", block())
    for host in ("a.example", "a.example", "b.example"):
        warc.raw("response", f"https://{host}/", block())
    warc.raw("resource", "urn:pageinfo:http://mau.example/", b"{}")
    done, troubles = take(Home(tmp_path / "home"), warc.save(tmp_path / "x.warc.gz"))
    assert troubles == []
    assert done.skipped.keys() <= EXPECTED
    assert done.hosts == {"a.example": 2, "b.example": 1}


def test_the_notes_of_an_archive_like_this_are_known_for_what_they_are(tmp_path: Path) -> None:
    first = Home(tmp_path / "1")
    with writing(first) as (archive, run):
        keep(archive, run, exchange("/a", page("Một")))
        run.record_act("mau-1", "withhold", "thử", None)
    done, troubles = take(Home(tmp_path / "2"), *first.warc.iterdir())
    assert (done.taken.total(), troubles) == (1, [])
    assert done.skipped == {LeftOut.OWN_NOTE: 2}


def test_a_site_that_only_the_archive_of_a_file_describes_is_taken_from_there(
    tmp_path: Path,
) -> None:
    site = thanh_giang()
    first = Home(tmp_path / "1")
    with writing(first, site=site.describe()) as (archive, run):
        url = f"https://{site.host}/tin/-/view_content/7-hop.html"
        keep(archive, run, exchange("/a", page("Một"), url=url))
    (segment,) = first.warc.iterdir()
    for learning, taken in ((False, 0), (True, 1)):
        with Archive(Home(tmp_path / str(learning)), JsonExtract()) as archive:
            done = import_files(archive, [segment], SiteRouting([], learning=learning))
            assert done.taken.total() == taken


@pytest.mark.parametrize(
    "description", ["", "không", "[]", '{"id": "x"}', '{"id": ' + "[" * 100_000, "null"]
)
def test_a_description_that_is_none_is_passed_over(description: str) -> None:
    routing = SiteRouting([], learning=True)
    routing.learn(description)
    at = datetime(2021, 1, 1, tzinfo=UTC)
    assert routing("http://x.example/", at, None) == LeftOut.OTHER_HOST


def test_a_language_appended_to_an_article_is_no_article_that_is_missing() -> None:
    site = thanh_giang()
    url = f"https://{site.host}/tin/-/view_content/7-hop.html"
    at = datetime(2021, 1, 1, tzinfo=UTC)
    assert role_of(site, url, at, "text/html") is Role.ARTICLE
    assert role_of(site, f"{url}/en", at, "text/html") is Role.OTHER


@pytest.mark.parametrize(
    ("path", "media_type", "role"),
    [
        ("f/1", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "A"),
        ("f/1", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "A"),
        ("f/1", "application/vnd.oasis.opendocument.text", "A"),
        ("f/loi404.pdf", "text/html", "A"),
        ("f/bieu.ods", "text/plain", "A"),
        ("f/chup.jpg", "image/jpeg", "I"),
        ("f/1", "text/xml", "O"),
        ("f/1", "application/rss+xml; charset=utf-8", "O"),
        ("f/1", "application/x-javascript", "O"),
        ("f/1", "application/vnd.ms-fontobject", "O"),
        ("f/1", "text/css", "O"),
        ("f/1", "application/json", "O"),
    ],
)
def test_a_file_is_an_attachment_by_its_whole_media_type_or_its_address(
    path: str, media_type: str, role: str
) -> None:
    site = thanh_giang()
    at = datetime(2021, 1, 1, tzinfo=UTC)
    roles = {"A": Role.ATTACHMENT, "I": Role.IMAGE, "O": Role.OTHER}
    assert role_of(site, f"https://{site.host}/{path}", at, media_type) is roles[role]
