"""The text of office documents: what stands, in rows and pages, none that was deleted."""

from __future__ import annotations

import struct

import pytest

from archive.attachment_text import Want
from crawler.extraction.attachments.list_labels import as_label
from support import office
from support.office import FOOTNOTE, PAGE_BREAK, deleted, docx, inserted, paragraph, run, table

TRACKED = (
    paragraph(run("Báo cáo kết quả giám sát")),
    paragraph(run("Mức thu "), deleted("ba mươi"), inserted("năm mươi"), run(" nghìn đồng.")),
    paragraph(run("Đoạn có khung."), office.text_box("Chữ trong khung")),
    paragraph(run("Đoạn có chú thích"), FOOTNOTE, run(" ở giữa.")),
    table(("STT", "Tên trường", "Số lớp"), ("1", "Tiểu học Bến Lau", "24")),
    PAGE_BREAK,
    "<w:sdt><w:sdtContent>",
    paragraph(run("Trong ô điều khiển nội dung.")),
    "</w:sdtContent></w:sdt>",
)


def pages(reader, data):
    found = reader.read(data)
    assert found.problem is None, found.problem
    return found.kind, [page.text for page in found.pages]


def test_a_word_document_with_all_that_words_can_hide_in(reader):
    data = docx(*TRACKED, footnote="Theo số liệu của phòng.", header="Đầu trang")
    kind, (first, second) = pages(reader, data)
    assert kind == "docx"
    assert first.split("\n") == [
        "Đầu trang",
        "Báo cáo kết quả giám sát",
        "Mức thu năm mươi nghìn đồng.",
        "Đoạn có khung.",
        "Chữ trong khung",
        "Đoạn có chú thích ở giữa.",
        "STT\tTên trường\tSố lớp",
        "1\tTiểu học Bến Lau\t24",
        "Theo số liệu của phòng.",
    ]
    assert second == "Trong ô điều khiển nội dung."


def test_pages_are_those_that_word_last_laid_out(reader):
    soft = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = (
        paragraph(run("Trang một"), soft, run("trang hai")),
        PAGE_BREAK,
        paragraph(soft, run("ba")),
    )
    assert pages(reader, docx(*body))[1] == ["Trang một", "trang hai", "ba"]


