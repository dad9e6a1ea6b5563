"""An article's body as HTML: tidy, or as a clerk pasted it; the text is the same in both."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from html.entities import codepoint2name
from itertools import groupby

from crawler.sample_portal.articles import SampleArticle

_ITEM = re.compile(r"(?:[-+•]|\d{1,2}[.)])\s")
_STYLE = "font-family: arial, helvetica, sans-serif; font-size: 13px; text-align: justify;"
_WORD_STYLE = "font-size:14.0pt;line-height:150%;"
_CENTRE = "text-align: center;"


def article_body(
    article: SampleArticle, image_url: Callable[[int], str], file_url: Callable[[int], str]
) -> str:
    """The inside of `.journal-content-article`, without the poster.

    `image_url` and `file_url` give the address of picture and attachment number n.
    """
    last = len(article.paragraphs)
    cuts = sorted({min(image.after, last) for image in article.images} | {0, last})
    parts = []
    for start, end in zip([0, *cuts], cuts, strict=False):
        parts.append(_text(article, start, article.paragraphs[start:end]))
        parts += [
            _picture(article, index, image_url(index))
            for index, image in enumerate(article.images)
            if min(image.after, last) == end
        ]
    parts += [
        _download(article, index, file_url(index)) for index in range(len(article.attachments))
    ]
    return "\n".join(part for part in parts if part)


def named_entities(text: str) -> str:
    """Text with its Latin-1 letters as named entities, as the portal's editor writes them."""
    return "".join(
        f"&{codepoint2name[ord(char)]};" if "\xa0" < char <= "\xff" else char
        for char in escape(text, quote=False)
    )


def _text(article: SampleArticle, start: int, paragraphs: Sequence[str]) -> str:
    if not article.messy:
        return "\n".join(
            f'<p style="text-align: justify;">{escape(text, quote=False)}</p>'
            for text in paragraphs
        )
    html = []
    numbered = enumerate(paragraphs, article.asset_id + start)
    for is_list, group in groupby(numbered, key=lambda pair: bool(_ITEM.match(pair[1]))):
        if is_list:
            items = "".join(f"<li><span>{_numeric_entities(text)}</span></li>" for _, text in group)
            html.append(f'<ol style="list-style-type: none; {_STYLE}">{items}</ol>')
        else:
            html += [_MANNERS[number % len(_MANNERS)](text) for number, text in group]
    return "\n".join(html)


def _bare(text: str) -> str:
    return f"        {escape(text, quote=False)}</p>"


def _from_word(text: str) -> str:
    return (
        f'<p class="MsoNormal" style="text-align:justify;text-indent:36.0pt"><!--[if gte mso 9]>'
        f"<xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
        f'<span style="{_WORD_STYLE}"><span style="font-family:&quot;times new roman&quot;,serif;">'
        f"{escape(text, quote=False)}<o:p></o:p></span></span></p>"
        '<p class="MsoNormal" style="text-align:justify"><o:p>&nbsp;</o:p></p>'
    )


def _indented(text: str) -> str:
    return f'<p style="{_STYLE}">&nbsp;&nbsp;&nbsp; &nbsp; {named_entities(text)}&nbsp;</p>'


def _cut_anywhere(text: str) -> str:
    """Spans that end inside words, as an editor leaves them after spelling corrections."""
    third = len(text) // 3
    start, middle, end = (
        escape(part, quote=False)
        for part in (text[:third], text[third : 2 * third], text[2 * third :])
    )
    return (
        f'<div style="{_STYLE}"><span style="color: rgb(0,0,0);">{start}<span lang="VI">{middle}'
        f"</span></span><strong></strong><span>{end}</span><br /> </div>"
    )


def _boxed(text: str) -> str:
    return (
        '<table border="0" cellpadding="0" cellspacing="0" style="width: 100%;"><tbody><tr>'
        f'<td style="{_STYLE}">{escape(text, quote=False)}</td></tr></tbody></table>'
    )


def _wrapped(text: str) -> str:
    words = escape(text, quote=False).split(" ")
    lines = "\n\t".join(" ".join(words[at : at + 12]) for at in range(0, len(words), 12))
    return f'<p align="justify"><font face="Arial">\n\t{lines}\n</font></p> <br /> </p>'


_MANNERS = (_bare, _from_word, _indented, _bare, _cut_anywhere, _wrapped, _boxed)


def _numeric_entities(text: str) -> str:
    plain = escape(text, quote=False)
    return "".join(char if char < "\u0100" else f"&#{ord(char)};" for char in plain)


def _picture(article: SampleArticle, index: int, url: str) -> str:
    image = f'<img alt="" src="{escape(url)}" style="width: 600px; height: 400px;" />'
    caption = escape(article.images[index].caption, quote=False)
    if not caption:
        return f'<p style="{_CENTRE}">{image}</p>'
    manner = (article.asset_id + index) % 3
    if manner == 0:
        return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"
    if manner == 1:
        return (
            f'<table align="center" border="0"><tbody><tr><td>{image}</td></tr>'
            f'<tr><td style="{_CENTRE}"><em>{caption}</em></td></tr></tbody></table>'
        )
    if article.messy:
        return f'<p style="{_CENTRE}">{image}</p>\n   {caption}</p>'
    return f'<p style="{_CENTRE}">{image}</p>\n<p style="{_CENTRE}">{caption}</p>'


def _download(article: SampleArticle, index: int, url: str) -> str:
    text = escape(article.attachments[index].text, quote=False)
    href = escape(url)
    if article.messy:
        link = (
            f'<strong style="color: #3e81b5;"><a href="{href}" style="{_STYLE}">{text}</a></strong>'
        )
        return f'<p style="{_STYLE}">{link}<strong><br /> </strong></p>'
    return f'<p><a href="{href}">{text}</a></p>'
