"""WARC and WACZ files of other programs become captures here."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from warcio.checker import Checker

from archive.ground.home import Home
from archive.importing import CapturePlace, LeftOut, Trouble, import_files
from archive.importing import writing as writing_run
from archive.model import PageKind, Role
from archive.reading import ArchiveReader
from archive.store import Archive
from archive.warc import foreign_members, foreign_reader
from crawler import Extractor
from crawler.import_routing import SiteRouting
from crawler.sample_portal import SamplePortal
from portal_visitor import series
from support.crawling import thanh_giang
from support.dying import dies_at_statement
from support.foreign import (
    HEAD,
    EverythingIsAnArticle,
    Warc,
    captures,
    is_sound,
    plain,
    rebuilds_to_the_same,
    take,
    titles,
)
from support.keeping import SITE, JsonExtract, exchange, keep, page, writing
from support.tools import run_tool

# By the programs themselves


@pytest.fixture(scope="session")
def wget() -> str:
    program = shutil.which("wget")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("wget is not installed")
        pytest.skip("wget is not installed")
    return program


@pytest.fixture(params=["gzip", "plain", "chunked"])
def fetched(
    request: pytest.FixtureRequest, wget: str, tmp_path: Path
) -> Iterator[tuple[SamplePortal, Path]]:
    """The sample portal, fetched by wget into a WARC."""
    with SamplePortal(series(4), chunked=request.param == "chunked") as portal:
        plain = ["--no-warc-compression"] if request.param == "plain" else []
        subprocess.run(
            [
                wget, "--quiet", "--recursive", "--level=1", "--page-requisites",
                "--adjust-extension", "--warc-file", str(tmp_path / "wget"), "--warc-cdx", *plain,
                "--reject-regex", "pop_up|redirect=|/(vi|en)$|p_p_id=20",
                "--directory-prefix", str(tmp_path / "files"),
                f"http://{portal.host}/hoat-dong-hdnd",
            ],
            check=False,
            cwd=tmp_path,
            timeout=60,
        )  # fmt: skip
        (path,) = tmp_path.glob("wget.warc*")
        yield portal, path


def test_what_wget_fetched_is_read_verified_and_rebuilt(
    fetched: tuple[SamplePortal, Path], tmp_path: Path
) -> None:
    portal, path = fetched
    choose = SiteRouting([replace(thanh_giang(), reached_at=portal.host)])
    home = Home(tmp_path / "home")
    troubles: list[Trouble] = []
    with Archive(home, Extractor()) as archive:
        done = import_files(archive, [path], choose, on_trouble=troubles.append)
    assert troubles == []
    assert done.articles == 4
    assert titles(home) == sorted(article.title for article in series(4))
    assert {"listing", "article", "robots"} <= done.taken.keys()
    assert is_sound(home, Extractor())
    assert rebuilds_to_the_same(home, Extractor())

    with Archive(home, Extractor()) as archive:
        again = import_files(archive, [path], choose)
    assert (again.taken.total(), again.known) == (0, done.taken.total())
    assert len(list(home.warc.iterdir())) == 1


@pytest.mark.parametrize("compressed", [True, False])
def test_what_warcio_captures_is_read(tmp_path: Path, compressed: bool) -> None:
    path = Warc(compressed=compressed).response("/a", page("Một")).save(tmp_path / "x.warc")
    home = Home(tmp_path / "home")
    done, troubles = take(home, path)
    assert (done.taken, troubles, titles(home)) == ({"article": 1}, [], ["Một"])
    assert is_sound(home)
    assert rebuilds_to_the_same(home)


def test_our_own_segments_can_be_imported_into_another_archive(tmp_path: Path) -> None:
    first, second = Home(tmp_path / "1"), Home(tmp_path / "2")
    with writing(first) as (archive, run):
        keep(archive, run, exchange("/a", page("Một")), exchange("/b", page("Một")))
    done, troubles = take(second, *first.warc.iterdir())
    assert (done.taken.total(), troubles, titles(second)) == (2, [], titles(first))
    assert [c.record_id for c in captures(second)] == [c.record_id for c in captures(first)]
    assert is_sound(second)


# Byte for byte, with its source


def test_a_record_is_kept_byte_for_byte_with_the_place_it_came_from(tmp_path: Path) -> None:
    warc = Warc().response("/0", page("Không")).response("/a", page("Một"))
    path = warc.save(tmp_path / "bản sao.warc.gz")
    home = Home(tmp_path / "home")
    take(home, path)
    source = [r for r in plain(path) if r.startswith(b"WARC/1.0")][1]
    (segment,) = home.warc.iterdir()
    kept = plain(segment)
    assert source in kept
    told = kept[kept.index(source) - 1].decode()
    assert "hdnd-source: bản sao.warc.gz\r\n" in told
    assert f"source-digest: sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\r\n" in told
    assert f"hdnd-records: sha256:{hashlib.sha256(source).hexdigest()}\r\n" in told
    (place,) = [line for line in told.splitlines() if line.startswith("source-offset")]
    assert _member_at(path, int(place.partition(": ")[2])) == source


def _member_at(path: Path, offset: int) -> bytes:
    return zlib.decompressobj(31).decompress(path.read_bytes()[offset:])


def test_the_warcinfo_of_the_source_is_kept_once(tmp_path: Path) -> None:
    warc = Warc()
    info = warc.writer.create_warcinfo_record("x.warc.gz", {"software": "khác/1.0"})
    warc.writer.write_record(info)
    info_id = info.rec_headers.get_header("WARC-Record-ID")
    for number in range(3):
        warc.response(f"/{number}", page(f"Bài {number}"), WARC_Warcinfo_ID=info_id)
    path = warc.save(tmp_path / "x.warc.gz")
    home = Home(tmp_path / "home")
    take(home, path)
    take(home, path)
    kept = [r for p in home.warc.iterdir() for r in plain(p)]
    assert sum(b"software: kh\xc3\xa1c/1.0" in record for record in kept) == 1
    assert is_sound(home)


# Forms of a file


def big_gzip(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


@pytest.mark.parametrize("form", ["members", "one member", "plain"])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_every_form_and_version_gives_the_same_captures(
    tmp_path: Path, form: str, version: str
) -> None:
    warc = Warc(version=version, compressed=form == "members")
    for number in range(20):
        warc.response(f"/{number}", page(f"Bài {number}"))
    data = warc.buffer.getvalue()
    path = tmp_path / "x.warc.gz"
    path.write_bytes(big_gzip(data) if form == "one member" else data)
    home = Home(tmp_path / "home")
    done, troubles = take(home, path)
    assert (done.taken.total(), troubles) == (20, [])
    assert {c.captured_at for c in captures(home)} == {datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)}
    assert is_sound(home)


def test_a_wacz_is_read_in_place_and_names_that_lead_outside_are_not_followed(
    tmp_path: Path,
) -> None:
    inner = Warc().response("/a", page("Một")).buffer.getvalue()
    outside = Warc().response("/b", page("Hai")).buffer.getvalue()
    path = tmp_path / "x.wacz"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/data.warc.gz", inner)
        package.writestr("archive/../../outside.warc.gz", outside)
        package.writestr("/archive/absolute.warc.gz", outside)
    home = Home(tmp_path / "home")
    before = set(tmp_path.iterdir())
    done, _ = take(home, path)
    assert (done.taken.total(), titles(home)) == (1, ["Một"])
    assert set(tmp_path.iterdir()) == before | {home.path}
    with ArchiveReader.open(home) as reader:
        (row,) = reader.catalogue.connection.execute("SELECT file FROM imported")
    assert row["file"] == "x.wacz/archive/data.warc.gz"


def test_a_deflated_wacz_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "x.wacz"
    inner = Warc(compressed=False).response("/a", page("Một")).buffer.getvalue()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("archive/data.warc", inner)
    assert take(Home(tmp_path / "home"), path)[0].taken.total() == 1


# Oddities of records


def test_a_chunked_body_is_stored_chunked_and_read_without_its_chunks(tmp_path: Path) -> None:
    body = page("Một")
    chunked = b"%x;ext=1\r\n%s\r\n0\r\nTrailer: x\r\n\r\n" % (len(body), body)
    block = f"{HEAD}Transfer-Encoding: chunked\r\n\r\n".encode() + chunked
    path = Warc().raw("response", "/a", block).save(tmp_path / "x.warc.gz")
    home = Home(tmp_path / "home")
    take(home, path)
    (capture,) = captures(home)
    assert titles(home) == ["Một"]
    assert capture.payload_digest == f"sha256:{hashlib.sha256(body).hexdigest()}"
    assert any(block in record for p in home.warc.iterdir() for record in plain(p))


def test_a_head_that_says_chunked_of_a_body_that_is_not_gives_the_body(tmp_path: Path) -> None:
    block = f"{HEAD}Transfer-Encoding: chunked\r\n\r\n".encode() + page("Một")
    path = Warc().raw("response", "/a", block).save(tmp_path / "x.warc.gz")
    home = Home(tmp_path / "home")
    take(home, path)
    assert titles(home) == ["Một"]


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200\r\nContent-Type: application/json\r\n\r\n",
        b"HTTP/1.0 200 OK\nContent-Type: application/json\n\n",
        b"HTTP/2 200 \r\ncontent-type:application/json\r\nno colon\r\nX: a\r\n b\r\n\r\n",
        b"HTTP/1.1 200 T\xf4t\r\nX-T\xean: \xff\r\n\r\n",
    ],
)
def test_an_odd_http_head_is_read(tmp_path: Path, head: bytes) -> None:
    path = Warc().raw("response", "/a", head + page("Một")).save(tmp_path / "x.warc.gz")
    home = Home(tmp_path / "home")
    take(home, path)
    assert titles(home) == ["Một"]
    assert is_sound(home)


def test_odd_warc_heads_are_read(tmp_path: Path) -> None:
    block = HEAD.encode() + b"\r\n" + page("Một")
    record = (
        b"WARC/1.0\r\nwarc-type: response\r\nWARC-TARGET-URI: <http://mau.example/a b>\r\n"
        b"WARC-Date: 2021-03-04\r\nWARC-Record-ID: <urn:uuid:1>\r\nX-Folded: one\r\n two\r\n"
        b"content-length: %d\r\n\r\n%s\r\n\r\n\r\n\r\n" % (len(block), block)
    )
    path = tmp_path / "x.warc"
    path.write_bytes(record)
    home = Home(tmp_path / "home")
    take(home, path)
    (capture,) = captures(home)
    assert capture.url == "http://mau.example/a%20b"
    assert capture.captured_at == datetime(2021, 3, 4, tzinfo=UTC)
    assert is_sound(home)


def test_a_resource_record_is_a_capture(tmp_path: Path) -> None:
    warc = Warc()
    record = warc.writer.create_warc_record(
        "http://mau.example/a", "resource", payload=io.BytesIO(page("Một")),
        warc_content_type="application/json",
    )  # fmt: skip
    warc.writer.write_record(record)
    home = Home(tmp_path / "home")
    take(home, warc.save(tmp_path / "x.warc.gz"))
    (capture,) = captures(home)
    assert (titles(home), capture.status, capture.media_type) == (
        ["Một"],
        200,
        "application/json",
    )
    assert is_sound(home)


SHA1 = f"sha1:{hashlib.sha1(page('Một')).hexdigest()}"


@pytest.mark.parametrize(
    "fields",
    [
        {
            "WARC_Refers_To_Target_URI": "http://mau.example/a",
            "WARC_Refers_To_Date": "2021-03-04T05:06:07Z",
        },
        {"WARC_Refers_To": "<urn:uuid:1>"},
        {"WARC_Payload_Digest": SHA1},
    ],
)
def test_a_revisit_is_resolved_by_id_by_address_and_date_or_by_digest(
    tmp_path: Path, fields: dict[str, str]
) -> None:
    """Also when it comes before the response that it refers to."""
    head = HEAD.encode() + b"\r\n"
    revisit = {"WARC_Date": "2022-01-01T00:00:00Z", "WARC_Record_ID": "<urn:uuid:2>", **fields}
    earlier = Warc().raw("revisit", "/a", head, **revisit).save(tmp_path / "1.warc.gz")
    warc = Warc().raw(
        "response", "/a", head + page("Một"), WARC_Record_ID="<urn:uuid:1>",
        WARC_Payload_Digest=SHA1,
    )  # fmt: skip
    later = warc.save(tmp_path / "2.warc.gz")
    home = Home(tmp_path / "home")
    alone, _ = take(home, earlier)
    assert alone.skipped == {LeftOut.UNRESOLVED: 1}
    assert not home.warc.exists() or not list(home.warc.iterdir())

    done, _ = take(home, earlier, later)
    response, visit = captures(home)
    assert (visit.refers_to, visit.payload_digest) == (response.record_id, response.payload_digest)
    with ArchiveReader.open(home) as reader:
        assert reader.stored(visit).body == page("Một")
    assert (done.taken.total(), done.skipped.total()) == (2, 0)
    assert is_sound(home)
    assert rebuilds_to_the_same(home)


def test_a_not_modified_revisit_is_read_as_the_page_it_confirms(tmp_path: Path) -> None:
    path = (
        Warc()
        .raw("response", "/a", HEAD.encode() + b"\r\n" + page("Một"), WARC_Record_ID="<urn:uuid:1>")
        .raw("revisit", "/a", b"HTTP/1.1 304 Not Modified\r\n\r\n", WARC_Refers_To="<urn:uuid:1>",
             WARC_Profile="http://netpreserve.org/warc/1.1/revisit/server-not-modified")
        .save(tmp_path / "x.warc.gz")
    )  # fmt: skip
    home = Home(tmp_path / "home")
    take(home, path)
    with ArchiveReader.open(home) as reader:
        kinds = [
            row["kind"] for row in reader.catalogue.connection.execute("SELECT kind FROM page")
        ]
    assert kinds == [PageKind.ARTICLE, PageKind.ARTICLE]


def test_what_belongs_elsewhere_is_left_out_and_counted(tmp_path: Path) -> None:
    warc = Warc().response("/a", page("Một"))
    warc.raw("request", "/post", b"POST /post HTTP/1.1\r\n\r\n", WARC_Concurrent_To="<urn:uuid:9>")
    warc.raw("response", "/post", HEAD.encode() + b"\r\n{}", WARC_Record_ID="<urn:uuid:9>")
    warc.raw("response", "/none", b"no http at all")
    warc.raw("response", "/undated", HEAD.encode() + b"\r\n{}", WARC_Date="hôm qua")
    for uri in ("http://other.example/", "dns:mau.example"):
        warc.raw("response", uri, HEAD.encode() + b"\r\nx")
    home = Home(tmp_path / "home")
    done, troubles = take(home, warc.save(tmp_path / "x.warc.gz"))
    assert done.taken.total() == 1
    assert done.skipped == {
        LeftOut.NOT_GET: 1,
        LeftOut.NO_HTTP: 1,
        LeftOut.NO_DATE: 1,
        LeftOut.OTHER_HOST: 1,
        LeftOut.NO_WEB_PAGE: 1,
    }
    assert done.hosts == {"other.example": 1}
    assert [t.what.rpartition("/")[2] for t in troubles] == ["post", "none", "undated"]
    assert done.troubles == 3


def test_a_different_record_of_an_id_that_is_held_is_known_by_one_of_its_own(
    tmp_path: Path,
) -> None:
    head = HEAD.encode() + b"\r\n"
    one = Warc().raw("response", "/a", head + page("Một"), WARC_Record_ID="<urn:uuid:1>")
    two = Warc().raw("response", "/a", head + page("Hai"), WARC_Record_ID="<urn:uuid:1>")
    files = one.save(tmp_path / "1.warc.gz"), two.save(tmp_path / "2.warc.gz")
    home = Home(tmp_path / "home")
    done, troubles = take(home, *files)
    assert (done.taken.total(), troubles) == (2, [])
    assert len({capture.record_id for capture in captures(home)}) == 2
    again, _ = take(home, *files)
    assert (again.taken.total(), again.known) == (0, 2)
    assert is_sound(home)
    assert rebuilds_to_the_same(home)


# Damage and malice


def test_damage_is_named_with_file_and_offset_and_the_rest_goes_on(tmp_path: Path) -> None:
    warc = Warc()
    starts = []
    for number in range(6):
        starts.append(warc.buffer.tell())
        warc.response(f"/{number}", page(f"Bài {number}"))
    data = bytearray(warc.buffer.getvalue())
    data[starts[2] + 60] ^= 1
    data[starts[4] : starts[4] + 30] = bytes(30)
    path = tmp_path / "x.warc.gz"
    path.write_bytes(data[:-20])
    home = Home(tmp_path / "home")
    done, troubles = take(home, path)
    assert titles(home) == ["Bài 0", "Bài 1", "Bài 3"]
    assert {(t.file, t.place) for t in troubles} == {
        ("x.warc.gz", str(starts[n])) for n in (2, 4, 5)
    }
    assert done.troubles == 3
    assert is_sound(home)


@pytest.mark.parametrize("cut", [10, 300])
def test_a_plain_file_that_breaks_off_gives_all_before(tmp_path: Path, cut: int) -> None:
    warc = Warc(compressed=False)
    warc.response("/0", page("Bài 0")).response("/1", page("Bài 1"))
    path = tmp_path / "x.warc"
    path.write_bytes(warc.buffer.getvalue()[:-cut])
    home = Home(tmp_path / "home")
    _, (trouble,) = take(home, path)
    assert titles(home) == ["Bài 0"]
    assert "breaks off" in trouble.what or "no end" in trouble.what


def test_garbage_between_plain_records_is_skipped(tmp_path: Path) -> None:
    one = Warc(compressed=False).response("/0", page("Bài 0")).buffer.getvalue()
    two = Warc(compressed=False).response("/1", page("Bài 1")).buffer.getvalue()
    path = tmp_path / "x.warc"
    path.write_bytes(one + b"rubbish\r\n" * 50_000 + two)
    home = Home(tmp_path / "home")
    _, troubles = take(home, path)
    assert titles(home) == ["Bài 0", "Bài 1"]
    assert [t.place for t in troubles] == [str(len(one))]


def test_a_wrong_block_digest_is_named(tmp_path: Path) -> None:
    path = Warc().raw(
        "response", "/a", HEAD.encode() + b"\r\n{}", WARC_Block_Digest=SHA1
    ).save(tmp_path / "x.warc.gz")  # fmt: skip
    _, (trouble,) = take(Home(tmp_path / "home"), path)
    assert "block digest" in trouble.what


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>no WARC</html>", b"PK\x03\x04 no ZIP", b"\x1f\x8b\x08 no gzip", bytes(5000)],
)
def test_a_file_that_is_no_warc_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    home = Home(tmp_path / "home")
    done, troubles = take(home, path)
    assert (done.taken.total(), [t.file for t in troubles]) == (0, ["x.warc.gz"])
    assert list(home.warc.iterdir()) == []


def test_a_record_larger_than_can_be_held_is_named_and_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign_reader, "MAX_BLOCK", 5000)
    warc = Warc().response("/0", b"x" * 6000).response("/1", page("Bài 1"))
    home = Home(tmp_path / "home")
    _, (trouble,) = take(home, warc.save(tmp_path / "x.warc.gz"))
    assert "larger" in trouble.what
    assert titles(home) == ["Bài 1"]


def test_a_bomb_is_left_before_it_has_gone_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign_members, "RATIO_COUNTS_FROM", 1 << 20)
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\n"
    bomb = gzip.compress(head + bytes(20 << 20))
    path = tmp_path / "x.warc.gz"
    path.write_bytes(bomb + Warc().response("/1", page("Bài 1")).buffer.getvalue())
    home = Home(tmp_path / "home")
    _, troubles = take(home, path)
    assert any("without measure" in trouble.what for trouble in troubles)
    assert titles(home) == ["Bài 1"]


# Among other captures


def test_an_older_capture_that_is_imported_later_does_not_become_the_standing_version(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path / "home")
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/a", page("Mới", id="1")))
    path = Warc().response("/a", page("Cũ", id="1")).save(tmp_path / "x.warc.gz")
    take(home, path)
    assert titles(home) == ["Mới"]
    with ArchiveReader.open(home) as reader:
        record = reader.article("mau-1")
    assert record is not None
    assert (record.versions, record.first_captured_at.year) == (2, 2021)


def test_captures_of_two_sites_go_into_two_runs(tmp_path: Path) -> None:
    other = {"id": "khac", "name": "Trang khác", "host": "khac.example"}

    class ByLastDigit(EverythingIsAnArticle):
        def __call__(
            self, url: str, at: datetime, media_type: str | None
        ) -> CapturePlace | LeftOut:
            return CapturePlace(SITE if url.endswith(("0", "2")) else other, Role.ARTICLE)

    choose = ByLastDigit()

    warc = Warc()
    for number in range(4):
        warc.response(f"/{number}", page(f"Bài {number}"))
    path = warc.save(tmp_path / "x.warc.gz")
    home = Home(tmp_path / "home")
    with Archive(home, JsonExtract()) as archive:
        done = import_files(archive, [path], choose)
        again = import_files(archive, [path], choose)
    assert (done.taken.total(), again.taken.total(), again.known) == (4, 0, 4)
    assert sorted(c.site for c in captures(home)) == ["khac", "khac", "mau", "mau"]
    with ArchiveReader.open(home) as reader:
        assert [run.counts for run in reader.runs()] == [{"article": 2}] * 2
    assert rebuilds_to_the_same(home)


def test_an_import_that_was_cut_off_goes_on_where_it_was(tmp_path: Path) -> None:
    warc = Warc()
    for number in range(5):
        warc.response(f"/{number}", page(f"Bài {number}"))
    path = warc.save(tmp_path / "x.warc.gz")
    home = Home(tmp_path / "home")
    take(home, path)
    (segment,) = home.warc.iterdir()
    whole = segment.read_bytes()
    for kept in range(records_start(segment, 3), len(whole), 211):
        shutil.rmtree(home.path)
        home.warc.mkdir(parents=True)
        (home.warc / (segment.name + ".open")).write_bytes(whole[:kept])
        take(home, path)
        assert titles(home) == [f"Bài {number}" for number in range(5)]
        assert len(captures(home)) == 5
        assert is_sound(home)


@pytest.mark.parametrize("step", [3, 25, 40, 55, 70, 90])
def test_an_import_that_is_killed_at_any_step_loses_nothing_and_takes_nothing_twice(
    tmp_path: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing_run, "_BATCH_BYTES", 1)
    warc = Warc()
    for number in range(4):
        warc.response(f"/{number}", page(f"Bài {number}"))
    path = warc.save(tmp_path / "x.warc.gz")
    home = Home(tmp_path / "home")
    assert dies_at_statement(step, lambda: take(home, path))
    take(home, path)
    assert titles(home) == [f"Bài {number}" for number in range(4)]
    assert len(captures(home)) == 4
    assert is_sound(home)


def records_start(path: Path, number: int) -> int:
    data, position = path.read_bytes(), 0
    for _ in range(number):
        inflater = zlib.decompressobj(31)
        inflater.decompress(data[position:])
        position = len(data) - len(inflater.unused_data)
    return position


def test_what_was_imported_is_accepted_by_other_programs(tmp_path: Path) -> None:
    path = Warc().response("/a", page("Một")).save(tmp_path / "x.warc.gz")
    home = Home(tmp_path / "home")
    take(home, path)
    for segment in home.warc.iterdir():
        checker = Checker(SimpleNamespace(inputs=[str(segment)], verbose=False))
        checker.process_all()
        assert not checker.exit_value
        run_tool("fastwarc", "check", "--quiet", segment)
