"""What a payload is by its first bytes stands in its record, beside what the server said."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from archive.warc.payload_type import identified_type
from support.keeping import exchange, keep, writing
from support.warcs import records


def packed(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return out.getvalue()


OFFICE = "application/vnd.openxmlformats-officedocument."
HTML = "<!-- x -->\n<!DOCTYPE html><html><p>Xin chào</p></html>".encode()


@pytest.mark.parametrize(
    ("payload", "media_type"),
    [
        (HTML, "text/html"),
        (b"\xef\xbb\xbf<HTML>", "text/html"),
        (gzip.compress(HTML, mtime=0), "text/html"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (packed("[Content_Types].xml", "word/document.xml"), f"{OFFICE}wordprocessingml.document"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), f"{OFFICE}spreadsheetml.sheet"),
        (packed("a.txt"), "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
        (b"Xin ch\xc3\xa0o", None),
        (b"\x1f\x8bno gzip", None),
        (b"", None),
    ],
)
def test_a_payload_is_told_by_its_beginning(payload: bytes, media_type: str | None) -> None:
    assert identified_type(payload) == media_type


def test_the_record_says_what_it_is(tmp_path: Path) -> None:
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a.pdf", b"%PDF-1.7"))
        keep(archive, run, exchange("/b", b"?"))
    found = [r for r in records(tmp_path / "warc") if r.type == "response"]
    assert [r.fields.get("WARC-Identified-Payload-Type") for r in found] == [
        "application/pdf",
        None,
    ]
