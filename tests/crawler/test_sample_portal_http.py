import gzip
import re
import socket
from http.client import HTTPConnection

import pytest

from archive.ground.errors import HdndError
from crawler.sample_portal import SamplePortal
from portal_visitor import article, path_of, visit

ONE = article("a")


def raw(portal, request):
    """The bytes that come back to these bytes, until the portal hangs up."""
    host, port = portal.host.split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(request)
        received = b""
        while piece := connection.recv(65536):
            received += piece
    return received


def test_pages_have_a_length_and_a_session_but_no_validators():
    with SamplePortal([ONE]) as portal:
        reply = visit(portal, path_of(ONE))

    assert reply.headers["Content-Type"] == "text/html;charset=UTF-8"
    assert int(reply.headers["Content-Length"]) == len(reply.body)
    cookies = " ".join(reply.headers.get_all("Set-Cookie"))
    assert re.search(r"JSESSIONID=[0-9A-F]{32};", cookies)
    assert "GUEST_LANGUAGE_ID=" in cookies
    assert not {"etag", "last-modified"} & {name.lower() for name in reply.headers}


def test_a_page_is_compressed_for_those_who_take_it():
    with SamplePortal([ONE]) as portal:
        reply = visit(portal, path_of(ONE), Accept_Encoding="gzip, deflate")

        assert reply.headers["Content-Encoding"] == "gzip"
        assert ONE.title in gzip.decompress(reply.body).decode()
        assert not visit(portal, path_of(ONE)).headers["Content-Encoding"]


def test_compression_can_be_turned_off():
    with SamplePortal([ONE], gzip=False) as portal:
        assert not visit(portal, "/", Accept_Encoding="gzip").headers["Content-Encoding"]


def test_a_portal_can_answer_in_chunks():
    with SamplePortal([ONE], chunked=True) as portal:
        reply = visit(portal, path_of(ONE))
        assert reply.headers["Transfer-Encoding"] == "chunked"
        assert not reply.headers["Content-Length"]
        assert ONE.title in reply.body.decode()

        request = f"GET / HTTP/1.1\r\nHost: {portal.host}\r\nConnection: close\r\n\r\n"
        assert raw(portal, request.encode()).endswith(b"\r\n0\r\n\r\n")


def test_one_connection_serves_many_requests():
    with SamplePortal([ONE]) as portal:
        connection = HTTPConnection(portal.host, timeout=10)
        used = []
        for path in ("/", path_of(ONE), "/khong-co", "/image/journal/article?img_id=1"):
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            used.append(connection.sock.getsockname())
        connection.close()

    assert len(set(used)) == 1


def test_the_access_log_tells_what_was_asked_and_answered():
    with SamplePortal([ONE]) as portal:
        visit(portal, "/hoat-dong-hdnd?x=1")
        visit(portal, "/khong-co")

        first, second = portal.requests
        assert (first.method, first.path, first.status) == ("GET", "/hoat-dong-hdnd?x=1", 200)
        assert (second.path, second.status) == ("/khong-co", 404)
        assert first.time <= second.time


def test_a_closed_portal_hangs_up_and_frees_its_port():
    with SamplePortal([ONE]) as portal:
        connection = HTTPConnection(portal.host, timeout=10)
        connection.request("GET", "/")
        connection.getresponse().read()
    port = int(portal.host.split(":")[1])

    assert connection.sock.recv(1) == b""
    connection.close()
    with pytest.raises(ConnectionError):
        visit(portal, "/")
    with SamplePortal([ONE], port=port) as again:
        assert visit(again, "/").status == 200


def test_a_taken_port_is_an_error_with_a_way_out():
    with SamplePortal([ONE]) as portal:
        port = int(portal.host.split(":")[1])
        with pytest.raises(HdndError, match=str(port)) as error:
            SamplePortal([ONE], port=port)

    assert error.value.hint


def test_addresses_follow_the_host_that_the_visitor_used():
    with SamplePortal([ONE]) as portal:
        page = visit(portal, "/hoat-dong-hdnd", Host="thanhgiang.example")

    assert page.one("link[rel=canonical]")["href"] == "http://thanhgiang.example/hoat-dong-hdnd"