def test_the_head_of_a_paper_is_read_block_by_block(reader):
    head = (
        "<w:tbl><w:tr><w:tc>"
        + paragraph(run("HỘI ĐỒNG NHÂN DÂN"))
        + paragraph(run("PHƯỜNG BẠCH MÃ"))
        + "</w:tc><w:tc>"
        + paragraph(run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
        + paragraph(run("Độc lập - Tự do - Hạnh phúc"))
        + "</w:tc></w:tr></w:tbl>"
    )
    _, (text,) = pages(reader, docx(head))
    assert text.split("\n") == [
        "HỘI ĐỒNG NHÂN DÂN",
        "PHƯỜNG BẠCH MÃ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]


def test_an_opendocument_text_with_tracked_changes(reader):
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>ba mươi</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>Mức thu<text:s/><text:change/>năm mươi nghìn</text:p>"
        "<text:p>Có chú thích<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Theo số liệu</text:p></text:note-body></text:note> ở giữa</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>"
        "<table:table-cell><text:p>Bến Lau</text:p></table:table-cell></table:table-row>"
        "</table:table>"
        '<text:p text:style-name="P1">Trang hai</text:p>'
    )
    breaking = (
        '<style:style style:name="P1"><style:paragraph-properties fo:break-before="page"/>'
        "</style:style>"
    )
    kind, (first, second) = pages(reader, office.odt(body, styles=breaking))
    assert kind == "odt"
    assert first.split("\n") == [
        "Mức thu năm mươi nghìn",
        "Có chú thích ở giữa",
        "1\tBến Lau",
        "Theo số liệu",
    ]
    assert second == "Trang hai"


def test_the_sheets_of_a_workbook_are_pages_with_their_names(reader):
    rows = (
        '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>Kinh phí</t></is></c></row>'
        '<row><c t="s"><v>1</v></c><c><v>1250.5</v></c><c s="1"><v>45992</v></c></row>'
    )
    found = reader.read(
        office.xlsx({"Biểu 1": rows, "Biểu 2": ""}, shared=["Tên trường", "Bến Lau"])
    )
    assert [(page.number, page.part) for page in found.pages] == [(1, "Biểu 1"), (2, "Biểu 2")]
    assert found.pages[0].text == "Tên trường\tKinh phí\nBến Lau\t1250.5\t01/12/2025"


def test_numbers_are_read_as_they_are_shown(reader):
    rows = (
        '<row><c s="2"><v>1250000</v></c><c s="2"><v>2400.5</v></c><c s="3"><v>0.934</v></c>'
        "<c><v>0.30000000000000004</v></c></row>"
    )
    assert pages(reader, office.xlsx({"S": rows}))[1] == ["1.250.000\t2.400,5\t93,4%\t0.3"]


def test_hidden_text_of_a_word_document_is_no_text(reader):
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>chữ ẩn</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> hiện</w:t></w:r>'
    mark = "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>" + run("Đoạn sau") + "</w:p>"
    text = pages(reader, docx(paragraph(run("Chữ"), hidden, shown, run(" rõ")), mark))[1]
    assert text == ["Chữ hiện rõ\nĐoạn sau"]


def test_a_part_of_a_web_page_is_read_without_its_tags(reader):
    part = "<p>Giá vé đò <i>Bến</i> Lau</p>\n<P class=x>Xe &amp; đò</p>".encode()
    assert pages(reader, part) == ("html", ["Giá vé đò Bến Lau\nXe & đò"])
    (member,) = reader.read(office.package({"gia.doc": part})).pages
    assert (member.part, member.text) == ("gia.doc", "Giá vé đò Bến Lau\nXe & đò")
    assert pages(reader, "<Bạch Mã> không phải thẻ".encode())[0] == "text"


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing(reader):
    rows = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>Ô xa</t></is></c></row>'
    assert pages(reader, office.xlsx({"Xa": rows}))[1] == ["Ô xa"]


def test_slides_are_pages_in_the_order_shown(reader):
    kind, texts = pages(reader, office.pptx(["Kết quả giám sát", "Năm 2025"], ["Kiến nghị"]))
    assert (kind, texts) == ("pptx", ["Kết quả giám sát\nNăm 2025", "Kiến nghị"])


def test_an_old_word_document_with_cells_fields_notes_and_pages(reader):
    text = (
        "Nghị quyết về chợ Bến Lau\r1\x07Tiểu học\x0724\x07\x07"
        "Xem \x13 HYPERLINK x \x14trang của phường\x15.\r\x0cTrang hai\r"
    )
    kind, (first, second) = pages(reader, office.doc(text, notes="\x02 Chú thích cuối trang\r"))
    assert kind == "doc"
    assert first == "Nghị quyết về chợ Bến Lau\n1\tTiểu học\t24\nXem trang của phường."
    assert second == "Trang hai\nChú thích cuối trang"


def test_an_old_workbook(reader):
    found = reader.read(office.xls("Biểu", [("Tên", "Số lớp"), ("Bến Lau", 24.0)]))
    assert found.kind == "xls"
    assert [(page.part, page.text) for page in found.pages] == [
        ("Biểu", "Tên\tSố lớp\nBến Lau\t24")
    ]


def test_rich_text_with_pages_cells_notes_and_deleted_words(reader):
    body = (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\info{\title kh\'f4ng}}"
        r"M\u7913?c thu {\deleted ba m\u432?\u417?i }n\u259?m m\u432?\u417?i\par "
        r"1\cell B\u7871?n Lau\cell\row "
        r"{\footnote Theo s\u7889? li\u7879?u}{\*\unknown b\u7887?}\page Trang hai\par}"
    )
    kind, (first, second) = pages(reader, body.encode("ascii"))
    assert kind == "rtf"
    assert first == "Mức thu năm mươi\n1\tBến Lau"
    assert second == "Trang hai\nTheo số liệu"


def test_plain_text_in_any_charset(reader):
    text = "Hội đồng nhân dân phường Bạch Mã"
    toned = "Hô\u0323i đô\u0300ng nhân dân phươ\u0300ng Ba\u0323ch Ma\u0303".encode("cp1258")
    for data in (text.encode(), text.encode("utf-16"), b"\xef\xbb\xbf" + text.encode(), toned):
        assert pages(reader, data) == ("text", [text])


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (rb"{\rtf1 Nghi quyet}", "rtf"),
        (b"<html><body><p>Nghi quyet</p><script>x</script></body></html>", "html"),
        (docx(paragraph(run("Nghi quyet"))), "docx"),
    ],
)
def test_a_doc_is_what_its_bytes_are_whatever_its_name(reader, data, kind):
    found = reader.read(data, promised="doc")
    assert (found.kind, found.problem, found.pages[0].text) == (kind, None, "Nghi quyet")


