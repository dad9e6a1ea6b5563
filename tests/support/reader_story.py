"""The articles of the archive that a reader is shown in the tests."""

from __future__ import annotations

from crawler.sample_portal import SampleArticle, SampleAttachment, SampleImage, bundled_articles
from portal_visitor import article

EDITED = article(
    "ky-hop", title="Kỳ họp thứ mười", paragraphs=("Có 12 đại biểu dự họp.", "Câu này bị xoá sau.")
)
GONE = article("tin-mat", title="Một tin đã mất")
WITHHELD = article(
    "tin-an",
    title="Một tin tạm ẩn",
    paragraphs=("Bà Nguyễn Thị Kín chủ trì hội nghị tiếp xúc cử tri ngày 05/3/2024.",),
    images=(SampleImage(1),),
    attachments=(SampleAttachment("Danh sach kin.pdf", "Danh sách kín"),),
)
HOSTILE = article(
    "tin-doc",
    title='<script>alert(1)</script> "><img src=x onerror=alert(2)> =1+1',
    paragraphs=("<b>đậm</b> & {{ 7*7 }} \u202egnah\u202c javascript:alert(3)",),
)
FACTS: SampleArticle = next(one for one in bundled_articles() if one.name.startswith("a-03"))
