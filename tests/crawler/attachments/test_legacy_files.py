"""Files in the fonts of TCVN3 and VNI are read as Unicode, also beside Unicode."""

from __future__ import annotations

import pytest

from archive.attachment_text import How
from support import office, pdf_parts
from support.legacy_fonts import tcvn3, vni
from support.office import docx, paragraph, run

LINES = (
    "Hội đồng nhân dân phường Bạch Mã đã thông qua nghị quyết về",
    "cải tạo chợ Bến Lau, trong đó có hạng mục đường ngõ như",
    "sau: nước thải, đường điện, thư viện và nhà văn hóa của tổ dân phố.",
)


def as_pdf(encode):
    return pdf_parts.one_page(pdf_parts.shown([encode(line).encode("latin-1") for line in LINES]))


@pytest.mark.parametrize("encode", [tcvn3, vni])
def test_a_pdf(reader, encode):
    (page,) = reader.read(as_pdf(encode)).pages
    assert page.text.split("\n") == list(LINES)
    assert (page.how, page.want) == (How.LEGACY_FONT, None)


@pytest.mark.parametrize("encode", [tcvn3, vni])
def test_a_word_document(reader, encode):
    (page,) = reader.read(docx(*(paragraph(run(encode(line))) for line in LINES))).pages
    assert page.text.split("\n") == list(LINES)
    assert page.how is How.LEGACY_FONT


@pytest.mark.parametrize("encode", [tcvn3, vni])
def test_beside_unicode_in_one_document(reader, encode):
    body = (paragraph(run(LINES[0])), paragraph(run(encode(LINES[1]))), paragraph(run(LINES[2])))
    (page,) = reader.read(docx(*body)).pages
    assert page.text.split("\n") == list(LINES)


@pytest.mark.parametrize("encode", [tcvn3, vni])
def test_beside_unicode_in_one_line(reader, encode):
    line = f"Căn cứ {encode('quyết định của Hội đồng nhân dân')} phường Bạch Mã về {encode('chợ')}"
    (page,) = reader.read(docx(paragraph(run(line)))).pages
    assert page.text.startswith("Căn cứ quyết định của Hội đồng nhân dân phường Bạch Mã về")


def test_words_of_other_languages_beside_unicode_stay(reader):
    line = "Đoàn gặp ông Müller ở Köln, uống Café và đọc «Noël» tại Hà Nội là việc hay"
    (page,) = reader.read(docx(paragraph(run(line)))).pages
    assert (page.text, page.how) == (line, How.TEXT)


@pytest.mark.parametrize("encode", [tcvn3, vni])
def test_an_old_word_document_and_rich_text(reader, encode):
    old = office.doc("".join(f"{encode(line)}\r" for line in LINES))
    rich = "".join(
        "".join(f"\\'{ord(c):02x}" if ord(c) > 127 else c for c in encode(line)) + "\\par "
        for line in LINES
    )
    for data in (old, b"{\\rtf1\\ansi\\ansicpg1252 " + rich.encode() + b"}"):
        (page,) = reader.read(data).pages
        assert page.text.split("\n") == list(LINES)


def test_a_workbook(reader):
    cells = "".join(f'<c t="inlineStr"><is><t>{tcvn3(line)}</t></is></c>' for line in LINES)
    (page,) = reader.read(office.xlsx({"Sheet1": f"<row>{cells}</row>"})).pages
    assert page.text.split("\t") == list(LINES)


@pytest.mark.parametrize("encode", [tcvn3, vni])
def test_a_plain_text(reader, encode):
    (page,) = reader.read(encode("\n".join(LINES)).encode("latin-1")).pages
    assert page.text.split("\n") == list(LINES)
    assert page.how is How.LEGACY_FONT