def test_an_encrypted_document_says_so(reader):
    assert reader.read(office.doc("x\r", encrypted=True)).problem.code == "encrypted"
    protected = office.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"})
    assert reader.read(protected).problem.code == "encrypted"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Rar!\x1a\x07\x00", "unsupported kind"),
        (bytes(range(256)) * 8, "unknown kind"),
        (office.compound({"PowerPoint Document": b"x"}), "damaged"),
        (docx(paragraph(run("x")))[:-40], "damaged"),
        (b"PK\x03\x04 rest is missing", "damaged"),
        (docx(paragraph()), "no text"),
        (office.package({"trong.zip": office.package({"a.txt": "x"})}), "no text"),
        (office.compound({"WordDocument": b"\xec\xa5"}), "damaged"),
    ],
)
def test_what_cannot_be_read_has_its_reason(reader, data, code):
    assert reader.read(data).problem.code == code


def test_the_members_of_a_zip_file_are_read_each_by_its_own_kind(reader):
    found = reader.read(
        office.package(
            {
                "NQ 15.docx": docx(paragraph(run("Nghị quyết"))),
                "Phụ lục/bieu.xlsx": office.xlsx({"Biểu 1": "<row><c><v>7</v></c></row>"}),
                "la.bin": bytes(range(256)),
                "trong.zip": office.package({"a.txt": "x"}),
            }
        )
    )
    assert found.kind == "zip"
    assert [(page.part, page.text) for page in found.pages] == [
        ("NQ 15.docx", "Nghị quyết"),
        ("Phụ lục/bieu.xlsx/Biểu 1", "7"),
    ]
    assert found.embedded == ("la.bin", "trong.zip")


NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/>'
    '</w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%2)"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/>'
    '<w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="9"/></w:lvlOverride></w:num>'
)


def item(text, level=0, number=3, *, gone=False):
    mark = "<w:rPr><w:del/></w:rPr>" if gone else ""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(f"<w:pPr>{place}{mark}</w:pPr>", deleted(text) if gone else run(text))


def test_the_numbers_of_lists_are_part_of_the_text(reader):
    body = (
        item("Thông qua"), item("một phần", 1), item("bỏ đi", 1, gone=True), item("phần hai", 1),
        item("gạch", 2), item("Giao Ủy ban"), item("lại từ đầu", 1), item("Số khác", number=4),
        paragraph('<w:pPr><w:pStyle w:val="Dieu"/></w:pPr>', run("Theo kiểu")),
    )  # fmt: skip
    styles = (
        '<w:style w:styleId="Goc"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Dieu"><w:basedOn w:val="Goc"/></w:style>'
    )
    _, (text,) = pages(reader, docx(*body, numbering=NUMBERING, styles=styles))
    assert text.split("\n") == [
        "Điều 1. Thông qua", "a) một phần", "b) phần hai", "- gạch", "Điều 2. Giao Ủy ban",
        "a) lại từ đầu", "Điều 9. Số khác", "Điều 10. Theo kiểu",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "count", "label"),
    [("upperRoman", 14, "XIV"), ("lowerRoman", 4, "iv"), ("A", 28, "BB"), ("decimalZero", 7, "07"),
     ("none", 1, ""), ("decimal", 12, "12")],
)  # fmt: skip
def test_labels_in_all_shapes(shape, count, label):
    assert as_label(shape, count) == label


