"""Council papers as PDF files, made on the fly; people and places are made up."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path("/usr/share/fonts/truetype/liberation2")
if not FONTS.is_dir():
    FONTS = Path("/usr/share/fonts/truetype/liberation")
NAMES = ("Serif-Regular", "Serif-Bold", "Serif-Italic")
WIDTH, HEIGHT = A4


def has_fonts() -> bool:
    return (FONTS / "LiberationSerif-Regular.ttf").is_file()


def canvas(out: io.BytesIO, **options: object) -> Canvas:
    """A canvas with the three faces, whose bytes are the same at every run."""
    for name in NAMES:
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(FONTS / f"Liberation{name}.ttf")))
    return Canvas(out, pagesize=A4, invariant=1, **options)


def made(*pages: Callable[[Canvas], object], **options: object) -> bytes:
    """A PDF, each page drawn by a function."""
    out = io.BytesIO()
    drawing = canvas(out, **options)
    for draw in pages:
        drawing.setFont("Serif-Regular", 13)
        draw(drawing)
        drawing.showPage()
    drawing.save()
    return out.getvalue()


def lines(
    texts: Sequence[str], x: float = 85, top: float = 780, step: float = 18, size: float = 13
):
    """A function that draws lines of text one below the other."""

    def draw(drawing: Canvas) -> None:
        drawing.setFont("Serif-Regular", size)
        for number, text in enumerate(texts):
            drawing.drawString(x, top - number * step, text)

    return draw


def wrapped(text: str, width: float, size: float = 13) -> list[str]:
    """The text in lines no wider than `width` points."""
    found: list[str] = []
    for word in text.split():
        longer = f"{found[-1]} {word}" if found else word
        if found and pdfmetrics.stringWidth(longer, "Serif-Regular", size) <= width:
            found[-1] = longer
        else:
            found.append(word)
    return found


BODY = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Căn cứ Nghị quyết số 12/NQ-HĐND ngày 05 tháng 7 năm 2025 của Hội đồng nhân dân phường Bạch Mã "
    "về chương trình giám sát năm 2026;",
    "Xét Tờ trình số 45/TTr-UBND ngày 20 tháng 11 năm 2025 của Ủy ban nhân dân phường Bạch Mã; báo "
    "cáo thẩm tra của Ban Kinh tế - Xã hội; ý kiến thảo luận của đại biểu tại kỳ họp.",
)
ARTICLES = (
    "Điều 1. Thông qua kế hoạch cải tạo chợ Bến Lau với tổng mức đầu tư 12.450 triệu đồng, trong "
    "đó ngân sách phường bố trí 8.200 triệu đồng, phần còn lại huy động từ các hộ kinh doanh.",
    "Điều 2. Giao Ủy ban nhân dân phường tổ chức thực hiện Nghị quyết này, bảo đảm không để các hộ "
    "kinh doanh gián đoạn buôn bán quá ba mươi ngày.",
    "Điều 3. Thường trực Hội đồng nhân dân, các Ban và đại biểu Hội đồng nhân dân phường giám sát "
    "việc thực hiện Nghị quyết.",
    "Nghị quyết này đã được Hội đồng nhân dân phường Bạch Mã khóa II, kỳ họp thứ ba thông qua ngày "
    "12 tháng 12 năm 2025 và có hiệu lực từ ngày ký.",
)


def resolution_head(drawing: Canvas) -> float:
    """The head of a resolution as decree 30/2020/NĐ-CP draws it; how far down the page it comes."""
    bold, plain, italic = "Serif-Bold", "Serif-Regular", "Serif-Italic"
    for x, y, font, size, text in (
        (180, 785, bold, 13, "HỘI ĐỒNG NHÂN DÂN"),
        (180, 769, bold, 13, "PHƯỜNG BẠCH MÃ"),
        (180, 742, plain, 13, "Số: 15/NQ-HĐND"),
        (420, 785, bold, 12, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (420, 769, bold, 13, "Độc lập - Tự do - Hạnh phúc"),
        (420, 742, italic, 13, "Bạch Mã, ngày 12 tháng 12 năm 2025"),
        (WIDTH / 2, 705, bold, 14, "NGHỊ QUYẾT"),
        (WIDTH / 2, 685, bold, 13, "Về kế hoạch cải tạo chợ Bến Lau"),
        (WIDTH / 2, 669, bold, 13, "trên địa bàn phường Bạch Mã năm 2026"),
        (WIDTH / 2, 635, bold, 13, "HỘI ĐỒNG NHÂN DÂN PHƯỜNG BẠCH MÃ"),
        (WIDTH / 2, 619, bold, 13, "KHÓA II, KỲ HỌP THỨ BA"),
    ):
        drawing.setFont(font, size)
        drawing.drawCentredString(x, y, text)
    drawing.line(140, 764, 220, 764)
    drawing.line(340, 764, 500, 764)
    return 590


def paragraphs(drawing: Canvas, texts: Sequence[str], top: float) -> float:
    drawing.setFont("Serif-Regular", 13)
    for text in texts:
        for number, line in enumerate(wrapped(text, 440)):
            drawing.drawString(105 if number == 0 else 85, top, line)
            top -= 18
        top -= 6
    return top


def signature(drawing: Canvas, top: float) -> None:
    drawing.setFont("Serif-Bold", 11)
    drawing.drawString(85, top, "Nơi nhận:")
    drawing.setFont("Serif-Regular", 11)
    for number, text in enumerate(("- Như Điều 2;", "- Thường trực Đảng ủy;", "- Lưu: VT.")):
        drawing.drawString(85, top - 14 * (number + 1), text)
    drawing.setFont("Serif-Bold", 13)
    drawing.drawCentredString(420, top, "TM. HỘI ĐỒNG NHÂN DÂN")
    drawing.drawCentredString(420, top - 16, "CHỦ TỊCH")
    drawing.drawCentredString(420, top - 110, "Lê Thị Hoài Phương")


def resolution() -> bytes:
    """A resolution of two pages, signed on the second."""

    def first(drawing: Canvas) -> None:
        top = resolution_head(drawing)
        top = paragraphs(drawing, BODY, top)
        drawing.setFont("Serif-Bold", 13)
        drawing.drawCentredString(WIDTH / 2, top - 10, "QUYẾT NGHỊ:")
        paragraphs(drawing, ARTICLES[:2], top - 40)

    def second(drawing: Canvas) -> None:
        drawing.drawCentredString(WIDTH / 2, 800, "2")
        top = paragraphs(drawing, ARTICLES[2:], 770)
        signature(drawing, top - 30)

    return made(first, second)
