"""What a file is, by its bytes. Names and media types say what somebody thought it was."""

from __future__ import annotations

import io
import re
import zipfile

from crawler.extraction.attachments import problems
from crawler.extraction.attachments.findings import UnreadableFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 1024
_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
)
PICTURES = ("jpeg", "png", "tiff", "gif", "bmp", "webp")
_WEB = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FRAGMENT = re.compile(
    rb"<(?:p|div|table|span|h[1-6]|font|center|ul|ol|b|i|strong|em|br|meta|title|style)"
    rb"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""How a part of a web page begins, as programs save it under the name of a document."""
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
_OFFICE = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)


def kind_of(data: bytes) -> str:
    """`pdf`, `docx`, `doc` …; `zip`, `ole` and pictures by their own names; else `unknown`."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if not head:
        return "empty"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if data.startswith(OLE):
        return "ole"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if b"%PDF-" in data[:_HEAD]:
        return "pdf"
    if _WEB.search(head) or _FRAGMENT.match(head):
        return "html"
    return "text" if _is_text(data) else "unknown"


def _is_text(data: bytes) -> bool:
    sample = data[: 1 << 16]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    odd = sum(sample.count(bytes([byte])) for byte in (*range(9), 11, *range(14, 32), 127))
    return odd == 0


def kind_of_zip(archive: zipfile.ZipFile) -> str:
    """Which office format a zip file is, or `zip`."""
    names = {name.lower() for name in archive.namelist()}
    if "mimetype" in names:
        try:
            with archive.open("mimetype") as part:
                declared = part.read(100).decode("ascii", "replace").strip()
        except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError):
            declared = ""
        if declared in _OPEN_DOCUMENT:
            return _OPEN_DOCUMENT[declared]
    if "[content_types].xml" in names:
        for prefix, kind in _OFFICE:
            if any(name.startswith(prefix) for name in names):
                return kind
    return "zip"


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The directory of a zip file. Raises UnreadableFile."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise UnreadableFile(problems.DAMAGED) from None


def kind_of_ole(streams: set[str]) -> str:
    """Which office format a compound file is, by the streams in it."""
    return next((kind for name, kind in _STREAMS if name in streams), "unknown")
