"""The canary: a new Scrapy or Twisted that changes how the wire is kept makes this fail.

A server over a raw socket sends odd but real answers; what it sent and was sent must stand in the
WARC byte for byte.
"""

import gzip
import re
import socket
import struct
import time

import pytest

from archive.reading import ArchiveReader
from support.crawling import crawl_in_process, home_in
from support.raw_server import RawServer
from support.warcs import faults, records

ZIPPED = gzip.compress("<p>Nén</p>".encode(), mtime=0)
BODY = b"<p>Xin ch\xc3\xa0o</p>"

ODD_HEAD = (
    b"HTTP/1.1 200 T\xf4t l\xe0nh\r\n"
    b"dATE: Mon, 05 Feb 2024 10:00:00 GMT\r\n"
    b"Set-Cookie: b=2; Path=/\r\n"
    b"X-Empty:\r\n"
    b"SET-cookie: a=1\r\n"
    b"x-latin: \xe9\xe8\r\n"
    b"X-Spaces:   two  words \t\r\n"
    b"Set-Cookie: b=2; Path=/\r\n"
    b"X-Folded: one\r\n"
    b"\tand two\r\n"
    b"Content-Type: text/html\r\n"
    b"content-LENGTH: 16\r\n"
    b"\r\n"
)
CHUNKS = b"5;x=y\r\n<p>Xi\r\nb\r\nn ch\xc3\xa0o</p>\r\n0\r\nX-Trailer: t\r\n\r\n"
CHUNKED_HEAD = b"HTTP/1.1 200 OK\r\ntransfer-Encoding: chunked\r\nX-A: b\r\n\r\n"
PLAIN = {
    "odd-head": (ODD_HEAD, BODY),
    "no-colon": (
        b"HTTP/1.1 200 OK\r\nthis is no header\r\nContent-Length: 16\r\nX-After: 1\r\n\r\n",
        BODY,
    ),
    "bare-line-feeds": (b"HTTP/1.1 200 OK\nContent-Length: 16\nX-B: 1\n\n", BODY),
    "no-reason": (b"HTTP/1.1 200\r\nContent-Length: 16\r\n\r\n", BODY),
    "gzip": (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(ZIPPED),
        ZIPPED,
    ),
    "close-delimited": (b"HTTP/1.0 200 OK\r\nServer: old\r\n\r\n", BODY),
    "no-content": (b"HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n", b""),
    "not-modified": (b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n', b""),
    "not-found": (b"HTTP/1.1 404 Not Found\r\nContent-Length: 16\r\n\r\n", BODY),
    "cut": (b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n", BODY),
}
LENGTH = b"Content-Length: 16\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\n"
AS_BROWSERS_READ = {
    "long-line": OK + b"Content-Security-Policy: " + b"x" * 200_000 + b"\r\n" + LENGTH,
    "odd-name": OK + "\u2018x-ten\u2019: a\r\n".encode() + LENGTH,
    "spaced-name": OK + b"two words: a\r\n" + LENGTH,
    "empty-name": OK + b": a\r\n" + LENGTH,
    "blank-before-colon": OK + b"Content-Length : 16\r\n\r\n",
    "fold-at-first": OK + b"  folded: onto nothing\r\n" + LENGTH,
    "odd-length": OK + b"Content-Length: sixteen\r\nConnection: close\r\n\r\n",
    "signed-length": OK + b"Content-Length: -1\r\n\r\n",
    "length-twice": OK + b"Content-Length: 16\r\n" + LENGTH,
    "odd-coding": OK + b"Transfer-Encoding: identity\r\n" + LENGTH,
    "two-blanks": b"HTTP/1.1  200  OK\r\n" + LENGTH,
    "small-letters": b"http/1.1 200 ok\r\n" + LENGTH,
    "no-version": b"HTTP 200 OK\r\n" + LENGTH,
}
PLAIN |= {name: (head, BODY) for name, head in AS_BROWSERS_READ.items()}
CHUNK_FORMS = {
    "chunk-blanks": b"10  \r\n%b\r\n0\r\n\r\n",
    "chunk-tabs": b"\t0010\t\r\n%b\r\n0 \r\n\r\n",
    "chunk-feeds": b"10\n%b\n0\n\n",
    "chunk-extension": b"10;\xe9=\x01\r\n%b\r\n0\r\n\r\n",
    "chunk-without-end": b"10\r\n%b\r\n0\r\n",
}
CUT = ("cut", "cut-chunks")
ALL_ALIKE = "from crawler.extraction import uniform_responses; uniform_responses.TOO_MANY = 1000"
"""The same body is under all heads, and no login page."""


def address(name):
    return f"/hoat-dong-hdnd/-/view_content/{list(REPLIES).index(name) + 1}-{name}.html"


REPLIES = {
    **{name: head + body for name, (head, body) in PLAIN.items()},
    "chunked": CHUNKED_HEAD + CHUNKS,
    "cut-chunks": CHUNKED_HEAD + b"5\r\n<p>Xi\r\nd\r\nn ch",
    **{name: CHUNKED_HEAD + form % BODY for name, form in CHUNK_FORMS.items()},
    "coded-twice": CHUNKED_HEAD.replace(b"chunked", b"gzip, Chunked") + CHUNKS,
    "empty-lines": b"\r\n\n" + ODD_HEAD + BODY,
    "early-hints": b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + ODD_HEAD + BODY,
}


def listing():
    items = "".join(
        f'<div class="asset-bounddary"><h3 class="asset-title"><a href="{address(name)}">x</a></h3>'
        "</div>"
        for name in REPLIES
    )
    body = f'<div class="portlet-asset-publisher">{items}</div>'.encode()
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


@pytest.fixture(scope="module")
def wire(tmp_path_factory):
    """What was kept and what was received, by the name of the reply."""
    home = home_in(tmp_path_factory.mktemp("wire"))
    replies = {address(name): reply for name, reply in REPLIES.items()}
    with RawServer({"/hoat-dong-hdnd": listing(), **replies}) as server:
        crawl_in_process(home, server.host, prelude=ALL_ALIKE)
    kept = {name: [] for name in REPLIES}
    requests = {name: [] for name in REPLIES}
    for record in records(home.warc):
        by_type = {"response": kept, "revisit": kept, "request": requests}.get(record.type)
        for name in REPLIES if by_type else ():
            if record.url.endswith(address(name)):
                by_type[name].append(record)
    received = {name: server.received[address(name)] for name in REPLIES}
    return home, kept, requests, received


def as_kept(head):
    """What is said of a coding that was undone has another name in the archive."""
    return re.sub(b"(?i)transfer-encoding", b"X-Orig-Transfer-Encoding", head)


@pytest.mark.parametrize("name", PLAIN)
def test_the_head_is_kept_byte_for_byte(wire, name):
    _, kept, _, _ = wire
    head, _ = PLAIN[name]

    for record in kept[name]:
        assert record.block.startswith(as_kept(head))
    assert kept[name]


@pytest.mark.parametrize("name", PLAIN)
def test_the_body_is_kept_as_it_was_before_content_decoding(wire, name):
    home, kept, _, _ = wire
    head, body = PLAIN[name]
    with ArchiveReader.open(home) as reader:
        for record in kept[name]:
            if record.type == "response":
                assert record.block == as_kept(head) + body
            (row,) = reader.catalogue.connection.execute(
                "SELECT seq FROM capture WHERE record_id = ?", (record.fields["WARC-Record-ID"],)
            ).fetchall()
            assert reader.stored(reader.capture(row["seq"])).body == body


@pytest.mark.parametrize("name", ["chunked", *CHUNK_FORMS])
def test_chunks_are_undone_and_said_so(wire, name):
    _, kept, _, _ = wire
    (record,) = kept[name]
    head = as_kept(CHUNKED_HEAD)

    assert record.block in (head + BODY, head)
    assert (record.type == "response") == (record.block != head)


@pytest.mark.parametrize("name", ["early-hints", "empty-lines"])
def test_only_the_final_head_is_kept_after_an_interim_one_or_empty_lines(wire, name):
    _, kept, _, _ = wire
    (record,) = kept[name]

    assert record.block.startswith(ODD_HEAD)


@pytest.mark.parametrize("name", CUT)
def test_a_cut_body_is_kept_marked_and_asked_for_again(wire, name):
    home, kept, _, received = wire

    assert len(kept[name]) == len(received[name]) > 1
    for record in kept[name]:
        assert record.fields["WARC-Truncated"] == "disconnect"
        assert record.payload.startswith(b"<p>Xin")
    with ArchiveReader.open(home) as reader:
        rows = reader.catalogue.connection.execute(
            "SELECT truncated FROM capture WHERE url LIKE ?", (f"%{address(name)}",)
        ).fetchall()
    assert {row["truncated"] for row in rows} == {"disconnect"}


@pytest.mark.parametrize("name", [name for name in REPLIES if name not in CUT])
def test_what_came_whole_is_not_called_cut(wire, name):
    _, kept, _, received = wire

    assert len(kept[name]) == len(received[name]) == 1
    assert "WARC-Truncated" not in kept[name][0].fields


@pytest.mark.parametrize("name", REPLIES)
def test_the_request_is_kept_as_the_server_received_it(wire, name):
    _, _, requests, received = wire

    assert [record.block for record in requests[name]] == received[name]


def test_address_and_protocol_are_told(wire):
    home, kept, _, _ = wire

    assert {one.fields["WARC-IP-Address"] for found in kept.values() for one in found} == {
        "127.0.0.1"
    }
    protocols = {
        record.values.get("protocol")
        for record in records(home.warc)
        if record.type == "metadata" and "WARC-Concurrent-To" in record.fields
    }
    assert protocols == {"HTTP/1.1", "HTTP/1.0"}


def test_the_records_are_valid_whatever_was_in_them(wire):
    home, *_ = wire

    assert not faults(home.warc)


def test_the_status_is_read_from_every_head(wire):
    home, *_ = wire
    with ArchiveReader.open(home) as reader:
        statuses = {
            row["url"].rpartition("-")[2]: row["status"]
            for row in reader.catalogue.connection.execute("SELECT url, status FROM capture")
        }

    assert statuses["content.html"] == 204
    assert statuses["modified.html"] == 304
    assert statuses["found.html"] == 404
    assert statuses["feeds.html"] == statuses["reason.html"] == statuses["hints.html"] == 200


def reset(connection):
    """Send half of a page, then break the connection off hard."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + BODY)
    time.sleep(0.2)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def test_what_came_before_a_connection_was_reset_is_kept_or_the_failure_is(tmp_path):
    home = home_in(tmp_path)
    with RawServer({"/hoat-dong-hdnd": reset}) as server:
        crawl_in_process(home, server.host)

    with ArchiveReader.open(home) as reader:
        problems = {problem.url.rpartition("/")[2]: problem for problem in reader.problems()}
    assert "hoat-dong-hdnd" in problems
    assert not faults(home.warc)