def test_the_numbers_of_lists_in_an_opendocument_text(reader):
    level = "text:list-level-style-number"
    styles = (
        '<text:list-style style:name="L1">'
        f'<{level} text:level="1" style:num-format="I" style:num-suffix="."/>'
        f'<{level} text:level="2" style:num-format="1" style:num-suffix="."'
        ' text:display-levels="2"/>'
        "</text:list-style>"
    )
    inner = "<text:list><text:list-item><text:p>con</text:p></text:list-item></text:list>"
    items = f"<text:list-item><text:p>một</text:p><text:p>tiếp</text:p>{inner}</text:list-item>"
    body = (
        f'<text:list text:style-name="L1">{items}<text:list-item><text:p>hai</text:p>'
        "</text:list-item></text:list><text:p>Giữa</text:p>"
        '<text:list text:style-name="L1" text:continue-numbering="true"><text:list-item>'
        "<text:p>ba</text:p></text:list-item></text:list>"
        '<text:list text:style-name="L1"><text:list-item><text:p>lại</text:p></text:list-item>'
        "</text:list>"
    )
    _, (text,) = pages(reader, office.odt(body, styles=styles))
    assert text.split("\n") == [
        "I. một", "tiếp", "I.1. con", "II. hai", "Giữa", "III. ba", "I. lại",
    ]  # fmt: skip


def test_a_box_that_stands_in_no_paragraph_is_read_in_its_place(reader):
    slides = "".join(
        f'<draw:page draw:name="T{n}"><draw:frame><draw:text-box><text:p>{text}</text:p>'
        "</draw:text-box></draw:frame></draw:page>"
        for n, text in enumerate(("Kết quả giám sát", "Kiến nghị"), 1)
    )
    found = reader.read(office.odt(slides, kind="presentation"))
    assert [(page.part, page.text) for page in found.pages] == [
        ("T1", "Kết quả giám sát"),
        ("T2", "Kiến nghị"),
    ]


def test_cells_of_several_paragraphs_in_rich_text_are_one_cell_each(reader):
    body = (
        r"{\rtf1\ansi Truoc\par \pard\intbl 1\cell Sua duong\par ngo 12\cell Xong\cell\row"
        r"\pard\intbl NOI BAN HANH\par So: 15\cell CONG HOA XA HOI CHU NGHIA VIET NAM\par Doc lap"
        r"\cell\row\pard {\listtext a)\tab}Het\par}"
    )
    _, (text,) = pages(reader, body.encode())
    assert text.split("\n") == [
        "Truoc", "1\tSua duong ngo 12\tXong", "NOI BAN HANH", "So: 15",
        "CONG HOA XA HOI CHU NGHIA VIET NAM", "Doc lap", "a) Het",
    ]  # fmt: skip


def test_cells_of_several_paragraphs_and_pages_of_an_old_word_document(reader):
    table = (("1\x07", 1), ("Sửa đường\r", 1), ("ngõ 12\x07", 1), ("\x07", 1), ("\x07", 2))
    after = (("Sau\r", 0), ("Trang hai\r", 3))
    _, (first, second) = pages(reader, office.doc_of_paragraphs(("Trước\r", 0), *table, *after))
    assert first.split("\n") == ["Trước", "1\tSửa đường ngõ 12", "Sau"]
    assert second == "Trang hai"


def test_an_old_presentation_with_notes_as_it_was_last_saved(reader):
    data = office.ppt(
        [("Kết quả giám sát\rNăm 2025", "Nhắc chợ Gò Sỏi"), ("Kiến nghị của cử tri", "")],
        before=["Bản nháp đã bỏ"],
    )
    assert pages(reader, data) == (
        "ppt",
        ["Kết quả giám sát\nNăm 2025\nNhắc chợ Gò Sỏi", "Kiến nghị của cử tri"],
    )


def test_a_picture_as_large_as_a_page_waits_for_ocr(reader):
    def png(width, height):
        return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)

    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 1600, 1200)
    pictures = {"image10.png": png(900, 1300), "image2.jpeg": jpeg, "logo.png": png(200, 90)}
    found = reader.read(docx(paragraph(run("Nghị quyết")), pictures=pictures))
    assert [(page.text, page.want, page.part) for page in found.pages] == [
        ("Nghị quyết", None, ""),
        ("", Want.ABSENT, "word/media/image2.jpeg"),
        ("", Want.ABSENT, "word/media/image10.png"),
    ]


def test_bullets_of_sign_fonts_are_signs(reader):
    _, (text,) = pages(reader, docx(paragraph(run("\uf0b7 Một \uf0a7 hai"))))
    assert text == "• Một ▪ hai"


def test_what_nobody_sees_parts_no_word(reader):
    _, (text,) = pages(reader, docx(paragraph(run("phư\u00adờng B\u200bạch Mã"))))
    assert text == "phường Bạch Mã"
