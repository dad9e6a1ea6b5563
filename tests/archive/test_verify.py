"""What a check of the archive finds."""

from __future__ import annotations

import random
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from warcio.checker import Checker

from archive import run
from archive.catalogue.database import copy_catalogue
from archive.catalogue.ocr_texts import OcrTexts
from archive.fixity.damage import Damage, DamagedPart
from archive.fixity.verify import NotChecked, Verification
from archive.ground.home import Home
from archive.ground.message import Message
from archive.model import Outcome, Role
from archive.store import Archive
from archive.warc import manifest, segments
from archive.warc.digests import digest
from support.codes import english
from support.keeping import JsonExtract, exchange, keep, page, writing
from support.tools import run_tool
from support.warcs import records


def check(home: Home, **how: Any) -> list[Damage]:
    return list(Verification(home, extract=JsonExtract(), **how).damages())


def flip(path: Path, at: int, bit: int = 0) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << bit
    path.write_bytes(data)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Three closed segments: articles, a file twice, a failure."""
    home = Home(tmp_path / "home")
    for night in range(3):
        with writing(home) as (archive, writer):
            for number in range(3):
                body = page(f"Bài {number}", id=str(number), blocks=[f"Đêm {night}."])
                keep(archive, writer, exchange(f"/{number}", body, minutes=night * 1440 + number))
            keep(archive, writer, exchange("/a.doc", b"a file", role=Role.ATTACHMENT))
            writer.note("https://mau.example/x", Role.ARTICLE, Outcome.FAILED, "timeout", None)
    return home


def segment(home: Home, number: int) -> Path:
    return sorted(home.warc.iterdir())[number]


def test_a_sound_archive_has_no_damage(home: Home) -> None:
    verification = Verification(home, extract=JsonExtract())
    assert list(verification.damages()) == []
    assert (verification.segments, verification.records) == (3, 3 * (1 + 4 * 3 + 1 + 1))
    assert verification.bytes_read == sum(p.stat().st_size for p in home.warc.iterdir())
    assert verification.head


def test_a_flipped_byte_is_reported_with_file_offset_and_url(home: Home) -> None:
    path = segment(home, 1)
    response = next(r for r in records(path) if r.type == "response" and r.url.endswith("/1"))
    flip(path, response.offset + response.length // 2)
    damages = [d for d in check(home) if d.part is DamagedPart.SEGMENT]
    assert (damages[0].file, damages[0].offset, damages[0].url) == (
        path.name,
        response.offset,
        "https://mau.example/1",
    )
    assert all(d.remedy for d in damages)
    assert {d.file for d in damages} == {path.name}


def test_a_flipped_bit_anywhere_in_a_segment_is_found(home: Home) -> None:
    path = segment(home, 0)
    whole = path.read_bytes()
    chance = random.Random(7)
    for _ in range(60):
        flip(path, chance.randrange(len(whole)), chance.randrange(8))
        assert any(d.file == path.name for d in Verification(home).damages())
        path.write_bytes(whole)


def test_a_flipped_bit_anywhere_in_the_manifest_is_found(home: Home) -> None:
    whole = home.manifest.read_bytes()
    chance = random.Random(7)
    for _ in range(60):
        flip(home.manifest, chance.randrange(len(whole)), chance.randrange(8))
        assert check(home)
        home.manifest.write_bytes(whole)


def test_every_header_of_a_gzip_member_is_checked_in_an_open_segment_too(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with Archive(home, JsonExtract()) as archive:
        keep(archive, archive.begin_run({"id": "mau"}), exchange("/a", page("a")))
    assert check(home) == []
    (path,) = home.warc.iterdir()
    for record in records(path):
        flip(path, record.offset + 5)
        (damage,) = check(home)
        assert (damage.offset, damage.part) == (record.offset, DamagedPart.SEGMENT)
        flip(path, record.offset + 5)


TABLES = (
    ("run", "counts"),
    ("capture", "media_type"),
    ("capture", "offset"),
    ("capture", "seq"),
    ("outcome", "detail"),
    ("page", "links"),
    ("article", "categories"),
    ("version", "content"),
    ("observation", "views"),
    ("change", "seq"),
)


@pytest.mark.parametrize(("table", "column"), TABLES)
def test_a_changed_value_in_any_table_of_the_catalogue_is_found(
    home: Home, table: str, column: str
) -> None:
    with sqlite3.connect(home.catalogue) as connection:
        connection.execute(
            f"UPDATE {table} SET {column} = coalesce({column}, 0) || '9'"
            f" WHERE rowid = (SELECT max(rowid) FROM {table})"
            if table not in ("run", "article", "version", "change")
            else f"UPDATE {table} SET {column} = coalesce({column}, '') || '9'"
        )
    assert {d.part for d in check(home)} == {DamagedPart.CATALOGUE}


@pytest.mark.parametrize("table", ["run", "capture", "outcome", "page", "article", "observation"])
def test_a_row_that_is_lost_is_found(home: Home, table: str) -> None:
    with sqlite3.connect(home.catalogue) as connection:
        connection.execute(
            f"DELETE FROM {table} WHERE ({table}.oid = (SELECT max(oid) FROM {table}))"
            if table not in ("run", "article")
            else f"DELETE FROM {table}"
        )
    assert {d.part for d in check(home)} == {DamagedPart.CATALOGUE}


def test_a_row_without_a_record_is_found(home: Home) -> None:
    with sqlite3.connect(home.catalogue) as connection:
        connection.execute(
            "INSERT INTO outcome SELECT seq + 100, 'made-up', run, site, url, role, via, at,"
            " outcome, detail FROM outcome LIMIT 1"
        )
    assert any("made-up" in english(d.what) for d in check(home))


def test_a_catalogue_that_cannot_be_read_is_found_and_the_segments_are_checked_all_the_same(
    home: Home,
) -> None:
    home.catalogue.write_bytes(b"no database" * 1000)
    verification = Verification(home)
    assert [d.part for d in verification.damages()] == [DamagedPart.CATALOGUE]
    assert verification.segments == 3


def test_a_lost_catalogue_a_lost_manifest_and_a_lost_segment_are_found(home: Home) -> None:
    segment(home, 1).unlink()
    home.manifest.unlink()
    parts = {d.part for d in check(home)}
    assert parts >= {DamagedPart.SEGMENT, DamagedPart.MANIFEST}
    home.catalogue.unlink()
    assert {d.part for d in check(home)} >= {DamagedPart.CATALOGUE, DamagedPart.MANIFEST}


def test_a_lost_segment_is_named_once(home: Home) -> None:
    path = segment(home, 1)
    path.unlink()
    assert [d.file for d in check(home) if english(d.what) == "the file is lost"] == [path.name]


@pytest.mark.parametrize("cut", [1, 9, 200, 2000])
def test_a_truncated_last_member_that_warcio_check_accepts_is_found(home: Home, cut: int) -> None:
    path = segment(home, 2)
    path.write_bytes(path.read_bytes()[:-cut])
    assert any(d.file == path.name and d.offset is not None for d in check(home))


def test_a_zeroed_stretch_is_found_and_what_follows_it_is_checked(home: Home) -> None:
    path = segment(home, 0)
    placed = records(path)
    data = bytearray(path.read_bytes())
    data[placed[3].offset : placed[4].offset] = bytes(placed[3].length)
    path.write_bytes(data)
    flip(path, placed[9].offset + 30)
    offsets = {d.offset for d in check(home) if d.part is DamagedPart.SEGMENT}
    assert {placed[3].offset, placed[9].offset} <= offsets


def rewritten(path: Path, change: Any) -> None:
    """Write a segment anew, each record's bytes as `change` gives them back."""
    content = [
        segments.compress(change(zlib.decompress(m, 31), record))
        for record in records(path)
        for m in [path.read_bytes()[record.offset : record.offset + record.length]]
    ]
    path.write_bytes(b"".join(content))


