from __future__ import annotations

import gzip
import hashlib
import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from archive.catalogue.queries.withholding import Act
from archive.export import Selection, selected, to_cdxj, write_bag, write_wacz
from archive.ground.errors import ArchiveDamaged
from archive.ground.home import Home
from archive.reading import ArchiveReader
from archive.store import Archive
from archive.warc.segments import walk
from archive.withholding import record_act
from crawler.sample_portal import SampleAttachment, SampleImage
from portal_visitor import article
from support.chronicle import Chronicle
from support.keeping import JsonExtract, exchange, keep, page, writing
from support.tools import run_tool
from support.warcs import PlainRecord, faults, records

STORY = article(
    "ky-hop",
    title="Kỳ họp",
    images=(SampleImage(1),),
    attachments=(SampleAttachment("bao-cao.pdf", "Báo cáo"),),
)
OTHER = article("tin-khac", title="Một tin khác", images=(SampleImage(1),))


@pytest.fixture(scope="module")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronicle]:
    """Four visits: an edit, and an article that is missing at the last."""
    with Chronicle(tmp_path_factory.mktemp("packages") / "home", [STORY, OTHER]) as chronicle:
        chronicle.visit()
        chronicle.visit()
        chronicle.publish(replace(STORY, paragraphs=("Một đoạn mới.",)))
        chronicle.visit()
        chronicle.broken = {str(OTHER.asset_id): 404}
        chronicle.visit()
        yield chronicle


def make_wacz(chronicle: Chronicle, path: Path, *ids: str) -> Path:
    named = frozenset(ids) or None
    with chronicle.reader() as reader, selected(reader, Selection(articles=named)) as chosen:
        write_wacz(chosen, path, title="HĐND")
    return path


def make_bag(chronicle: Chronicle, path: Path, *ids: str) -> Path:
    named = frozenset(ids) or None
    with chronicle.reader() as reader, selected(reader, Selection(articles=named)) as chosen:
        write_bag(chosen, path, title="HĐND\nhai dòng")
    return path


