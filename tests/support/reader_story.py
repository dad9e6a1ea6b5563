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

STYLE_URL = "https://thanhgiang.example/o/theme/main.css?t=1"
STYLE = '@charset "utf-8"; body { background: url("img/a.png") } @import \'b.css\';'
FONT_URL = "https://thanhgiang.example/o/theme/a.ttf"
HOSTILE_URL = "https://thanhgiang.example/hostile/page.html?a=1&b=%20x"
LEAKS = (
    '<base href="{0}/base/">',
    '<meta http-equiv="refresh" content="0;url={0}/refresh">',
    '<meta http-equiv="Content-Security-Policy" content="default-src *">',
    '<script src="{0}/script.js"></script><script>fetch("{0}/inline")</script>',
    '<link rel="stylesheet" href="{0}/sheet.css"><link rel="preload" as="image" href="{0}/pre">',
    '<link rel="icon" href="{0}/icon"><link rel="dns-prefetch" href="{0}">',
    '<link rel=prefetch href="{0}/f"><link rel="alternate stylesheet" href="{0}/alternate">',
    '<style>@import "{0}/import.css"; body {{ background: url({0}/background) }}</style>',
    "<style>@font-face {{ font-family: x; src: \\75 rl({0}/font) }} p {{ font-family: x }}</style>",
    '<img src="{0}/img" srcset="{0}/set 1x, {0}/set2 2x" onerror="fetch(\'{0}/error\')">',
    '<picture><source srcset="{0}/source"><img src="/hostile/here.png"></picture>',
    '<iframe src="{0}/frame"></iframe><iframe srcdoc="<img src={0}/srcdoc>"></iframe>',
    '<object data="{0}/object"></object><embed src="{0}/embed"><video src="{0}/v" poster="{0}/p">',
    '</video><audio src="{0}/audio" autoplay></audio><input type=image src="{0}/input">',
    '<svg><image href="{0}/svg" xlink:href="{0}/xlink"/><use href="{0}/use#x"/><script>1</script>',
    '<style>rect {{ fill: url({0}/fill) }}</style><rect/><a xlink:href="javascript:1">x</a></svg>',
    '<noscript><img src="{0}/noscript"></noscript><table background="{0}/table"><td></table>',
    '<p style="background: url(&quot;{0}/style&quot;)" onclick="fetch(1)">Chữ của trang</p>',
    '<a ping="{0}/ping" href="{0}/link" id=out>ra ngoài</a><a href="javascript:alert(1)">x</a>',
    '<form action="{0}/form"><button formaction="{0}/formaction">gửi</button></form>',
    "<template><img src={0}/template></template><math><mtext><img src={0}/math></mtext></math>",
    '<body onload="document.cookie=1"><a href="../ky-hop.html">trong trang</a>',
)
"""Ways by which a page reaches out; `{0}` is where somebody listens."""


def hostile_page(listener: str) -> str:
    """A page that tries to reach a listener in every way."""
    return "<!doctype html><title>Trang độc</title>" + "\n".join(LEAKS).format(listener)
