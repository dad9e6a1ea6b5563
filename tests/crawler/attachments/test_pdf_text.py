"""The text of PDF files, page by page, in the order in which a person reads them."""

from __future__ import annotations

import io
import unicodedata

import pikepdf
import pytest

from archive.attachment_text import How, Want
from crawler.extraction.attachments.pdf import file_name_of
from support import papers, pdf_parts
from support.papers import HEIGHT, lines, made, wrapped

SENTENCE = "Hội đồng nhân dân phường Bạch Mã thông qua nghị quyết về cải tạo chợ Bến Lau"
LEFT = (
    "Trong năm qua Ban Pháp chế đã giám sát việc giải quyết đơn thư khiếu nại của công dân tại "
    "mười hai tổ dân phố, đồng thời làm việc với Công an phường về công tác bảo đảm trật tự đô thị."
)
RIGHT = (
    "Cử tri đề nghị sớm sửa chữa đường ngõ bị ngập sau mưa lớn, bổ sung đèn chiếu sáng và thùng "
    "rác công cộng; phường đã tiếp thu và trả lời bằng văn bản trong thời hạn mười lăm ngày."
)


def texts(reader, data):
    found = reader.read(data)
    assert found.problem is None
    return [page.text for page in found.pages]


def test_a_resolution_of_two_pages_is_read_whole(reader):
    first, second = texts(reader, papers.resolution())
    for text in papers.BODY + papers.ARTICLES[:2]:
        assert text in first.replace("\n", " ")
    for text in papers.ARTICLES[2:]:
        assert text in second.replace("\n", " ")


def test_the_two_blocks_at_the_head_are_read_one_after_the_other(reader):
    first = texts(reader, papers.resolution())[0]
    assert first.startswith("HỘI ĐỒNG NHÂN DÂN\nPHƯỜNG BẠCH MÃ\nSố: 15/NQ-HĐND\nCỘNG HÒA")


