"""The forms in which captures are handed over: files, folders, packages, in many codings."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from archive.ground.errors import UsageError
from archive.ground.home import Home
from archive.reading import ArchiveReader
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
from support.keeping import page


def warc(*numbers: int, compressed: bool = True) -> bytes:
    made = Warc(compressed=compressed)
    for number in numbers:
        # Padding that does not compress, so that a byte in the middle is one of the body.
        made.response(f"/{number}", page(f"Bài {number}", pad=os.urandom(2000).hex()))
    return made.buffer.getvalue()


def names(*numbers: int) -> list[str]:
    return [f"Bài {number}" for number in numbers]


def zipped(entries: Mapping[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in entries.items():
            package.writestr(name, data)
    return out.getvalue()


def save(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


# Zstandard


def a_dictionary() -> bytes:
    samples = [f"WARC/1.0\r\nWARC-Type: response\r\nX: {n}\r\n".encode() * 20 for n in range(200)]
    return zstd.train_dict(samples, 4000).dict_content


@pytest.mark.parametrize("form", ["plain", "one frame", "dictionary", "packed dictionary"])
def test_a_file_of_zstandard_frames_is_read(tmp_path: Path, form: str) -> None:
    records = plain(save(tmp_path, "x.warc.gz", warc(1, 2, 3)))
    if form == "one frame":
        made = zstd.compress(b"".join(records))
    elif form == "plain":
        made = b"".join(map(zstd.compress, records))
    else:
        dictionary = a_dictionary()
        content = dictionary if form == "dictionary" else zstd.compress(dictionary)
        known = zstd.ZstdDict(dictionary)
        framed = b"".join(zstd.compress(record, zstd_dict=known) for record in records)
        made = struct.pack("<II", 0x184D2A5D, len(content)) + content + framed
    home = Home(tmp_path / "home")
    _, troubles = take(home, save(tmp_path, "x.warc.zst", made))
    assert (titles(home), troubles) == (names(1, 2, 3), [])
    assert is_sound(home)


def test_a_damaged_frame_loses_one_capture(tmp_path: Path) -> None:
    packed = [zstd.compress(record) for record in plain(save(tmp_path, "x.warc.gz", warc(1, 2, 3)))]
    middle = bytearray(packed[1])
    middle[2] ^= 0xFF
    data = packed[0] + bytes(middle) + packed[2]
    home = Home(tmp_path / "home")
    _, (trouble,) = take(home, save(tmp_path, "x.warc.zst", data))
    assert titles(home) == names(1, 3)
    assert trouble.place == str(len(packed[0]))


def test_a_dictionary_that_is_none_is_named(tmp_path: Path) -> None:
    made = struct.pack("<II", 0x184D2A5D, 0xFFFFFFF0) + b"x" + zstd.compress(b"WARC/1.0")
    _, (trouble,) = take(Home(tmp_path / "home"), save(tmp_path, "x.warc.zst", made))
    assert "dictionary" in trouble.what


# ARC


def arc(*numbers: int, version: int = 1, compressed: bool = True) -> bytes:
    fields = "URL IP-address Archive-date Content-type Archive-length"
    if version == 2:
        fields = (
            "URL IP-address Archive-date Content-type Result-code Checksum Location Offset"
            " Filename Archive-length"
        )
    about = f"{version} 0 Khác\n{fields}\n\n".encode()
    records = [b"filedesc://x.arc 0.0.0.0 20080101000000 text/plain %d\n%s" % (len(about), about)]
    for number in numbers:
        content = HEAD.encode() + b"\r\n" + page(f"Bài {number}")
        rest = "200 - - 0 x.arc " if version == 2 else ""
        line = (
            f"http://mau.example/{number} 192.0.2.1 20080304050607 text/html; charset=utf-8"
            f" {rest}{len(content)}\n"
        )
        records.append(line.encode() + content + b"\n")
    return b"".join(gzip.compress(r) if compressed else r for r in records)


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("compressed", [True, False])
def test_an_arc_file_is_read_and_its_records_are_made_into_warc_records(
    tmp_path: Path, version: int, compressed: bool
) -> None:
    path = save(tmp_path, "x.arc", arc(1, 2, 3, version=version, compressed=compressed))
    home = Home(tmp_path / "home")
    _, troubles = take(home, path)
    assert (titles(home), troubles) == (names(1, 2, 3), [])
    assert {f"{c.captured_at:%Y-%m-%dT%H:%M:%SZ}" for c in captures(home)} == {
        "2008-03-04T05:06:07Z"
    }
    told = b"".join(member for segment in home.warc.iterdir() for member in plain(segment))
    assert told.count(b"made-of: ARC record\r\n") == 3
    assert b"arc-line: http://mau.example/1 192.0.2.1 20080304050607 text/html" in told
    again, _ = take(home, path)
    assert (again.taken.total(), again.known) == (0, 3)
    assert is_sound(home)
    assert rebuilds_to_the_same(home)


@pytest.mark.parametrize("compressed", [True, False])
def test_damage_in_an_arc_file_loses_one_capture(tmp_path: Path, compressed: bool) -> None:
    data = arc(1, 2, 3, compressed=compressed)
    start = len(arc(1, compressed=compressed))
    spoiled = data[:start] + bytes(40) + data[start + 40 :]
    home = Home(tmp_path / "home")
    _, troubles = take(home, save(tmp_path, "x.arc.gz", spoiled))
    assert titles(home) == names(1, 3) if not compressed else names(1)
    assert [trouble.place for trouble in troubles] == [str(start)]


# Folders


def test_a_folder_stands_for_the_files_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "thu"
    save(folder, "1.warc.gz", warc(1))
    save(folder, "sau/2.warc", warc(2, compressed=False))
    save(folder, "sau/3.wacz", zipped(listed({"archive/x.warc.gz": warc(3)})))
    save(folder, "ghi-chu.txt", b"no record")
    home = Home(tmp_path / "home")
    _, troubles = take(home, folder)
    assert (titles(home), troubles) == (names(1, 2, 3), [])
    with ArchiveReader.open(home) as reader:
        rows = reader.catalogue.connection.execute("SELECT file FROM imported ORDER BY file")
        assert [row["file"] for row in rows] == [
            "1.warc.gz",
            "sau/2.warc",
            "sau/3.wacz/archive/x.warc.gz",
        ]


def test_what_is_neither_file_nor_folder_is_named_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.warc.gz")
    (tmp_path / "empty").mkdir()
    for what in ("pipe.warc.gz", "empty", "nowhere.warc.gz"):
        with pytest.raises(UsageError, match=what):
            take(Home(tmp_path / "home"), tmp_path / what)


def test_a_file_whose_name_is_no_utf_8_is_taken_in(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xe0i.warc.gz"))
    path.write_bytes(warc(1))
    home = Home(tmp_path / "home")
    take(home, path)
    assert titles(home) == names(1)
    assert is_sound(home)


@pytest.mark.parametrize("form", ["gzip", "zstd", "plain"])
def test_a_damaged_beginning_loses_one_capture(tmp_path: Path, form: str) -> None:
    data = warc(1, 2, 3, compressed=form == "gzip")
    if form == "zstd":
        records = plain(save(tmp_path, "x.warc.gz", warc(1, 2, 3)))
        data = b"".join(map(zstd.compress, records))
    home = Home(tmp_path / "home")
    _, (trouble,) = take(home, save(tmp_path, "x", b"\xff" + data[1:]))
    assert (titles(home), trouble.place) == (names(2, 3), "0")


# Packages


def listed(entries: Mapping[str, bytes], **other: str) -> dict[str, bytes]:
    resources = [
        {"path": name, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
        for name, data in entries.items()
    ]
    resources += [{"path": name, "hash": digest} for name, digest in other.items()]
    return {**entries, "datapackage.json": json.dumps({"resources": resources}).encode()}


def test_a_package_of_packages_gives_the_captures_of_all(tmp_path: Path) -> None:
    inner = {
        "one.wacz": zipped(listed({"archive/a.warc.gz": warc(1)})),
        "two.wacz": zipped(listed({"archive/a.warc.gz": warc(2)}), zipfile.ZIP_DEFLATED),
    }
    home = Home(tmp_path / "home")
    _, troubles = take(home, save(tmp_path, "all.wacz", zipped(listed(inner))))
    assert (titles(home), troubles) == (names(1, 2), [])


def test_packages_within_packages_come_to_an_end(tmp_path: Path) -> None:
    data = zipped(listed({"archive/a.warc.gz": warc(1)}))
    for _ in range(5):
        data = zipped(listed({"inner.wacz": data}))
    _, (trouble,) = take(Home(tmp_path / "home"), save(tmp_path, "x.wacz", data))
    assert "deep" in trouble.what


def test_a_zip_of_warcs_in_any_folder_is_read(tmp_path: Path) -> None:
    data = zipped({"a.warc.gz": warc(1), "thu/muc/B.WARC.GZ": warc(2), "x.arc.gz": arc(3)})
    home = Home(tmp_path / "home")
    take(home, save(tmp_path, "x.zip", data))
    assert titles(home) == names(1, 2, 3)


def test_a_list_that_does_not_match_is_named_and_what_is_there_is_taken_in(
    tmp_path: Path,
) -> None:
    entries = listed(
        {"archive/a.warc.gz": warc(1)},
        **{"archive/lost.warc.gz": "sha256:0", "https://khac.example/far.wacz": "sha256:0"},
    )
    entries["archive/more.warc.gz"] = warc(2)
    entries["archive/a.warc.gz"] = warc(3)
    home = Home(tmp_path / "home")
    _, troubles = take(home, save(tmp_path, "x.wacz", zipped(entries)))
    assert titles(home) == names(2, 3)
    told = sorted(trouble.what for trouble in troubles)
    assert len(told) == 4
    assert "SHA-256 is another" in told[0]
    assert "archive/lost.warc.gz, which is not in it" in told[1]
    assert "far.wacz, which is not in it" in told[2]
    assert "list does not name it" in told[3]


UNREAD = "cannot be read"
UNNAMED = "the package's list does not name it"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", [UNREAD]),
        (b"[]", [UNREAD]),
        (b"{}", [UNREAD]),
        (b'{"resources": 7}', [UNREAD]),
        (b"[" * 100_000, [UNREAD]),
        (b"\xff", [UNREAD]),
        (b'{"resources": []}', [UNNAMED]),
        (b'{"resources": [1, null, {"path": 5}, {"name": "x"}]}', ["4 entries", UNNAMED]),
        (None, ["no list of its files"]),
    ],
)
def test_a_list_that_is_none_is_named_and_no_hindrance(
    tmp_path: Path, content: bytes | None, told: list[str]
) -> None:
    entries = {"archive/a.warc.gz": warc(1)}
    data = zipped(entries if content is None else {**entries, "datapackage.json": content})
    home = Home(tmp_path / "home")
    _, troubles = take(home, save(tmp_path, "x.wacz", data))
    assert titles(home) == names(1)
    assert len(troubles) == len(told)
    for trouble, words in zip(troubles, told, strict=True):
        assert words in trouble.what


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_one_bad_byte_loses_one_capture(tmp_path: Path, method: int) -> None:
    members = [warc(number) for number in range(1, 6)]
    data = bytearray(zipped({"archive/a.warc.gz": b"".join(members)}, method))
    data[len(data) // 2] ^= 0xFF
    home = Home(tmp_path / "home")
    _, troubles = take(home, save(tmp_path, "x.wacz", bytes(data)))
    assert titles(home) == names(1, 2, 4, 5)
    assert str(sum(map(len, members[:2]))) in {trouble.place for trouble in troubles}


def test_many_places_of_a_damaged_part_are_told_of_once(tmp_path: Path) -> None:
    good, bad = (warc(number, compressed=False) for number in (1, 2))
    bad = bad.replace(b"WARC/1", b"WARC/x")
    parts = b"".join((bad, warc(3, compressed=False), bad, warc(4, compressed=False), bad, good))
    entries = listed({"archive/a.warc": parts})
    entries["archive/a.warc"] = parts + b"\r\n"
    home = Home(tmp_path / "home")
    _, troubles = take(home, save(tmp_path, "x.wacz", zipped(entries)))
    assert titles(home) == names(1, 3, 4)
    assert [trouble.what.partition(" from here")[0] for trouble in troubles] == [
        "it is not the file that the package's list names: its SHA-256 is another",
        "3 places",
    ]


@pytest.mark.parametrize("part", ["directory", "end", "local header", "cut off"])
def test_a_package_with_a_damaged_frame_still_gives_its_captures(tmp_path: Path, part: str) -> None:
    data = bytearray(zipped({"archive/a.warc.gz": warc(1, 2)}))
    place = {
        "directory": data.rfind(b"PK\x01\x02"),
        "end": data.rfind(b"PK\x05\x06"),
        "local header": 2,
        "cut off": -1,
    }[part]
    if part == "cut off":
        del data[data.rfind(b"PK\x01\x02") :]
    else:
        data[place] ^= 0xFF
    home = Home(tmp_path / "home")
    _, troubles = take(home, save(tmp_path, "x.wacz", bytes(data)))
    assert titles(home) == names(1, 2)
    assert troubles


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("broken", [False, True])
def test_other_compressions_are_read_and_broken_ones_named(
    tmp_path: Path, method: int, broken: bool
) -> None:
    data = bytearray(zipped(listed({"archive/a.warc": warc(1, compressed=False)}), method))
    if broken:
        data[200:600] = bytes(400)
    home = Home(tmp_path / "home")
    done, troubles = take(home, save(tmp_path, "x.wacz", bytes(data)))
    assert (done.taken.total(), bool(troubles)) == ((0, True) if broken else (1, False))


def test_an_encrypted_entry_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped(listed({"archive/a.warc.gz": warc(1), "archive/b.warc.gz": warc(2)})))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + at] |= 1
    home = Home(tmp_path / "home")
    _, (trouble,) = take(home, save(tmp_path, "x.wacz", bytes(data)))
    assert (titles(home), "encrypted" in trouble.what) == (names(2), True)


def test_a_deflated_package_is_read_once_through(tmp_path: Path) -> None:
    """Reading back within it would begin anew at its start, for every record."""
    from archive.warc import zip_entries

    data = zipped({"archive/a.warc.gz": warc(*range(300))}, zipfile.ZIP_DEFLATED)
    read = 0
    whole = zip_entries.FileRange.read

    def counted(self: zip_entries.FileRange, size: int = -1) -> bytes:
        nonlocal read
        got = whole(self, size)
        read += len(got)
        return got

    zip_entries.FileRange.read = counted  # type: ignore[method-assign]
    try:
        done, _ = take(Home(tmp_path / "home"), save(tmp_path, "x.wacz", data))
    finally:
        zip_entries.FileRange.read = whole  # type: ignore[method-assign]
    assert done.taken.total() == 300
    assert read < 4 * len(data)


# ZIP files that say little of themselves, or nothing true


class Stream(io.RawIOBase):
    """A file that is written to its end and never gone back in."""

    def __init__(self) -> None:
        super().__init__()
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.data += bytes(data)
        return len(data)


def streamed(entries: Mapping[str, bytes], method: int, *, zip64: bool = False) -> bytes:
    """A package whose headers do not say how long their entries are."""
    out = Stream()
    with zipfile.ZipFile(out, "w", method) as package:  # type: ignore[call-overload]
        for name, data in entries.items():
            with package.open(name, "w", force_zip64=zip64) as entry:
                entry.write(data)
    return out.data


@pytest.mark.parametrize("form", ["whole", "streamed", "streamed zip64"])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("compressed", [True, False])
def test_a_package_without_its_directory_is_read_by_its_headers(
    tmp_path: Path, form: str, method: int, compressed: bool
) -> None:
    entries = {
        "archive/a.warc": warc(1, 2, compressed=compressed),
        "archive/b.warc": warc(3, compressed=compressed),
    }
    data = (
        zipped(entries, method)
        if form == "whole"
        else streamed(entries, method, zip64="zip64" in form)
    )
    cut = data[: data.rfind(b"PK\x01\x02", 0, data.rfind(b"PK\x01\x02"))]
    home = Home(tmp_path / "home")
    _, (trouble,) = take(home, save(tmp_path, "x.wacz", cut))
    assert "directory" in trouble.what
    assert titles(home) == names(1, 2, 3)


def test_a_package_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    second = warc(3, 4)
    data = zipped({"archive/a.warc.gz": warc(1, 2), "archive/b.warc.gz": second})
    cut = data[: data.find(second) + len(second) * 3 // 4]
    home = Home(tmp_path / "home")
    _, troubles = take(home, save(tmp_path, "x.wacz", cut))
    assert titles(home) == names(1, 2, 3)
    assert any("breaks off" in trouble.what for trouble in troubles)


@pytest.mark.parametrize("method", [1, 6, 9, 93, 95, 98, 99, 55555])
def test_a_compression_that_is_not_known_is_named_and_not_called_damage(
    tmp_path: Path, method: int
) -> None:
    data = bytearray(zipped(listed({"archive/a.warc.gz": warc(1), "archive/b.warc.gz": warc(2)})))
    for signature, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", data, data.find(signature) + at, method)
    home = Home(tmp_path / "home")
    _, (trouble,) = take(home, save(tmp_path, "x.wacz", bytes(data)))
    assert f"ZIP method {method}" in trouble.what
    assert titles(home) == names(2)


@pytest.mark.parametrize("damage", ["props", "data", "dictionary"])
def test_a_broken_lzma_entry_is_named_and_the_others_are_read(tmp_path: Path, damage: str) -> None:
    entries = {"archive/a.warc.gz": warc(1), "archive/b.warc.gz": warc(2)}
    data = bytearray(zipped(listed(entries), zipfile.ZIP_LZMA))
    at = data.find(b"archive/a.warc.gz") + len("archive/a.warc.gz")
    what = {"props": (4, b"\xff"), "data": (20, bytes(60)), "dictionary": (2, b"\xff\xff")}
    start, wrong = what[damage]
    data[at + start : at + start + len(wrong)] = wrong
    home = Home(tmp_path / "home")
    _, (trouble,) = take(home, save(tmp_path, "x.wacz", bytes(data)))
    assert trouble.file == "x.wacz/archive/a.warc.gz"
    assert titles(home) == names(2)


@pytest.mark.parametrize("where", [(1 << 31) - 1, 1 << 30])
def test_an_entry_that_lies_nowhere_is_named_and_the_others_are_read(
    tmp_path: Path, where: int
) -> None:
    data = bytearray(zipped(listed({"archive/a.warc.gz": warc(1), "archive/b.warc.gz": warc(2)})))
    struct.pack_into("<I", data, data.find(b"PK\x01\x02") + 42, where)
    home = Home(tmp_path / "home")
    _, troubles = take(home, save(tmp_path, "x.wacz", bytes(data)))
    assert troubles[0].file == "x.wacz/archive/a.warc.gz"
    assert titles(home) == names(2)


def test_a_directory_that_leads_nowhere_at_all_is_not_followed(tmp_path: Path) -> None:
    data = bytearray(zipped({"archive/a.warc.gz": warc(1), "archive/b.warc.gz": warc(2)}))
    struct.pack_into("<I", data, data.rfind(b"PK\x05\x06") + 16, 7)
    home = Home(tmp_path / "home")
    _, troubles = take(home, save(tmp_path, "x.wacz", bytes(data)))
    assert titles(home) == names(1, 2)
    assert "leads nowhere" in troubles[0].what
