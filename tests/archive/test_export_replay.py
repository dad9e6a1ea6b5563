"""An export replayed by pywb, another's program, at the URLs that a citation names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from archive.export import Selection, selected, write_wacz
from archive.ground.times import to_timestamp14
from archive.history.article_history import history
from archive.history.citation import cite
from archive.model import Exchange, Role
from crawler.sample_portal import SampleAttachment, SampleImage
from portal_visitor import article
from support.chronicle import DAY, Chronicle
from support.pywb import pywb_serving
from support.tools import run_tool, tool

STORY = article(
    "ky-hop",
    title="Kỳ họp",
    images=(SampleImage(1),),
    attachments=(SampleAttachment("bao-cao.pdf", "Báo cáo"),),
)


@dataclass(frozen=True)
class Replay:
    chronicle: Chronicle
    prefix: str

    def get(self, url: str) -> tuple[int, str, bytes]:
        parts = urlsplit(url)
        with closing(HTTPConnection(parts.netloc, timeout=20)) as connection:
            connection.request("GET", url.partition(parts.netloc)[2])
            response = connection.getresponse()
            return response.status, response.headers.get_content_type(), response.read()


@pytest.fixture(scope="module")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replay]:
    folder = tmp_path_factory.mktemp("replay")
    tool("wayback")
    with Chronicle(folder / "home", [STORY]) as chronicle:
        chronicle.visit()
        chronicle.publish(replace(STORY, paragraphs=("Một đoạn mới.",)))
        chronicle.visit()
        confirm(chronicle)
        wacz = folder / "hdnd.wacz"
        chosen_ids = Selection(articles=frozenset([chronicle.id_of(STORY)]))
        with chronicle.reader() as reader, selected(reader, chosen_ids) as chosen:
            write_wacz(chosen, wacz, title="HĐND")
        run_tool("wb-manager", "init", "hdnd", cwd=folder)
        run_tool("wb-manager", "add", "--unpack-wacz", "hdnd", wacz, cwd=folder)
        with pywb_serving(folder) as where:
            yield Replay(chronicle, f"http://{where}/hdnd")


def confirm(chronicle: Chronicle) -> None:
    """Ask for the article once more; the server says that it stands unmodified."""
    chronicle.now += DAY
    with chronicle.reader() as reader:
        story = reader.article(chronicle.id_of(STORY))
        assert story is not None
        seen = reader.capture(story.capture_seq)
    with chronicle.archive() as archive:
        run = archive.begin_run(chronicle.site.describe())
        exchange = Exchange(
            url=seen.url,
            role=Role.ARTICLE,
            started_at=chronicle.now,
            request=b"GET / HTTP/1.1\r\nIf-None-Match: x\r\n\r\n",
            response_head=b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n",
            body=b"",
        )
        capture = run.keep(exchange, confirms=seen)
        archive.derive_one(capture)
        run.end("finished", {})


def page_of(replay: Replay, version: int) -> str:
    """The article as pywb shows it, at the archived URL of a citation."""
    with replay.chronicle.reader() as reader:
        story = replay.chronicle.id_of(STORY)
        digest = history(reader.catalogue, story).versions[version].digest
        url = cite(reader, story, version=digest, prefix=replay.prefix).archived_url
    # `mp_` asks for the page itself, without pywb's frame around it.
    status, media_type, body = replay.get(re.sub(r"(/\d{14})/", r"\1mp_/", url, count=1))
    assert (status, media_type) == (200, "text/html")
    return body.decode()


def test_each_version_is_replayed_at_its_memento_url(replay: Replay) -> None:
    old, new = page_of(replay, 0), page_of(replay, 1)
    assert "Một đoạn văn." in old
    assert "Một đoạn mới." not in old
    assert "Một đoạn mới." in new


def test_a_not_modified_capture_replays_as_the_page_it_confirmed(replay: Replay) -> None:
    with replay.chronicle.reader() as reader:
        story = reader.article(replay.chronicle.id_of(STORY))
        assert story is not None
        confirmed = reader.capture(story.capture_seq)
    assert (confirmed.status, confirmed.captured_at) == (304, story.last_captured_at)
    at = to_timestamp14(confirmed.captured_at)
    status, media_type, body = replay.get(f"{replay.prefix}/{at}mp_/{confirmed.url}")
    assert (status, media_type) == (200, "text/html")
    assert "Một đoạn mới." in body.decode()
    assert f"/{at}" in body.decode() or at.encode() in body


@pytest.mark.parametrize("version", [0, 1])
def test_its_pictures_and_files_are_replayed_also_where_they_are_revisits(
    replay: Replay, version: int
) -> None:
    page = html.unescape(page_of(replay, version))
    origin = replay.prefix.removesuffix("/hdnd")
    links = {
        "image/png": re.findall(r'src="(/hdnd/[^"]*img_id=[^"]*)"', page),
        "application/pdf": re.findall(r'href="(/hdnd/[^"]*bao-cao\.pdf[^"]*)"', page),
    }
    for expected, found in links.items():
        assert found, expected
        status, media_type, body = replay.get(origin + found[0])
        assert (status, media_type) == (200, expected)
        assert body[:4] in (b"\x89PNG", b"%PDF")