@pytest.mark.parametrize(
    ("field", "what"),
    [
        (b"WARC-Date", "lacks WARC-Date"),
        (b"WARC-Block-Digest", "lacks WARC-Block-Digest"),
        (b"WARC-Payload-Digest", "lacks WARC-Payload-Digest"),
    ],
)
def test_a_missing_field_that_warcio_check_accepts_is_found(
    home: Home, field: bytes, what: str
) -> None:
    path = segment(home, 0)

    def without(data: bytes, record: Any) -> bytes:
        lines = data.split(b"\r\n")
        return b"\r\n".join(line for line in lines if not line.startswith(field + b":"))

    rewritten(path, without)
    assert any(what in english(d.what) for d in check(home))


def test_records_in_another_order_are_found(home: Home) -> None:
    path = segment(home, 0)
    placed, data = records(path), path.read_bytes()
    order = [*placed[:1], *placed[4:7], *placed[1:4], *placed[7:]]
    path.write_bytes(b"".join(data[r.offset : r.offset + r.length] for r in order))
    assert any("SHA-256" in english(d.what) for d in check(home))


def test_an_altered_payload_with_a_matching_digest_is_found_by_the_manifest(home: Home) -> None:
    path = segment(home, 0)

    def altered(data: bytes, record: Any) -> bytes:
        if record.type != "response" or not record.url.endswith("/1"):
            return data
        block = record.block.replace("Bài 1".encode(), "Bài 9".encode())
        payload = block.partition(b"\r\n\r\n")[2]
        old = record.fields
        data = data.replace(record.block, block)
        data = data.replace(old["WARC-Block-Digest"].encode(), digest(block).encode())
        return data.replace(old["WARC-Payload-Digest"].encode(), digest(payload).encode())

    rewritten(path, altered)
    assert any(
        d.part is DamagedPart.SEGMENT and "the manifest" in english(d.what) for d in check(home)
    )


