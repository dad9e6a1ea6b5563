"""What is written: WARC/1.1 records that stand on their own, whoever reads them."""

import gzip
import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from archive import run as run_module
from archive.ground.errors import ArchiveDamaged
from archive.ground.home import Home
from archive.model import Encryption, Outcome, Role
from archive.reading import ArchiveReader
from support.codes import english
from support.keeping import NOON, REQUEST, SITE, exchange, keep, page, writing
from support.warcs import faults, records


def only(found, kind):
    (record,) = [one for one in found if one.type == kind]
    return record


def test_a_capture_is_request_metadata_and_response_in_that_order(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", page("Một")))

    found = records(tmp_path / "warc")
    assert [one.type for one in found] == [
        "warcinfo",
        "request",
        "metadata",
        "response",
        "metadata",
    ]
    response = found[3]
    for partner in found[1:3]:
        assert partner.fields["WARC-Concurrent-To"] == response.fields["WARC-Record-ID"]
        assert partner.url == response.url
        assert partner.fields["WARC-Date"] == response.fields["WARC-Date"]
    assert not faults(tmp_path / "warc")


def test_the_head_and_the_body_lie_there_byte_for_byte(tmp_path):
    lines = (b"HTTP/1.1 200 \xd4K", b"x-ODD:  a", b"X-Odd: b", b"no colon here", b"Y: a", b"  b")
    head = b"".join(line + b"\r\n" for line in (*lines, b""))
    body = b"\x00\r\n\r\nHTTP/1.1 200 OK\r\n\r\n\xff" + bytes(range(256))
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", body, response_head=head))

    found = records(tmp_path / "warc")
    assert only(found, "response").block == head + body
    assert only(found, "request").block == REQUEST
    assert not faults(tmp_path / "warc")


@pytest.mark.parametrize(
    "name", [b"Transfer-Encoding", b"TRANSFER-encoding", b"transfer-encoding "]
)
def test_a_chunked_response_says_how_it_came(tmp_path, name):
    head = b"HTTP/1.1 200 OK\r\nX-A: transfer-encoding: x\r\n%b: chunked\r\n\r\n"
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", b"whole", response_head=head % name))

    renamed = b"X-Orig-Transfer-Encoding" + name[len(b"Transfer-Encoding") :]
    assert only(records(tmp_path / "warc"), "response").head == head % renamed


def test_what_was_cut_says_so(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", b"hal", truncated="disconnect"))

    assert only(records(tmp_path / "warc"), "response").fields["WARC-Truncated"] == "disconnect"
    with ArchiveReader.open(Home(tmp_path)) as reader:
        assert reader.capture(1).truncated == "disconnect"


def test_the_metadata_tells_why_and_how_the_page_was_fetched(tmp_path):
    with writing(tmp_path) as (archive, run):
        one = exchange(
            "/a",
            b"x",
            via="https://mau.example/",
            ip_address="192.0.2.1",
            protocol="HTTP/1.1",
            encryption=Encryption("tls/1.2", "TLS_AES_128_GCM_SHA256", (b"der",), "self-signed"),
        )
        keep(archive, run, one)

    found = records(tmp_path / "warc")
    metadata = next(one for one in found if one.type == "metadata")
    assert metadata.values == {
        "hdnd-run": run.id,
        "role": "article",
        "via": "https://mau.example/",
        "protocol": "HTTP/1.1",
        "tls-protocol": "tls/1.2",
        "tls-cipher": "TLS_AES_128_GCM_SHA256",
        "certificate-sha256": hashlib.sha256(b"der").hexdigest(),
        "certificate-trouble": "self-signed",
    }
    assert only(found, "response").fields["WARC-IP-Address"] == "192.0.2.1"


def test_the_warcinfo_holds_the_whole_site_description_and_the_software(tmp_path):
    site = {**SITE, "note": "Hai dòng\nvà dấu \u2028 \x85 \x0b: lạ", "categories": {"/a": "Ă"}}
    with writing(tmp_path, site=site) as (archive, run):
        keep(archive, run, exchange("/a", b"x"))

    values = only(records(tmp_path / "warc"), "warcinfo").values
    assert json.loads(values["hdnd-site-description"]) == site
    assert values["software"].startswith("hdnd-archive/")
    assert values["hdnd-run"] == run.id
    with ArchiveReader.open(Home(tmp_path)) as reader:
        (row,) = reader.catalogue.connection.execute("SELECT description FROM run").fetchall()
        assert json.loads(row["description"]) == site


@pytest.mark.parametrize("odd", ["a\u2028b", "a\x85b: c", "a\x0bb", "a\nb\rc", "  a  ", "ừ: ư"])
def test_a_detail_survives_in_one_line_whatever_is_in_it(tmp_path, odd):
    with writing(tmp_path) as (_, run):
        run.note("https://mau.example/x", Role.ARTICLE, Outcome.FAILED, odd, None)

    with ArchiveReader.open(Home(tmp_path)) as reader:
        (problem,) = reader.problems()
    assert problem.detail.split() == odd.split()


def test_what_left_no_response_is_a_record_too(tmp_path):
    with writing(tmp_path) as (_, run):
        url = "https://elsewhere.example/a.png"
        run.note(url, Role.IMAGE, Outcome.NOT_FETCHED, "another host", "https://mau.example/")

    note = next(one for one in records(tmp_path / "warc") if one.type == "metadata")
    assert note.url == "https://elsewhere.example/a.png"
    assert note.values["outcome"] == "not-fetched"
    assert note.values["via"] == "https://mau.example/"
    assert not faults(tmp_path / "warc")


def test_equal_bytes_become_a_revisit_of_the_response_that_holds_them(tmp_path):
    body = page("Một")
    other_head = b"HTTP/1.1 200 OK\r\nDate: later\r\n\r\n"
    with writing(tmp_path) as (archive, run):
        first, second, third = keep(
            archive,
            run,
            exchange("/a", body),
            exchange("/b", body, response_head=other_head, minutes=1),
            exchange("/a", body, minutes=2),
        )

    found = records(tmp_path / "warc")
    original = only(found, "response")
    revisits = [one for one in found if one.type == "revisit"]
    assert revisits[0].block == other_head
    for revisit in revisits:
        assert revisit.fields["WARC-Refers-To"] == original.fields["WARC-Record-ID"]
        assert revisit.fields["WARC-Refers-To-Target-URI"] == original.url
        assert revisit.fields["WARC-Refers-To-Date"] == original.fields["WARC-Date"]
        assert revisit.fields["WARC-Profile"].endswith("/revisit/identical-payload-digest")
    assert not faults(tmp_path / "warc")
    with ArchiveReader.open(Home(tmp_path)) as reader:
        for seq in (first, second, third):
            capture = reader.capture(seq)
            assert reader.stored(capture).body == body
            assert capture.payload_length == len(body)
        assert reader.stored(reader.capture(second)).header("date") == "later"


def test_an_empty_body_and_a_cut_one_are_never_a_revisit_nor_referred_to(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(
            archive,
            run,
            exchange("/a", b""),
            exchange("/b", b""),
            exchange("/c", b"hal", truncated="disconnect"),
            exchange("/d", b"hal"),
            exchange("/e", b"hal", truncated="disconnect"),
        )

    assert [one.type for one in records(tmp_path / "warc")].count("revisit") == 0


def test_one_byte_more_is_no_revisit(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", b"views 842"), exchange("/a", b"views 846"))

    assert [one.type for one in records(tmp_path / "warc")].count("response") == 2


def test_segments_roll_at_a_size_and_each_opens_with_its_warcinfo(tmp_path, monkeypatch):
    monkeypatch.setattr(run_module, "SEGMENT_LIMIT", 6000)
    with writing(tmp_path) as (archive, run):
        for number in range(12):
            keep(archive, run, exchange(f"/{number}", page(f"Bài {number}")))
        open_now = [path.name for path in (tmp_path / "warc").glob("*.open")]
        assert len(open_now) == 1

    names = sorted(path.name for path in (tmp_path / "warc").iterdir())
    assert len(names) > 2
    assert all(name.endswith(".warc.gz") for name in names)
    assert [int(name.split("-")[1]) for name in names] == list(range(1, len(names) + 1))
    found = records(tmp_path / "warc")
    assert [one.type for one in found].count("warcinfo") == len(names)
    assert not faults(tmp_path / "warc")
    with ArchiveReader.open(Home(tmp_path)) as reader:
        assert reader.status().captures == 12
        assert len(reader.runs()) == 1


def test_a_closed_segment_is_never_written_again(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", page("Một")))
    (first,) = (tmp_path / "warc").iterdir()
    before = first.read_bytes(), first.stat().st_mtime_ns

    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", page("Hai"), minutes=1))

    assert (first.read_bytes(), first.stat().st_mtime_ns) == before
    assert len(list((tmp_path / "warc").iterdir())) == 2


def test_a_flipped_byte_is_reported_with_its_file_and_offset(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", page("Một", blocks=["Chữ " * 400])))
    home = Home(tmp_path)
    with ArchiveReader.open(home) as reader:
        capture = reader.capture(1)
        (segment,) = (tmp_path / "warc").iterdir()
        whole = segment.read_bytes()
        for at in range(capture.offset + 10, capture.offset + capture.length, 7):
            flipped = bytearray(whole)
            flipped[at] ^= 0x10
            segment.write_bytes(flipped)
            with pytest.raises(ArchiveDamaged) as caught:
                reader.stored(capture)
            assert str(segment) in english(caught.value.said)
            assert f"offset {capture.offset}" in english(caught.value.said)
            assert caught.value.hint
        segment.write_bytes(whole)
        assert reader.stored(capture).body == page("Một", blocks=["Chữ " * 400])


def test_a_record_that_was_rewritten_together_with_its_gzip_is_reported_too(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", b"mot nghin"))
    (segment,) = (tmp_path / "warc").iterdir()
    with ArchiveReader.open(Home(tmp_path)) as reader:
        capture = reader.capture(1)
        data = segment.read_bytes()
        member = data[capture.offset : capture.offset + capture.length]
        forged = gzip.compress(gzip.decompress(member).replace(b"mot", b"hai"), mtime=0)
        rest = data[capture.offset + capture.length :]
        segment.write_bytes(data[: capture.offset] + forged + rest)
        with pytest.raises(ArchiveDamaged) as caught:
            reader.stored(replace(capture, length=len(forged)))
    assert str(segment) in english(caught.value.said)
    assert f"offset {capture.offset}" in english(caught.value.said)


def test_times_are_in_utc_to_the_microsecond(tmp_path):
    with writing(tmp_path) as (archive, run):
        started = NOON + timedelta(microseconds=123456)
        keep(archive, run, exchange("/a", b"x", started_at=started))

    response = only(records(tmp_path / "warc"), "response")
    assert response.fields["WARC-Date"] == "2024-02-05T05:00:00.123456Z"
