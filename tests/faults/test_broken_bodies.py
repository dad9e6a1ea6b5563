"""Bodies that are cut, mislabelled, endless or larger than they say."""

from __future__ import annotations

import gzip
import random
import time
import unicodedata

import pytest

from crawler.sample_portal import SampleAttachment, SampleImage
from portal_visitor import article, path_of
from support.crawling import crawl_in_process, home_in
from support.hostile_portal import Guest, HostilePortal, response
from support.memory import PEAK_MEMORY
from support.warcs import faults, records

ONE = article(
    "mot",
    title="Hội đồng nhân dân quận tổ chức kỳ họp thứ mười",
    paragraphs=("Đề án nước sạch được biểu quyết thông qua.", "Kỳ họp bế mạc lúc 17 giờ."),
)
HERE = r"/-/view_content/\d"
ID = f"thanh-giang-{ONE.asset_id}"


def cut_gzip(guest: Guest) -> bytes:
    packed = gzip.compress(guest.answer.body)
    return response(guest.answer, packed[: len(packed) * 2 // 3], Content_Encoding="gzip")


def says_more_than_it_sends(guest: Guest) -> bytes:
    body = guest.answer.body
    return response(guest.answer, body[: len(body) * 2 // 3], length=len(body))


def sends_more_than_it_says(guest: Guest) -> bytes:
    body = guest.answer.body
    return response(guest.answer, body, length=len(body) * 2 // 3)


def hangs_up_without_a_length(guest: Guest) -> bytes:
    body = guest.answer.body
    whole = response(guest.answer, body[: len(body) * 2 // 3])
    return b"".join(
        line for line in whole.splitlines(keepends=True) if not line.startswith(b"content-length")
    )


CUTS = [cut_gzip, says_more_than_it_sends, sends_more_than_it_says, hangs_up_without_a_length]


@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: cut.__name__)
def test_a_cut_page_is_kept_and_flagged_and_never_takes_the_place_of_a_whole_one(tmp_path, cut):
    home = home_in(tmp_path)
    with HostilePortal([ONE]) as portal:
        crawl_in_process(home, portal)
        portal.on(HERE, cut)
        again = crawl_in_process(home, portal)

    assert again.counts["to-be-retried"] == 2
    marks = [r.fields.get("WARC-Truncated") for r in records(home.warc) if path_in(r)]
    assert marks[0] is None
    assert len(marks) == 4
    assert all(marks[1:])
    with again.reader() as reader:
        record = reader.article(ID)
        assert [block.text for block in record.article.blocks] == list(ONE.paragraphs)
        assert record.capture_seq == min(
            row["seq"] for row in reader.catalogue.connection.execute("SELECT seq FROM observation")
        )
    assert not faults(home.warc)


def path_in(record) -> bool:
    return record.type in ("response", "revisit") and "/-/view_content/" in record.url


def test_a_page_that_was_cut_once_is_whole_at_the_second_attempt(tmp_path):
    home = home_in(tmp_path)
    with HostilePortal([ONE]) as portal:
        portal.on(HERE, cut_gzip, times=1)
        crawled = crawl_in_process(home, portal)

    with crawled.reader() as reader:
        assert len(reader.article(ID).article.blocks) == 2
        assert reader.problems() == []


def test_a_page_that_stays_cut_is_named_as_a_problem(tmp_path):
    home = home_in(tmp_path)
    with HostilePortal([ONE]) as portal:
        portal.on(HERE, says_more_than_it_sends)
        crawled = crawl_in_process(home, portal)

    assert crawled.summary["problems"] == 1
    with crawled.reader() as reader:
        (problem,) = reader.problems()
    assert "cut short" in problem.detail


def test_a_page_in_utf_16_is_not_taken_for_a_cut_one(tmp_path):
    home = home_in(tmp_path)
    with HostilePortal([ONE]) as portal:
        portal.on(
            HERE,
            lambda guest: response(
                guest.answer, guest.answer.body.decode("utf-8").encode("utf-16")
            ),
        )
        crawled = crawl_in_process(home, portal)

    assert "to-be-retried" not in crawled.counts
    with crawled.reader() as reader:
        assert [b.text for b in reader.article(ID).article.blocks] == list(ONE.paragraphs)


MISLABELLED = {
    "gzip unlabelled": (gzip.compress, ""),
    "gzip called identity": (gzip.compress, "identity"),
    "gzip called deflate": (gzip.compress, "deflate"),
    "gzip twice, once labelled": (lambda body: gzip.compress(gzip.compress(body)), "gzip"),
    "plain called gzip": (bytes, "gzip"),
    "plain called deflate": (bytes, "deflate"),
    "plain called br": (bytes, "br"),
}


@pytest.mark.parametrize("name", MISLABELLED)
def test_a_wrong_content_coding_does_not_hide_the_page(tmp_path, name):
    pack, label = MISLABELLED[name]
    home = home_in(tmp_path)
    with HostilePortal([ONE]) as portal:
        portal.on(
            HERE,
            lambda guest: response(guest.answer, pack(guest.answer.body), Content_Encoding=label),
        )
        crawled = crawl_in_process(home, portal)

    assert "to-be-retried" not in crawled.counts
    with crawled.reader() as reader:
        assert [b.text for b in reader.article(ID).article.blocks] == list(ONE.paragraphs)


def in_1258(text: str) -> bytes:
    """Windows-1258 as Windows writes it: letters with their shape, tones behind them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    coded = bytearray()
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        coded += (base + "".join(c for c in parts if c in tones)).encode("cp1258", "replace")
    return bytes(coded)


LABELS = {
    "UTF-8 called windows-1252": (str.encode, "windows-1252"),
    "UTF-8 called windows-1258": (str.encode, "windows-1258"),
    "windows-1258 called UTF-8": (in_1258, "UTF-8"),
    "windows-1258 called windows-1252": (in_1258, "windows-1252"),
    "windows-1258 called windows-1258": (in_1258, "windows-1258"),
}


@pytest.mark.parametrize("name", LABELS)
def test_a_wrong_charset_label_does_not_spoil_the_text(tmp_path, name):
    encode, label = LABELS[name]

    def mislabelled(guest: Guest) -> bytes:
        text = guest.answer.body.decode().replace("charset=UTF-8", f"charset={label}")
        kind = f"text/html;charset={label}"
        return response(guest.answer, encode(text), Content_Type=kind)

    home = home_in(tmp_path)
    with HostilePortal([ONE]) as portal:
        portal.on(HERE, mislabelled)
        crawled = crawl_in_process(home, portal)

    with crawled.reader() as reader:
        record = reader.article(ID)
    assert record.article.title == ONE.title
    assert tuple(block.text for block in record.article.blocks) == ONE.paragraphs


def test_a_page_in_1258_and_in_utf_8_is_one_version_with_the_same_links(tmp_path):
    image = SampleImage(1, "Quang cảnh phòng họp")
    papers = (SampleAttachment("nghị quyết đã ký.pdf", "Nghị quyết"),)
    one = article("co-tep", images=(image,), attachments=papers)

    def packed(guest: Guest) -> bytes:
        text = guest.answer.body.decode().replace("charset=UTF-8", "charset=windows-1258")
        return response(guest.answer, in_1258(text), Content_Type="text/html;charset=windows-1258")

    home = home_in(tmp_path)
    with HostilePortal([one]) as portal:
        crawl_in_process(home, portal)
        asked = len(portal.paths(r"\.pdf"))
        portal.on("/-/view_content/", packed)
        crawled = crawl_in_process(home, portal)

    assert asked == 1
    assert len(portal.paths(r"\.pdf")) == 2
    assert len(set(portal.paths(r"\.pdf"))) == 1
    with crawled.reader() as reader:
        assert reader.article(f"thanh-giang-{one.asset_id}").versions == 1


WATCH_MEMORY = f"""
import atexit
def told():
    open("peak", "w").write(str({PEAK_MEMORY}))
atexit.register(told)
"""
SMALL = 400
"""Megabytes that a crawl may need at its worst."""


def bomb(guest: Guest) -> bytes:
    zeros = gzip.compress(b"\0" * (40 << 20), 1)
    packed = zeros * 40
    return response(guest.answer, gzip.compress(packed, 1), Content_Encoding="gzip, gzip")


def header_flood(guest: Guest) -> None:
    guest.connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for _ in range(200_000):
        guest.connection.sendall(b"X-Flood: " + b"x" * 2000 + b"\r\n")


def endless(guest: Guest) -> None:
    guest.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        guest.connection.sendall(b"<p>x" * 20_000)


def drip(guest: Guest) -> None:
    guest.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        guest.connection.sendall(b"<")
        time.sleep(0.05)


def test_a_file_as_large_as_is_taken_needs_four_times_its_size_at_most(tmp_path):
    """Random bytes, which no compression makes less."""
    size = 60 << 20
    one = article("to", attachments=(SampleAttachment("bản đồ lớn.pdf", "Bản đồ"),))
    home = home_in(tmp_path)
    with HostilePortal([one]) as portal:
        portal.on(r"\.pdf", lambda guest: response(guest.answer, random.Random(7).randbytes(size)))
        crawled = crawl_in_process(home, portal, prelude=WATCH_MEMORY)

    assert crawled.summary["problems"] == 0
    assert int((home.path / "peak").read_text()) < 4 * 60 + 100


@pytest.mark.parametrize("fault", [bomb, header_flood, endless, drip], ids=lambda f: f.__name__)
def test_what_never_ends_takes_bounded_memory_and_time(tmp_path, fault):
    home = home_in(tmp_path)
    other = article("hai", title="Bài viết lành lặn")
    limits = "from crawler.transport import settings; settings.HDND_MAX_SECONDS = 1\n"
    limits += "settings.HDND_MAX_BODY = 8 << 20\n"
    with HostilePortal([ONE, other]) as portal:
        portal.on(f"{HERE}*{str(ONE.asset_id)[1:]}", fault)
        crawled = crawl_in_process(home, portal, prelude=WATCH_MEMORY + limits)

    assert crawled.summary["finished"]
    with crawled.reader() as reader:
        assert reader.article(f"thanh-giang-{other.asset_id}") is not None
        assert reader.article(ID) is None
        assert any(path_of(ONE).split("-x")[0] in p.url for p in reader.problems())
    assert int((home.path / "peak").read_text()) < SMALL
    assert not faults(home.warc)


def test_a_cut_attachment_is_no_change_of_the_file(tmp_path):
    with_file = article("tep", attachments=(SampleAttachment("Nghi quyet.pdf", "Nghị quyết"),))
    home = home_in(tmp_path)
    with HostilePortal([with_file]) as portal:
        crawl_in_process(home, portal)
        portal.on(r"/(documents|UploadFile)/", says_more_than_it_sends)
        crawled = crawl_in_process(home, portal)

    from archive.history.article_history import history

    with crawled.reader() as reader:
        (file,) = history(reader.catalogue, f"thanh-giang-{with_file.asset_id}").files
    assert len(file.states) == 1