def test_an_archive_altered_together_with_its_manifest_lacks_the_deposited_head(
    home: Home, tmp_path: Path
) -> None:
    before = Verification(home)
    assert not list(before.damages())
    with writing(home) as (archive, writer):
        keep(archive, writer, exchange("/later", page("Sau", id="99")))
    assert check(home, deposited=f"sha256:{before.head}") == []

    segment(home, 0).unlink()
    manifest.renew(home)
    with Archive(home, JsonExtract()) as archive:
        archive.rebuild()
    assert {d.part for d in check(home)} == {DamagedPart.SEGMENT}
    damage, *_ = check(home, deposited=f"sha256:{before.head}")
    assert damage.part is DamagedPart.MANIFEST


def test_a_foreign_file_among_the_segments_is_found(home: Home) -> None:
    (home.warc / "notes.txt").write_text("a")
    (damage,) = check(home)
    assert damage.file == "notes.txt"


def test_a_revisit_whose_response_is_gone_is_found(home: Home) -> None:
    path = segment(home, 0)
    original = next(r for r in records(path) if r.type == "response" and "a.doc" in r.url)
    flip(path, original.offset + original.length // 2)
    with sqlite3.connect(home.catalogue) as connection:
        connection.execute(
            "DELETE FROM capture WHERE record_id = ?", (original.fields["WARC-Record-ID"],)
        )
    assert sum("the response that it refers to" in english(d.what) for d in check(home)) == 2


def test_a_check_since_a_segment_leaves_the_ones_before_it_out(home: Home) -> None:
    for number in (0, 1):
        flip(segment(home, number), 2000)
    assert {d.file for d in check(home, since=2)} == {segment(home, 1).name}
    assert check(home, since=3) == []


def test_an_archive_is_sound_at_every_moment_of_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "SEGMENT_LIMIT", 4000)
    home = Home(tmp_path)
    with writing(home) as (archive, writer):
        for number in range(8):
            keep(archive, writer, exchange(f"/{number}", page(f"{number}", id=str(number))))
            assert check(home) == []
    assert check(home) == []


def test_a_capture_made_while_the_check_runs_does_no_harm(home: Home) -> None:
    with writing(home) as (archive, writer):
        verification = Verification(home, extract=JsonExtract())
        under_way: Iterator[Damage] = verification.damages()
        seen = iter(range(10_000))

        def meanwhile(done: int, total: int, what: str) -> None:
            path = f"/meanwhile/{next(seen)}"
            keep(archive, writer, exchange(path, page(path, id=path)))

        verification.on_progress = meanwhile
        assert list(under_way) == []


def test_what_a_process_that_died_left_is_no_damage(home: Home) -> None:
    with Archive(home, JsonExtract()) as archive:
        writer = archive.begin_run({"id": "mau"})
        writer.keep(exchange("/b", page("b")))
        path = writer._segment.path
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08 torn")
    assert check(home) == []


def test_the_index_is_asked_for_its_damages(home: Home) -> None:
    damage = Damage(DamagedPart.INDEX, "index", Message("of.what"), Message("of.remedy"))
    assert check(home, check_index=lambda: [damage]) == [damage]


def test_a_check_changes_no_byte(home: Home) -> None:
    def everything() -> dict[Path, bytes]:
        return {p: p.read_bytes() for p in home.path.rglob("*") if p.is_file()}

    before = everything()
    check(home)
    after = {p: data for p, data in everything().items() if not p.name.endswith(("-shm", "-wal"))}
    assert after == {p: data for p, data in before.items() if p in after}


