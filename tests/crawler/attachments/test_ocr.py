"""Scanned papers are read by OCR, whatever the scanner and the office did to them."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from archive.attachment_text import How, PageText, ReadingProblem, Want
from crawler.extraction.attachments.ocr_pictures import without_colour
from crawler.extraction.attachments.ocr_text import corrected
from crawler.extraction.attachments.paper import paper_facts
from support import office, papers, scans

pytestmark = pytest.mark.usefixtures("tesseract")

PAPER = (250, 250, 250)


def turned(angle):
    return lambda picture: picture.rotate(angle, fillcolor=PAPER, resample=Image.Resampling.BICUBIC)


def fax(picture):
    return picture.convert("L").point(lambda value: 255 if value > 150 else 0).convert("1")


def sealed(picture):
    return scans.scanned(scans.stamped(picture, 0.62, 0.37))


CASES = {
    "300 dpi": (300, scans.scanned, 0.03, 7),
    "200 dpi": (200, scans.scanned, 0.03, 7),
    "150 dpi": (150, scans.scanned, 0.05, 7),
    "100 dpi": (100, scans.scanned, 0.12, 7),
    "stamped and signed": (200, sealed, 0.04, 6),
    "4 degrees askew": (200, lambda p: scans.scanned(turned(4)(p)), 0.03, 7),
    "upside down": (200, lambda p: scans.scanned(turned(180)(p)), 0.03, 7),
    "on its left side": (200, lambda p: scans.scanned(p.rotate(90, expand=True)), 0.03, 7),
    "on its right side": (200, lambda p: scans.scanned(p.rotate(270, expand=True)), 0.03, 7),
    "fax": (200, fax, 0.05, 6),
}


@pytest.mark.parametrize("case", CASES)
def test_a_scanned_resolution(reader, case):
    dpi, spoil, bound, at_least = CASES[case]
    whole = papers.resolution()
    meant = reader.read(whole)
    scan = scans.as_pdf(*(spoil(scans.drawn(whole, page, dpi)) for page in (0, 1)))
    waiting = reader.read(scan).pages
    assert [page.want for page in waiting] == [Want.ABSENT, Want.ABSENT]
    read = [reader.ocr(scan, page) for page in waiting]
    assert {page.how for page in read} == {How.OCR}
    one, other = (" ".join(page.text for page in pages) for pages in (read, meant.pages))
    assert scans.word_error(one, other) <= bound
    found = paper_facts(read)
    values, wanted = ({k: v.value for k, v in f.items()} for f in (found, meant.facts))
    assert len(values.items() & wanted.items()) >= at_least


def test_a_picture_and_a_scan_inside_a_zip_file_are_read_too(reader):
    out = io.BytesIO()
    scans.drawn(papers.resolution(), 1, 150).save(out, "PNG")
    zipped = office.package({"trang 2.png": out.getvalue()})
    for data, part in ((out.getvalue(), ""), (zipped, "trang 2.png")):
        (page,) = reader.read(data).pages
        assert (page.want, page.part) == (Want.ABSENT, part)
        read = reader.ocr(data, page)
        assert "giám sát việc thực hiện Nghị quyết" in read.text.replace("\n", " ")
        assert read.part == part


def test_a_page_of_fourteen_thousand_points_stays_within_the_bounds(reader):
    def huge(drawing):
        drawing.setPageSize((14_400, 14_400))
        drawing.setFont("Serif-Regular", 300)
        drawing.drawString(1000, 7000, "Nghị quyết chợ Bến Lau")

    reader.peak = 0
    read = reader.ocr(papers.made(huge), PageText(1, ""))
    assert "Bến Lau" in read.text
    assert reader.peak < 1 << 30


def test_a_letter_below_a_stamp_stays():
    stamp, letter, paper, black = (218, 70), (172, 33), (250, 250), (8, 8)
    dots = [stamp] * 9 + [letter] * 2 + [paper] * 20 + [black] * 20
    read = without_colour(bytes(r for r, _ in dots), bytes(b for _, b in dots))
    assert min(read[:9]) > 240
    assert max(read[9:11]) < 60


def test_what_is_no_picture_has_a_reason(reader):
    assert reader.ocr(b"Hoi dong", PageText(1, "")) == ReadingProblem("unsupported kind", "text")


def test_without_tesseract_the_reason_names_it(reader, monkeypatch):
    from crawler.extraction.attachments.reader import AttachmentReader

    monkeypatch.setenv("PATH", "/nonexistent")
    with AttachmentReader() as bare:
        found = bare.ocr(papers.resolution(), PageText(1, ""))
    assert found == ReadingProblem("unsupported kind", "tesseract")


def test_colour_is_as_white_as_paper_unless_it_is_all_there_is():
    stamp, ink, black, paper = (200, 40), (40, 200), (10, 12), (250, 248)
    red, blue = (bytes(dot[n] for dot in (stamp, ink, black, black, paper)) for n in (0, 1))
    white = without_colour(red, blue)
    assert [dot > 240 for dot in white] == [True, True, False, False, True]
    red, blue = bytes([200] * 9 + [250]), bytes([40] * 9 + [250])
    assert [dot < 60 for dot in without_colour(red, blue)] == [True] * 9 + [False]
    assert without_colour(red, red) == red


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Số: 15NQ-HĐND", "Số: 15/NQ-HĐND"),
        ("Số: 15⁄NQ-HĐND", "Số: 15/NQ-HĐND"),
        ("Số:.77/UBND-VP", "Số: 77/UBND-VP"),
        ("Số: 123/TIr-KTHTĐT", "Số: 123/TTr-KTHTĐT"),
        ("Số: 77IUBND-VP", "Số: 77/UBND-VP"),
        ("VW trả lời cử tri", "V/v trả lời cử tri"),
        ("Nơi nhận: Q. CHÁNH VĂN PHÒNG", "Nơi nhận:\nQ. CHÁNH VĂN PHÒNG"),
        ("số 12/HĐÐĐND-VP", "số 12/HĐND-VP"),
        ("ngày 2B tháng l2 năm 2O25", "ngày 28 tháng 12 năm 2025"),
        ("CỘNGHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("ngày9 tháng 01 năm2026", "ngày 9 tháng 01 năm 2026"),
        ("PHÓCHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("trà lời cử trí cao tuối", "trả lời cử tri cao tuổi"),
        ("HỘI ĐỒNG NHÂN DẦN", "HỘI ĐỒNG NHÂN DÂN"),
        ("KT,CHỦ TICH", "KT. CHỦ TỊCH"),
        ("PHƯỜNG BẠCHMÃ'", "PHƯỜNG BẠCH MÃ"),
        ("BAN VĂN HÓA- XÃ HỘI", "BAN VĂN HÓA - XÃ HỘI"),
        ("Đại biếu tố dân phố tống hợp", "Đại biểu tổ dân phố tổng hợp"),
        ("yếu tố, tố cáo, hộ tống, biếu quà", "yếu tố, tố cáo, hộ tống, biếu quà"),
        ("sửa chữa. trường học cũ", "sửa chữa trường học cũ"),
        ("đã sửa chữa.\ntrường học cũ", "đã sửa chữa\ntrường học cũ"),
        ("đã sửa chữa. Điều hai", "đã sửa chữa. Điều hai"),
        ("Facebook, Đ/c Hà, v.v. và 5 m", "Facebook, Đ/c Hà, v.v. và 5 m"),
        ("dần dần 2025 - 2026", "dần dần 2025 - 2026"),
    ],
)
def test_what_tesseract_is_known_to_misread_is_put_right(read, meant):
    assert corrected(read.split("\n")) == meant


def test_a_picture_that_is_too_large_to_read_says_so(reader):
    small = io.BytesIO()
    Image.new("1", (8, 8)).save(small, "PNG")
    head, end = small.getvalue()[:16], small.getvalue()[24:]
    bomb = head + (30_000).to_bytes(4, "big") * 2 + end
    page = PageText(1, "", want=Want.ABSENT)
    assert reader.ocr(bomb, page) == ReadingProblem("limit", "300 megapixels")
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length 26>>stream\n595 0 0 842 0 0 cm /I Do  \nendstream",
        b"<</Type/XObject/Subtype/Image/Width 40000/Height 40000/ColorSpace/DeviceGray"
        b"/BitsPerComponent 8/Length 4>>stream\nabcd\nendstream",
    )
    objects = b"".join(b"%d 0 obj\n%s\nendobj\n" % one for one in enumerate(parts, 1))
    huge = b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R>>\n%%EOF"
    assert reader.ocr(huge, page) == ReadingProblem("limit", "300 megapixels")
