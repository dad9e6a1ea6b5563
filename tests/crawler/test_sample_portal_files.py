import io
import re
import struct
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

from archive.attachment_text import How, Want
from crawler.extraction.attachments.pdf import read_pdf
from crawler.extraction.attachments.reader import AttachmentReader
from crawler.sample_portal import bundled_articles
from crawler.sample_portal import papers as sample_papers
from crawler.sample_portal.files import docx, pdf, png
from crawler.sample_portal.papers import paper


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
    assert data[start:].startswith(b"xref\n0 9\n")
    offsets = re.findall(rb"^(\d{10}) 00000 n \n", data[start:], re.MULTILINE)
    assert len(offsets) == 8
    for number, offset in enumerate(offsets, 1):
        assert data[int(offset) :].startswith(b"%d 0 obj\n" % number)
    for stream in re.finditer(
        rb"/Length (\d+) [^\n]*>>\nstream\n(.*?)\nendstream", data, re.DOTALL
    ):
        assert len(stream[2]) == int(stream[1])
    assert "Nghị quyết".encode("utf-16-be").hex().encode() in data


def test_a_pdf_has_its_lines_with_all_marks():
    (page,) = read_pdf(pdf("Nghị quyết", ("Nghị quyết (số 12)", "đất đai của Ủy ban")))
    assert page.text == "Nghị quyết (số 12)\nđất đai của Ủy ban"


def papers(name):
    with AttachmentReader() as reader:
        data = paper(name)
        return data, reader.read(data)


def test_a_resolution_has_two_pages_a_table_and_says_eight_things():
    data, read = papers("Nghi quyet 36 NQ-HDND.pdf")
    assert data == paper.__wrapped__("Nghi quyet 36 NQ-HDND.pdf")
    assert "1\tBến Sứ\t18\t11\t7" in read.pages[0].text
    assert {name: span.value for name, span in read.facts.items()} == {
        "number": "36/NQ-HĐND",
        "issuer": "HỘI ĐỒNG NHÂN DÂN QUẬN THANH GIANG",
        "place": "Thanh Giang",
        "date": "2019-10-18",
        "kind": "Nghị quyết",
        "title": "Về việc sắp xếp, đổi tên tổ dân phố trên địa bàn quận Thanh Giang",
        "signer": "Vũ Thị Hồng Thắm",
        "post": "CHỦ TỊCH",
    }


def test_an_old_resolution_is_in_the_fonts_of_its_time():
    _, read = papers("Nghi quyet 17 NQ-HDND.pdf")
    (page,) = read.pages
    assert page.how is How.LEGACY_FONT
    assert "nạo vét mương Đồng Trằm trước mùa mưa" in page.text
    assert len(read.facts) == 8


def test_a_notice_is_a_scan_that_waits_for_ocr(tesseract):
    data, read = papers("thong-bao-ket-luan-giai-trinh.pdf")
    assert [page.want for page in read.pages] == [Want.ABSENT]
    with AttachmentReader() as reader:
        text = reader.ocr(data, read.pages[0]).text
    assert "chấm dứt hoạt động trước ngày 31 tháng" in text


def test_every_paper_is_an_attachment_of_an_article():
    attached = [one.name for article in bundled_articles() for one in article.attachments]
    names = {name.replace(" ", "-") for name in attached}
    folder = Path(sample_papers.__file__).with_name("papers")
    assert {f"{path.stem}.pdf" for path in folder.iterdir()} <= names


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
