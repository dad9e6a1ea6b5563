"""The manifest: a line for each closed segment, chained."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from archive import run
from archive.fixity.repair import repair
from archive.fixity.verify import Verification
from archive.ground.errors import ArchiveDamaged
from archive.ground.home import Home
from archive.store import Archive
from archive.warc import manifest
from support.keeping import JsonExtract, dump_of, exchange, keep, page, writing


def lines_of(home: Home) -> list[dict[str, object]]:
    return [json.loads(line) for line in home.manifest.read_bytes().splitlines()]


def crawl(home: Home, *paths: str) -> None:
    with writing(home) as (archive, writer):
        keep(archive, writer, *(exchange(path, page(path)) for path in paths))


def test_a_closed_segment_has_a_line_that_names_its_size_digest_and_records(tmp_path: Path) -> None:
    home = Home(tmp_path)
    crawl(home, "/a", "/b")
    (segment,) = home.warc.iterdir()
    data = segment.read_bytes()
    assert lines_of(home) == [
        {
            "file": segment.name,
            "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            "records": 8,
            "replaces": None,
            "previous": None,
        }
    ]


def test_every_line_names_the_digest_of_the_line_before_it(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for path in ("/a", "/b", "/c"):
        crawl(home, path)
    raw = home.manifest.read_bytes().splitlines(keepends=True)
    named = [line["previous"] for line in lines_of(home)]
    assert named == [None, *(hashlib.sha256(line).hexdigest() for line in raw[:-1])]
    assert manifest.head(home) == hashlib.sha256(raw[-1]).hexdigest()
    assert all(line.follows for line in manifest.read(home))


def test_a_run_that_fills_several_segments_writes_a_line_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "SEGMENT_LIMIT", 1)
    home = Home(tmp_path)
    crawl(home, "/a", "/b")
    assert [line["file"] for line in lines_of(home)] == sorted(p.name for p in home.warc.iterdir())


def test_a_segment_that_a_crash_left_without_its_line_gets_it_at_the_next_start(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)
    crawl(home, "/a")
    crawl(home, "/b")
    whole = home.manifest.read_bytes()
    first, second = whole.splitlines(keepends=True)
    for left in (first, first + second[:20], first + second[:9] + bytes(40)):
        home.manifest.write_bytes(left)
        with Archive(home, JsonExtract()):
            pass
        assert home.manifest.read_bytes() == whole


def test_a_segment_that_a_crash_left_open_gets_its_line_when_it_is_closed(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with Archive(home, JsonExtract()) as archive:
        keep(archive, archive.begin_run({"id": "mau"}), exchange("/a", page("a")))
    assert lines_of(home) == []
    with Archive(home, JsonExtract()):
        pass
    assert [line["records"] for line in lines_of(home)] == [4]


def test_a_lost_manifest_is_not_begun_anew_in_silence(tmp_path: Path) -> None:
    home = Home(tmp_path)
    crawl(home, "/a")
    home.manifest.unlink()
    crawl(home, "/b")
    assert not home.manifest.exists()
    for left in (b"", b"\x80\x04junk", b"junk\n"):
        home.manifest.write_bytes(left)
        crawl(home, "/c")
        assert home.manifest.read_bytes().startswith(left)
        assert list(Verification(home).damages())
    assert not repair(home, JsonExtract()).unmended
    assert not list(Verification(home).damages())


def test_a_manifest_made_anew_from_the_same_segments_has_the_same_head(tmp_path: Path) -> None:
    home = Home(tmp_path)
    crawl(home, "/a")
    crawl(home, "/b")
    before = home.manifest.read_bytes()
    manifest.renew(home)
    assert home.manifest.read_bytes() == before
    assert (home.aside / "manifest.jsonl").read_bytes() == before


@pytest.mark.parametrize("at", [2, 40, 100, 200])
def test_a_line_with_a_flipped_bit_is_no_entry_or_breaks_the_chain(tmp_path: Path, at: int) -> None:
    home = Home(tmp_path)
    crawl(home, "/a")
    crawl(home, "/b")
    data = bytearray(home.manifest.read_bytes())
    data[at] ^= 1
    home.manifest.write_bytes(data)
    assert not all(line.entry and line.follows for line in manifest.read(home))


def test_no_catalogue_is_made_while_a_segment_lies_nowhere(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for night in range(2):
        with writing(home) as (archive, run):
            keep(archive, run, exchange(f"/{night}", page("Bài", id=str(night)), minutes=night))
    rows, lost = dump_of(home), sorted(home.warc.iterdir())[0]
    lost.rename(tmp_path / lost.name)
    with (
        pytest.raises(ArchiveDamaged, match=lost.name),
        Archive(home, JsonExtract(), make_anew=True),
    ):
        pass
    assert dump_of(home) == rows
    (tmp_path / lost.name).rename(lost)
    with Archive(home, JsonExtract(), make_anew=True):
        assert dump_of(home) == rows