def test_what_we_write_is_accepted_by_warcio(home: Home) -> None:
    for path in home.warc.iterdir():
        checker = Checker(SimpleNamespace(inputs=[str(path)], verbose=False))
        checker.process_all()
        assert not checker.exit_value


def test_what_we_write_is_accepted_by_fastwarc(home: Home) -> None:
    for path in home.warc.iterdir():
        run_tool("fastwarc", "check", "--quiet", path)


def test_a_check_says_what_it_did_not_check(home: Home) -> None:
    shallow, deep = Verification(home), Verification(home, extract=JsonExtract())
    late = Verification(home, extract=JsonExtract(), since=2)
    for verification in (shallow, deep, late):
        assert list(verification.damages()) == []
    assert shallow.not_checked == (NotChecked.DERIVED,)
    assert deep.not_checked == ()
    assert late.not_checked == (NotChecked.EARLIER_SEGMENTS, NotChecked.DERIVED)
    OcrTexts.open(home, 1).close()
    assert deep.not_checked == (NotChecked.OCR,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE article SET version = 'x' WHERE id = 'mau-1'",
        "UPDATE article SET url = 'https://mau.example/2' WHERE id = 'mau-1'",
        "UPDATE article SET published_at = '2020-01-01T00:00:00+07:00' WHERE id = 'mau-1'",
        "UPDATE article SET last_captured_at = first_captured_at WHERE id = 'mau-1'",
        "DELETE FROM article WHERE id = 'mau-1'",
        "DELETE FROM page WHERE seq = 1",
        "UPDATE page SET site = 'khac' WHERE seq = 1",
        "UPDATE page SET article = 'mau-2' WHERE seq = 2",
        "DELETE FROM observation WHERE seq = 2",
        "UPDATE observation SET captured_at = '2020-01-01T00:00:00.000000Z' WHERE seq = 2",
        "UPDATE observation SET truncated = 1 WHERE seq = 2",
        "UPDATE observation SET version = 'x' WHERE seq = 2",
        "DELETE FROM change WHERE id = 'mau-1'",
    ],
)
def test_rows_that_contradict_each_other_are_found_without_deriving(
    home: Home, statement: str
) -> None:
    connection = sqlite3.connect(home.catalogue)
    connection.execute(statement)
    connection.commit()
    connection.close()
    damages = list(Verification(home).damages())
    assert damages
    assert {damage.part for damage in damages} == {DamagedPart.CATALOGUE}


def test_whole_records_that_the_catalogue_lacks_are_named(home: Home, tmp_path: Path) -> None:
    with Archive(home, JsonExtract()) as archive:
        run = archive.begin_run({"id": "mau"})
        keep(archive, run, exchange("/b", page("Trước", id="8")))
        copy_catalogue(archive.catalogue, tmp_path / "before")
        keep(archive, run, exchange("/c", page("Sau", id="9")))
        assert check(home) == []
    (tmp_path / "before").replace(home.catalogue)
    verification = Verification(home)
    assert list(verification.damages()) == []
    ((path, groups),) = ((lag.segment, lag.groups) for lag in verification.behind)
    assert (path.name[-5:], groups) == (".open", 1)
    with Archive(home, JsonExtract()) as archive:
        assert archive.recovery.taken_in == 1
    assert check(home) == []


def test_a_segment_that_was_begun_and_not_yet_taken_in_is_no_damage(
    home: Home, tmp_path: Path
) -> None:
    with Archive(home, JsonExtract()) as archive:
        copy_catalogue(archive.catalogue, tmp_path / "before")
        run = archive.begin_run({"id": "mau"})
        keep(archive, run, exchange("/b", page("Sau", id="8")))
    (tmp_path / "before").replace(home.catalogue)
    newest = max(home.warc.glob("*.warc.gz"))
    newest.rename(f"{newest}.open")
    lines = home.manifest.read_bytes().splitlines(keepends=True)
    home.manifest.write_bytes(b"".join(lines[:-1]))
    verification = Verification(home)
    assert list(verification.damages()) == []
    assert [lag.segment.name[-5:] for lag in verification.behind] == [".open"]


def test_the_end_of_a_run_that_is_damaged_is_no_fault_of_the_catalogue(home: Home) -> None:
    path = segment(home, 0)
    end = next(r for r in records(path) if "urn:hdnd:run:" in r.fields.get("WARC-Target-URI", ""))
    flip(path, end.offset + end.length // 2)
    assert {damage.part for damage in check(home)} == {DamagedPart.SEGMENT}
