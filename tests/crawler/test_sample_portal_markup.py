from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

from crawler.sample_portal import SampleAttachment, SampleImage, bundled_articles
from crawler.sample_portal.body import article_body, named_entities
from portal_visitor import article, words

PARAGRAPHS = (
    "Sáng 5/2, Thường trực HĐND & UBND quận họp; “đúng” <hẹn> như kế hoạch.",
    "Nội dung thứ hai bàn về chợ Cầu Mây, hồ Ngọc Lâm và các tuyến phố của quận trong năm nay.",
    "1. Về ngân sách: 15,4 tỷ đồng.",
    "2. Về trường học: 02 nội dung.",
    "Đoạn sau danh sách nói về việc giám sát.",
    "Thảo luận tại tổ.",
    "Kết luận phiên họp, Chủ tịch HĐND đề nghị các phòng, ban chuyên môn khẩn trương thực hiện.",
    "Hội nghị kết thúc lúc 11 giờ.",
    "Đoạn cuối cùng.",
)


def rendered(one):
    return article_body(
        one, lambda index: f"/i?img_id={index}&t=1", lambda index: f"/f/{index} a.pdf"
    )


def all_texts(one):
    """Paragraphs, captions and link texts in the order of the page."""
    texts = []
    for after in range(len(one.paragraphs) + 1):
        if after:
            texts.append(one.paragraphs[after - 1])
        texts += [image.caption for image in one.images if image.after == after and image.caption]
    return texts + [attachment.text for attachment in one.attachments]


def squeezed(text):
    return "".join(text.split())


def as_beautifulsoup(html):
    return BeautifulSoup(html, "html.parser").get_text()


def as_a_browser(html):
    return LexborHTMLParser(html).body.text()


@pytest.mark.parametrize("reader", [as_beautifulsoup, as_a_browser])
@pytest.mark.parametrize("name", "abcdefghijklmn")
def test_messy_markup_keeps_every_character_of_every_paragraph(reader, name):
    one = article(
        name,
        paragraphs=PARAGRAPHS,
        messy=True,
        images=(SampleImage(0), SampleImage(2, "Ảnh & chú thích"), SampleImage(9, "Ảnh cuối")),
        attachments=(SampleAttachment("b c.pdf", "Nghị quyết số 12/NQ-HĐND"),),
    )
    seen = reader(rendered(one))

    assert squeezed(seen) == squeezed("".join(all_texts(one)))
    for paragraph in PARAGRAPHS:
        assert paragraph in words(seen)


@pytest.mark.parametrize("reader", [as_beautifulsoup, as_a_browser])
def test_every_bundled_article_reads_as_its_author_wrote_it(reader):
    for one in bundled_articles():
        for messy in (False, True):
            seen = reader(rendered(replace(one, messy=messy)))
            assert squeezed(seen) == squeezed("".join(all_texts(one))), one.name


def test_messy_markup_is_a_mess():
    html = rendered(article("a", paragraphs=PARAGRAPHS, messy=True))

    for mark in (
        "</p>\n",
        "&nbsp;",
        "<o:p>",
        "<ol ",
        "<!--[if gte mso",
        "<table",
        "&uacute;",
        "&#",
    ):
        assert mark in html, mark
    assert html.count("</p>") > html.count("<p")


def test_a_caption_stands_in_one_of_three_ways():
    photos = tuple(SampleImage(1, f"Chú thích {number}") for number in range(3))
    page = BeautifulSoup(rendered(article("a", images=photos)), "html.parser")

    ways = ("figure > figcaption", "tr:has(img) + tr td", "p:has(img) + p")
    captions = [words(found.get_text()) for way in ways for found in page.select(way)]
    assert sorted(captions) == ["Chú thích 0", "Chú thích 1", "Chú thích 2"]


def test_latin_letters_become_named_entities_and_others_stay():
    assert named_entities("Cử tri & à") == "Cử tri &amp; &agrave;"