def test_the_national_title_parts_blocks_that_nearly_touch(reader):
    def draw(drawing):
        drawing.setFont("Serif-Bold", 12)
        for x, y, text in (
            (60, 785, "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM"),
            (300, 785, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (95, 770, "PHƯỜNG BẠCH MÃ"),
            (335, 766, "Độc lập - Tự do - Hạnh phúc"),
            (95, 745, "Số: 12/TTr-MTTQ"),
            (290, 745, "Bạch Mã, ngày 05 tháng 3 năm 2026"),
            (260, 700, "TỜ TRÌNH"),
        ):
            drawing.drawString(x, y, text)

    (text,) = texts(reader, made(draw))
    assert text.split("\n") == [
        "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM",
        "PHƯỜNG BẠCH MÃ",
        "Số: 12/TTr-MTTQ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Bạch Mã, ngày 05 tháng 3 năm 2026",
        "TỜ TRÌNH",
    ]


def test_columns_whose_lines_stand_at_different_heights(reader):
    def draw(drawing):
        for x, top, text in ((85, 760, LEFT), (320, 752, RIGHT)):
            for number, line in enumerate(wrapped(text, 190)):
                drawing.drawString(x, top - 18 * number, line)

    (text,) = texts(reader, made(draw))
    flat = text.replace("\n", " ")
    assert LEFT in flat
    assert RIGHT in flat


def test_a_row_of_a_table_without_lines_goes_on_below(reader):
    rows = [
        ("TT", "Nội dung kiến nghị", "Đơn vị giải quyết"),
        ("1", "Sửa chữa đường ngõ 12 phố Bến", "UBND phường"),
        ("", "Lau bị ngập sau mưa lớn", ""),
        ("2", "Lắp đèn chiếu sáng công viên", "Phòng Kinh tế"),
    ]

    def draw(drawing):
        for number, row in enumerate(rows):
            for x, cell in zip((85, 120, 330), row, strict=True):
                drawing.drawString(x, 730 - 17 * number, cell)

    (text,) = texts(reader, made(draw))
    assert "1\tSửa chữa đường ngõ 12 phố Bến Lau bị ngập sau mưa lớn\tUBND phường" in text


def test_fifty_pages_with_headers_and_footers(reader):
    def page(number):
        def draw(drawing):
            drawing.drawString(85, 810, "Báo cáo giám sát năm 2025")
            lines(wrapped(f"Nội dung riêng của trang {number}. {LEFT}", 430))(drawing)
            drawing.drawCentredString(297, 30, str(number))

        return draw

    found = texts(reader, made(*map(page, range(1, 51))))
    assert len(found) == 50
    for number, text in enumerate(found, 1):
        assert f"Nội dung riêng của trang {number}." in text
        assert LEFT in text.replace("\n", " ")


def test_decomposed_letters_are_composed(reader):
    (text,) = texts(reader, made(lines([unicodedata.normalize("NFD", SENTENCE)])))
    assert text == SENTENCE


def test_marks_in_the_order_in_which_they_were_typed(reader):
    typed = "o\u0323\u0302 e\u0301\u0302 o\u0301\u031b a\u0300\u0306"
    (text,) = texts(reader, made(lines([typed])))
    assert text == "ộ ế ớ ằ"


def test_ligatures_are_letters(reader):
    (text,) = texts(reader, made(lines(["The \ufb01nance of\ufb01ce of the ward"])))
    assert text == "The finance office of the ward"


def test_words_cut_at_a_lines_end_are_whole(reader):
    cut = [
        "Căn cứ Nghị quyết số 15/NQ-",
        "HĐND ngày 12 tháng 12 và Quyết định số 321/",
        "QĐ-UBND của Ủy ban nhân dân, Tờ trình số 45/TTr-",
        "UBND về cải tạo chợ",
    ]
    (text,) = texts(reader, made(lines(cut)))
    for number in ("15/NQ-HĐND", "321/QĐ-UBND", "45/TTr-UBND"):
        assert number in text


@pytest.mark.parametrize("order", ["by column", "by line"])
def test_two_columns_are_read_one_after_the_other(reader, order):
    left, right = wrapped(LEFT, 190), wrapped(RIGHT, 190)

    def draw(drawing):
        drawing.drawCentredString(297, 800, "BẢN TIN HỘI ĐỒNG NHÂN DÂN")
        places = [(85, n, text) for n, text in enumerate(left)]
        places += [(320, n, text) for n, text in enumerate(right)]
        if order == "by line":
            places.sort(key=lambda place: place[1])
        for x, number, text in places:
            drawing.drawString(x, 760 - 18 * number, text)

    (text,) = texts(reader, made(draw))
    flat = text.replace("\n", " ")
    assert LEFT in flat
    assert RIGHT in flat


TABLE = [
    ("STT", "Tên trường", "Số lớp", "Kinh phí (triệu đồng)"),
    ("1", "Tiểu học Bến Lau", "24", "1.250"),
    ("2", "Trung học cơ sở Bạch Mã", "32", "2.400,5"),
    ("3", "Mầm non Hoa Sen", "12", "860"),
]


def draw_table(drawing, rows=TABLE, *, ruled, top=700):
    edges = [85, 125, 300, 370, 520]
    for number, row in enumerate(rows):
        for x, text in zip(edges, row, strict=False):
            drawing.drawString(x + 4, top - 20 * number, text)
    if ruled:
        bottom = top - 20 * len(rows) + 14
        for number in range(len(rows) + 1):
            drawing.line(edges[0], top + 14 - 20 * number, edges[-1], top + 14 - 20 * number)
        for x in edges:
            drawing.line(x, top + 14, x, bottom)


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_is_read_by_rows(reader, ruled):
    def draw(drawing):
        drawing.drawString(85, 760, "Biểu số 1: Kinh phí sửa chữa các trường học năm 2026")
        draw_table(drawing, ruled=ruled)
        drawing.drawString(85, 560, "Ghi chú: số liệu do phòng Kinh tế cung cấp cho kỳ họp.")

    (text,) = texts(reader, made(draw))
    assert [line.split("\t") for line in text.split("\n")[1:5]] == [list(row) for row in TABLE]


def test_the_lines_of_a_ruled_cell_belong_together(reader):
    def draw(drawing):
        for y, cells in (
            (700, ("1", "Nhà văn hóa tổ dân", "350")),
            (684, ("", "phố số bảy Bến Lau, NQ 15/NQ-", "")),
            (668, ("", "HĐND", "")),
            (646, ("2", "Sân chơi thiếu nhi", "120")),
        ):
            for x, text in zip((90, 130, 320), cells, strict=True):
                drawing.drawString(x, y, text)
        for y in (714, 662, 638):
            drawing.line(85, y, 400, y)
        for x in (85, 125, 310, 400):
            drawing.line(x, 714, x, 638)

    (text,) = texts(reader, made(draw))
    assert text.split("\n") == [
        "1\tNhà văn hóa tổ dân phố số bảy Bến Lau, NQ 15/NQ-HĐND\t350",
        "2\tSân chơi thiếu nhi\t120",
    ]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_in_its_order(reader, turn):
    def draw(drawing):
        drawing.setPageRotation(turn)
        lines(wrapped(LEFT, 400))(drawing)

    (text,) = texts(reader, made(draw))
    assert text.replace("\n", " ") == LEFT


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_text_that_runs_another_way_is_read_in_its_order(reader, turn):
    def draw(drawing):
        drawing.translate(297, 421)
        drawing.rotate(turn)
        drawing.translate(-280, -400)
        lines(wrapped(LEFT, 400), top=700)(drawing)

    (text,) = texts(reader, made(draw))
    assert text.replace("\n", " ") == LEFT


def test_a_mark_across_the_page_does_not_mix_with_its_text(reader):
    def draw(drawing):
        lines(wrapped(LEFT, 430))(drawing)
        drawing.translate(150, 700)
        drawing.rotate(45)
        drawing.drawString(0, 0, "DỰ THẢO")

    (text,) = texts(reader, made(draw))
    assert text.replace("\n", " ") == f"{LEFT} DỰ THẢO"


def test_what_was_filled_in_is_part_of_the_text(reader):
    def draw(drawing):
        drawing.drawString(85, 700, "Số:")
        drawing.acroForm.textfield(
            name="so", value="15/NQ-UBND", x=115, y=695, width=200, height=20, borderWidth=0
        )
        drawing.drawString(85, 650, SENTENCE)

    (text,) = texts(reader, made(draw))
    assert "15/NQ-UBND" in text
    assert SENTENCE in text


def test_what_was_filled_in_is_told_though_only_a_viewer_would_draw_it(reader):
    def draw(drawing):
        drawing.drawString(85, 700, SENTENCE)
        drawing.acroForm.textfield(name="so", value="x", x=115, y=600, width=200, height=20)

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made(draw))) as document:
        (field,) = document.pages[0].Annots
        field["/V"] = pikepdf.String("Tổ dân phố Gò Sỏi")
        del field["/AP"]
        document.save(out)
    assert texts(reader, out.getvalue()) == [f"{SENTENCE}\nTổ dân phố Gò Sỏi"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("N G H Ị   Q U Y Ế T", "NGHỊ QUYẾT"),
        ("Q U Y Ế T Đ Ị N H", "QUYẾT ĐỊNH"),
        ("A B C D E", "A B C D E"),
    ],
)
def test_a_heading_whose_letters_are_set_apart_is_its_words(reader, typed, read):
    (text,) = texts(reader, made(lines([typed, SENTENCE])))
    assert text == f"{read}\n{SENTENCE}"