@pytest.fixture(scope="module")
def whole(chronicle: Chronicle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_wacz(chronicle, tmp_path_factory.mktemp("whole") / "hdnd.wacz")


@pytest.fixture(scope="module")
def part(chronicle: Chronicle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("part")
    return make_wacz(chronicle, folder / "part.wacz", chronicle.id_of(STORY))


@pytest.fixture(scope="module", params=["whole", "part"])
def wacz(request: pytest.FixtureRequest) -> Path:
    path: Path = request.getfixturevalue(request.param)
    return path


def unpacked(wacz: Path, folder: Path) -> Path:
    with ZipFile(wacz) as archive:
        archive.extractall(folder)
    return folder


def captures_in(folder: Path) -> list[PlainRecord]:
    return [r for r in records(folder) if r.type in ("response", "revisit")]


def test_two_packages_of_one_state_are_the_same_bytes(chronicle: Chronicle, tmp_path: Path) -> None:
    made = [make_wacz(chronicle, tmp_path / f"{n}.wacz").read_bytes() for n in "ab"]
    parts = [
        make_wacz(chronicle, tmp_path / f"part-{n}.wacz", chronicle.id_of(STORY)) for n in "ab"
    ]
    bags = [make_bag(chronicle, tmp_path / n) for n in "ab"]
    assert made[0] == made[1]
    assert parts[0].read_bytes() == parts[1].read_bytes()
    files = [
        {str(path.relative_to(bag)): path.read_bytes() for path in bag.rglob("*") if path.is_file()}
        for bag in bags
    ]
    assert files[0] == files[1]
    day = chronicle.now.date().isoformat()
    assert f"Bagging-Date: {day}" in files[0]["bag-info.txt"].decode()
    with ZipFile(tmp_path / "a.wacz") as archive:
        assert json.loads(archive.read("datapackage.json"))["created"].startswith(day)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_makes_the_same_bytes(
    chronicle: Chronicle, whole: Path, tmp_path: Path, seed: str
) -> None:
    out, environment = tmp_path / "other.wacz", os.environ | {"PYTHONHASHSEED": seed}
    arguments = [str(chronicle.home.path), str(out)]
    subprocess.run([sys.executable, "-c", _EXPORT, *arguments], check=True, env=environment)
    assert out.read_bytes() == whole.read_bytes()


_EXPORT = """
import sys
from pathlib import Path
from archive.export import Selection, selected, write_wacz
from archive.ground.home import Home
from archive.reading import ArchiveReader
with ArchiveReader.open(Home(Path(sys.argv[1]))) as reader, selected(reader, Selection()) as chosen:
    write_wacz(chosen, Path(sys.argv[2]), title="HĐND")
"""


def test_a_wacz_lists_all_its_files_with_their_digests(wacz: Path) -> None:
    with ZipFile(wacz) as archive:
        package = archive.read("datapackage.json")
        digest = json.loads(archive.read("datapackage-digest.json"))
        told = json.loads(package)
        listed = {resource["path"]: resource for resource in told["resources"]}
        assert set(listed) == set(archive.namelist()) - {
            "datapackage.json",
            "datapackage-digest.json",
        }
        for name, resource in listed.items():
            data = archive.read(name)
            assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
            assert resource["bytes"] == len(data)
    assert digest["hash"] == f"sha256:{hashlib.sha256(package).hexdigest()}"
    assert (told["profile"], told["wacz_version"]) == ("data-package", "1.1.1")


def test_records_and_indexes_are_stored_not_deflated(wacz: Path) -> None:
    with ZipFile(wacz) as archive:
        for info in archive.infolist():
            if info.filename.startswith(("archive/", "indexes/")):
                assert info.compress_type == ZIP_STORED, info.filename


def test_no_header_has_the_form_for_files_of_gigabytes(wacz: Path) -> None:
    """ReplayWeb.page does not read it."""
    data = wacz.read_bytes()
    with ZipFile(wacz) as package:
        for entry in package.infolist():
            assert entry.extract_version == 20
            _, extra = struct.unpack_from("<HH", data, entry.header_offset + 26)
            (version,) = struct.unpack_from("<H", data, entry.header_offset + 4)
            packed, size = struct.unpack_from("<II", data, entry.header_offset + 18)
            assert (version, extra) == (20, 0)
            assert (packed, size) == (entry.compress_size, entry.file_size)


def test_the_pages_are_the_versions_of_the_articles(whole: Path, chronicle: Chronicle) -> None:
    with ZipFile(whole) as archive:
        header, *lines = archive.read("pages/pages.jsonl").splitlines()
    pages = [json.loads(line) for line in lines]
    assert json.loads(header)["format"] == "json-pages-1.0"
    assert sorted(page["title"] for page in pages) == ["Kỳ họp", "Kỳ họp", "Một tin khác"]
    first_lines = [page["text"].split("\n")[0] for page in pages]
    assert sorted(first_lines) == ["Một đoạn mới.", "Một đoạn văn.", "Một đoạn văn."]
    assert len({page["id"] for page in pages}) == 3


def test_every_page_is_found_in_the_index(wacz: Path) -> None:
    with ZipFile(wacz) as archive:
        index = gzip.decompress(archive.read("indexes/index.cdx.gz")).decode().splitlines()
        _, *lines = archive.read("pages/pages.jsonl").splitlines()
    known = {(json.loads(line.split(" ", 2)[2])["url"], line.split(" ")[1]) for line in index}
    for line in map(json.loads, lines):
        stamp = "".join(c for c in line["ts"] if c.isdigit())
        assert (line["url"], stamp) in known


def test_the_second_index_leads_to_each_block_of_the_first(wacz: Path) -> None:
    with ZipFile(wacz) as archive:
        data = archive.read("indexes/index.cdx.gz")
        meta, *lines = archive.read("indexes/index.idx").decode().splitlines()
    assert meta.startswith("!meta 0 ")
    for line in lines:
        key, stamp, told = line.split(" ", 2)
        place = json.loads(told)
        block = gzip.decompress(data[place["offset"] :][: place["length"]]).decode()
        assert block.startswith(f"{key} {stamp} ")


def test_a_whole_export_holds_the_segments_byte_for_byte(whole: Path, chronicle: Chronicle) -> None:
    with ZipFile(whole) as archive:
        for path in chronicle.home.warc.iterdir():
            assert archive.read(f"archive/{path.name}") == path.read_bytes()


def test_a_part_holds_only_the_articles_records_as_they_are(
    part: Path, chronicle: Chronicle, tmp_path: Path
) -> None:
    folder = unpacked(part, tmp_path / "part") / "archive"
    held = {record.fields["WARC-Record-ID"]: record for record in records(chronicle.home.warc)}
    found = records(folder)
    assert all(held[record.fields["WARC-Record-ID"]].block == record.block for record in found)
    urls = {record.url for record in captures_in(folder)}
    assert len(urls) == len([u for u in urls if str(STORY.asset_id) in u])
    assert {record.type for record in found} >= {"request", "metadata", "response", "revisit"}
    assert faults(folder) == [f"{r.path.name}, offset 0: {_NAMED}" for r in found if not r.offset]


_NAMED = "a warcinfo that does not open its file"
"""The `warcinfo` names the segment that a part was taken from."""


def test_every_revisit_of_a_part_refers_to_a_response_in_it(part: Path, tmp_path: Path) -> None:
    found = captures_in(unpacked(part, tmp_path / "part") / "archive")
    held = {record.fields["WARC-Record-ID"] for record in found if record.type == "response"}
    referred = {r.fields["WARC-Refers-To"] for r in found if r.type == "revisit"}
    assert referred
    assert referred <= held


def test_the_evidence_of_an_absence_goes_with_the_article(
    chronicle: Chronicle, tmp_path: Path
) -> None:
    path = make_wacz(chronicle, tmp_path / "other.wacz", chronicle.id_of(OTHER))
    found = captures_in(unpacked(path, tmp_path / "other") / "archive")
    assert any(record.head.startswith(b"HTTP/1.1 404") for record in found)


def test_a_withheld_article_is_in_no_record_of_a_whole_export(tmp_path: Path) -> None:
    with Chronicle(tmp_path / "home", [STORY, OTHER]) as chronicle:
        chronicle.visit()
        with chronicle.archive() as archive:
            record_act(archive, chronicle.id_of(STORY), Act.WITHHOLD, reason="x")
        chronicle.visit()
        folder = unpacked(make_wacz(chronicle, tmp_path / "a.wacz"), tmp_path / "a")
        found = captures_in(folder / "archive")
        assert any(str(OTHER.asset_id) in record.url for record in found)
        assert not any(str(STORY.asset_id) in record.url for record in found)
        assert not any("urn:hdnd:article" in r.fields.get("WARC-Target-URI", "") for r in found)
        assert STORY.title not in (folder / "pages/pages.jsonl").read_text()


def test_a_bag_lists_every_file_under_both_digests(chronicle: Chronicle, tmp_path: Path) -> None:
    bag = make_bag(chronicle, tmp_path / "bag")
    for name in ("sha256", "sha512"):
        listed = [
            line.split("  ") for line in (bag / f"manifest-{name}.txt").read_text().splitlines()
        ]
        payload = {str(p.relative_to(bag)) for p in (bag / "data").rglob("*") if p.is_file()}
        assert {path for _, path in listed} == payload
        for digest, path in listed:
            assert hashlib.new(name, (bag / path).read_bytes()).hexdigest() == digest
    assert (bag / "bagit.txt").read_text() == (
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    )
    octets = sum(p.stat().st_size for p in (bag / "data").rglob("*") if p.is_file())
    assert f"Payload-Oxum: {octets}.{len(payload)}\n" in (bag / "bag-info.txt").read_text()
    assert len((bag / "data/articles.jsonl").read_text().splitlines()) == 2


def test_an_export_reads_a_segment_that_is_still_being_written(tmp_path: Path) -> None:
    with Chronicle(tmp_path / "home", [STORY]) as chronicle:
        chronicle.visit()
        with chronicle.archive() as archive:
            archive.begin_run(chronicle.site.describe())
            path = make_wacz(chronicle, tmp_path / "a.wacz")
        names = [Path(name).name for name in ZipFile(path).namelist()]
        assert sum(name.endswith(".warc.gz") for name in names) == 2


@pytest.mark.parametrize("write", [write_wacz, write_bag])
@pytest.mark.parametrize("articles", [None, frozenset({"mau-1"})])
def test_a_damaged_segment_is_handed_to_nobody(
    tmp_path: Path, write: Callable[..., object], articles: frozenset[str] | None
) -> None:
    """All of it by the manifest's digest, parts of it by the checksums of their members."""
    home = Home(tmp_path / "home")
    with writing(home) as (archive, run):
        for number in range(2):
            keep(archive, run, exchange(f"/{number}", page("Bài", id=str(number))))
    (segment,) = home.warc.iterdir()
    sound = segment.read_bytes()
    response = [m for m in walk(segment) if b"WARC-Type: response" in m.data][-1]
    of_its_own = response.offset + response.length // 2
    for at in (40, of_its_own) if articles else (4, 40, len(sound) - 60):
        segment.write_bytes(sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :])
        with (
            ArchiveReader.open(home) as reader,
            selected(reader, Selection(articles=articles)) as chosen,
            pytest.raises(ArchiveDamaged, match=segment.name),
        ):
            write(chosen, tmp_path / "out", title="x")
        assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("write", [write_wacz, write_bag])
def test_nothing_is_handed_over_while_an_act_is_damaged(
    tmp_path: Path, write: Callable[..., object]
) -> None:
    home = Home(tmp_path / "home")
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/1", page("Bài", id="1")))
        keep(archive, run, exchange("/2", page("Bài", id="2")))
    with Archive(home, JsonExtract()) as archive:
        record_act(archive, "mau-1", Act.WITHHOLD, reason="Có dữ liệu cá nhân")
    acts = max(home.warc.iterdir())
    data = bytearray(acts.read_bytes())
    data[-20] ^= 1
    acts.write_bytes(data)
    for articles in (None, frozenset({"mau-2"})):
        with (
            ArchiveReader.open(home) as reader,
            selected(reader, Selection(articles=articles)) as chosen,
            pytest.raises(ArchiveDamaged, match=acts.name),
        ):
            write(chosen, tmp_path / "out", title="x")
        assert not (tmp_path / "out").exists()


def test_an_export_that_fails_leaves_nothing(chronicle: Chronicle, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with (
        chronicle.reader() as reader,
        selected(reader, Selection()) as chosen,
        pytest.raises(KeyboardInterrupt),
    ):
        write_wacz(chosen, tmp_path / "a.wacz", title="x", on_progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_the_wacz_validator_accepts_it(wacz: Path) -> None:
    assert "Validation succeeded" in run_tool("wacz", "validate", "-f", wacz)


def test_the_bagit_validator_accepts_it(chronicle: Chronicle, tmp_path: Path) -> None:
    run_tool("bagit.py", "--validate", make_bag(chronicle, tmp_path / "whole"))
    part = make_bag(chronicle, tmp_path / "part", chronicle.id_of(STORY))
    run_tool("bagit.py", "--validate", part)


def test_another_indexer_makes_the_very_same_index(
    wacz: Path, chronicle: Chronicle, tmp_path: Path
) -> None:
    folder = unpacked(wacz, tmp_path / "wacz")
    theirs = run_tool("cdxj-indexer", "--sort", folder / "archive")
    assert gzip.decompress((folder / "indexes/index.cdx.gz").read_bytes()).decode() == theirs
    with chronicle.reader() as reader, selected(reader, Selection()) as chosen:
        ours = "".join(to_cdxj(chosen))
    assert ours == run_tool("cdxj-indexer", "--sort", chronicle.home.warc)


def test_another_checker_finds_no_fault_in_the_records(wacz: Path, tmp_path: Path) -> None:
    run_tool("warcio", "check", *(unpacked(wacz, tmp_path) / "archive").iterdir())
