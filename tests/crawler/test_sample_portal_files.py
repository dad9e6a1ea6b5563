import io
import re
import struct
import zipfile
import zlib
from xml.etree import ElementTree

from crawler.sample_portal.files import docx, pdf, png


def test_a_picture_is_a_whole_png():
    data = png(7, 300, 200)

    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    at, kinds, pixels = 8, [], b""
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (check,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        assert zlib.crc32(kind + body) == check
        kinds.append(kind)
        pixels += body if kind == b"IDAT" else b""
        at += 12 + length
    assert kinds == [b"IHDR", b"IDAT", b"IEND"]
    assert len(zlib.decompress(pixels)) == 200 * (1 + 300 * 3)


def test_pictures_differ():
    assert png(1) != png(2)


def test_every_offset_of_a_pdf_points_at_its_object():
    data = pdf("Nghị quyết", ("Nghị quyết (số 12)", "đất đai"))

    start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", data)[1])
    assert data[start:].startswith(b"xref\n0 7\n")
    offsets = re.findall(rb"^(\d{10}) 00000 n \n", data[start:], re.MULTILINE)
    assert len(offsets) == 6
    for number, offset in enumerate(offsets, 1):
        assert data[int(offset) :].startswith(b"%d 0 obj\n" % number)
    stream = re.search(rb"/Length (\d+) >>\nstream\n(.*)\nendstream", data, re.DOTALL)
    assert len(stream[2]) == int(stream[1])
    assert rb"(Nghi quyet \(so 12\))" in stream[2]
    assert "Nghị quyết".encode("utf-16-be").hex().encode() in data


def test_a_word_file_holds_its_paragraphs():
    package = zipfile.ZipFile(io.BytesIO(docx(("Nghị quyết", "a < b"))))

    assert package.testzip() is None
    assert set(package.namelist()) == {"[Content_Types].xml", "_rels/.rels", "word/document.xml"}
    for name in package.namelist():
        ElementTree.fromstring(package.read(name))
    document = ElementTree.fromstring(package.read("word/document.xml"))
    assert [node.text for node in document.iter() if node.text] == ["Nghị quyết", "a < b"]


def test_files_are_the_same_at_every_request():
    assert docx(("A",)) == docx(("A",))
    assert pdf("A", ("B",)) == pdf("A", ("B",))