def test_the_name_of_an_embedded_file_is_told(reader):
    with pikepdf.open(io.BytesIO(papers.resolution())) as document:
        document.attachments["Phụ lục kinh phí.xlsx"] = b"PK"
        out = io.BytesIO()
        document.save(out)
    assert reader.read(out.getvalue()).embedded == ("Phụ lục kinh phí.xlsx",)


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Phụ lục.xlsx".encode("utf-16").decode("latin-1"), "Phụ lục.xlsx"),
        (("\ufeffPhụ lục.xlsx").encode("utf-16-be").decode("latin-1"), "Phụ lục.xlsx"),
        ("Phụ lục.xlsx".encode("utf-8-sig").decode("latin-1"), "Phụ lục.xlsx"),
        ("Phụ lục.xlsx", "Phụ lục.xlsx"),
        ("café.xlsx", "café.xlsx"),
    ],
)
def test_a_name_that_came_byte_by_byte_is_read_by_its_mark(told, name):
    assert file_name_of(told) == name


def encrypted(user, r):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.resolution())) as document:
        modern = r > 3
        protection = pikepdf.Encryption(owner="chu", user=user, R=r, aes=modern, metadata=modern)
        document.save(out, encryption=protection)
    return out.getvalue()


@pytest.mark.parametrize("r", [3, 6])
def test_an_empty_password_hides_nothing(reader, r):
    assert "cải tạo chợ Bến Lau" in texts(reader, encrypted("", r))[0]


@pytest.mark.parametrize("r", [3, 6])
def test_a_file_with_a_password_is_encrypted(reader, r):
    found = reader.read(encrypted("bi mat", r))
    assert (found.kind, found.problem.code, found.pages) == ("pdf", "encrypted", ())


def test_text_without_a_map_to_unicode_is_flagged_and_not_kept(reader):
    junk = [bytes((letter * 7 + row) % 90 + 35 for letter in range(60)) for row in range(30)]
    junk = [line[:4] + b" " + line[5:11] + b" " + line[12:17] + b" " + line[18:] for line in junk]
    (page,) = reader.read(pdf_parts.one_page(pdf_parts.shown(junk))).pages
    assert page.want is Want.UNREADABLE
    assert page.text == ""


def test_codes_of_glyphs_that_are_no_letters_are_junk_too(reader):
    codes = [bytes((7 * letter + row) % 46 + 1 for letter in range(40)) for row in range(8)]
    (page,) = reader.read(pdf_parts.one_page(pdf_parts.shown(codes))).pages
    assert (page.want, page.text) == (Want.UNREADABLE, "")


def test_a_scanners_layer_without_marks_waits_for_ocr_and_is_kept_till_then(reader):
    bare = "Hoi dong nhan dan phuong Bach Ma thong qua nghi quyet ve cai tao cho Ben Lau"
    (page,) = reader.read(made(lines([bare] * 6))).pages
    assert page.want is Want.UNMARKED
    assert "cai tao cho Ben Lau" in page.text


def test_a_text_in_english_waits_for_nothing(reader):
    english = "The committee of the ward has agreed to the plan for the market, and it is to begin."
    (page,) = reader.read(made(lines([english] * 4))).pages
    assert page.want is None


def test_a_list_of_names_in_another_language_waits_for_nothing(reader):
    trees = ["Dalbergia tonkinensis", "Lagerstroemia speciosa", "Pterocarpus macrocarpus"]
    trees += ["Delonix regia", "Khaya senegalensis", "Terminalia mantaly", "Cassia fistula"]
    (page,) = reader.read(made(lines(trees))).pages
    assert page.want is None
    assert "Lagerstroemia speciosa" in page.text


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.replace(b"startxref\n", b"startxref\n9"),
        lambda data: b"\r\nHTTP rac truoc dau\r\n\r\n" + data,
        lambda data: data.replace(b"xref\n0", b"xrxf\n0"),
    ],
)
def test_a_broken_table_of_objects_or_junk_before_the_header_costs_nothing(reader, spoil):
    assert "cải tạo chợ Bến Lau" in texts(reader, spoil(papers.resolution()))[0]


def test_a_file_cut_short_an_empty_one_and_a_web_page_have_their_reasons(reader):
    whole = papers.resolution()
    cut = reader.read(whole[: len(whole) // 2]).problem
    assert (cut.code, cut.detail) == ("damaged", "cut short")
    assert reader.read(b"").problem.code == "empty"
    page = reader.read(b"<!DOCTYPE html><html><body>404</body></html>", promised="pdf")
    assert (page.problem.code, page.pages) == ("web page", ())


def picture_page(drawing):
    """A page that is a picture, as a scanner makes it."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    drawing.drawImage(ImageReader(Image.new("L", (60, 80), 230)), 0, 0, papers.WIDTH, HEIGHT)


def test_a_page_that_cannot_be_loaded_is_told(reader):
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        pdf_parts.stream(pdf_parts.shown([b"Nghi quyet 15"])),
        pdf_parts.FONT,
    ]
    found = reader.read(pdf_parts.pdf(objects))
    assert (found.problem.code, found.problem.detail) == ("damaged", "1 of 2 pages")
    assert found.pages[0].text == "Nghi quyet 15"


def test_of_a_half_scanned_file_the_scanned_page_waits(reader):
    data = made(lines([SENTENCE]), lines([SENTENCE]), picture_page)
    assert [page.want for page in reader.read(data).pages] == [None, None, Want.ABSENT]


def test_a_scan_with_a_stamp_of_its_signature_waits_all_the_same(reader):
    def draw(drawing):
        picture_page(drawing)
        lines(["Người ký: Ủy ban nhân dân phường", "Thời gian ký: 12.12.2025 09:30"])(drawing)

    (page,) = reader.read(made(draw)).pages
    assert page.want is Want.ABSENT
    assert "Người ký" in page.text


def test_a_blank_page_waits_for_nothing(reader):
    (page,) = reader.read(pdf_parts.one_page(b"")).pages
    assert (page.text, page.want, page.how) == ("", None, How.TEXT)


def test_the_head_of_a_paper_ends_above_its_kind_however_wide_that_is_set(reader):
    def draw(drawing):
        for x, y, text in (
            (60, 785, "HỘI ĐỒNG NHÂN DÂN"),
            (300, 785, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (95, 770, "Số: 31/TB-HĐND"),
            (300, 770, "Bạch Mã, ngày 05 tháng 3 năm 2026"),
            (215, 745, "THÔNG"),
            (300, 745, "BÁO"),
            (150, 728, "Kết luận của Phó Chủ"),
            (300, 728, "tịch Hội đồng nhân dân phường"),
        ):
            drawing.drawString(x, y, text)

    (text,) = texts(reader, made(draw))
    assert "THÔNG BÁO\n" in text.replace("\t", " ")


def test_words_of_one_line_stay_together_though_marks_heighten_some(reader):
    def draw(drawing):
        for number, text in enumerate(("- TT Thành ủy;", "- Các tổ;", "- Các phường;", "- Lưu.")):
            drawing.setFont("Serif-Regular", 10.5)
            drawing.drawString(85, 600 - 13 * number, text)
        for number, text in enumerate(("TM. THƯỜNG TRỰC", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")):
            drawing.setFont("Serif-Bold", 13)
            drawing.drawString(350, 600 - 15 * number, text)

    (text,) = texts(reader, made(draw))
    assert text.endswith("TM. THƯỜNG TRỰC\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH")
