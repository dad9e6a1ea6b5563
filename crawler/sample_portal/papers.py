"""Papers of the made-up district, as the files beside its news: resolutions, reports, a scan.

Each is a TOML file named as the attachment, in the layout of decree 30/2020/NĐ-CP. One is in the
fonts of TCVN3, as papers were then; one is a scan, of which the district kept a picture alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from crawler.sample_portal.pdf_writer import A4, Item, PdfText, Picture, Stroke, wrapped, write_pdf

_FOLDER = Path(__file__).with_name("papers")
_LEFT, _RIGHT, _TOP, _BOTTOM, _STEP = 85, 538, 785, 70, 18
_TCVN3_LETTERS = "ăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3_BYTES = (
    *range(0xA8, 0xAF), *range(0xB5, 0xBA), *range(0xBB, 0xBF), *range(0xC6, 0xCD),
    *range(0xCE, 0xD9), *range(0xDC, 0xE0), *range(0xE1, 0xF0), *range(0xF1, 0xFF),
)  # fmt: skip
_TCVN3 = {
    **dict(zip(map(ord, _TCVN3_LETTERS), map(chr, _TCVN3_BYTES), strict=True)),
    **dict(zip(map(ord, "ĂÂÊÔƠƯĐ"), map(chr, range(0xA1, 0xA8)), strict=True)),
}
"""TCVN 5712:1993, the VN3 set. Capitals with tones, in a font of their own, had small letters."""


@cache
def paper(name: str) -> bytes | None:
    """The bytes of the attachment of this name, if it is one of the papers.

    The file that has its text has hyphens for blanks, which make cannot read.
    """
    stem = name.removesuffix(".pdf").replace(" ", "-")
    scan = _FOLDER / f"{stem}.png"
    if scan.is_file():
        return write_pdf(name, [[Picture(scan.read_bytes())]])
    text = _FOLDER / f"{stem}.toml"
    if not text.is_file():
        return None
    told = tomllib.loads(text.read_text(encoding="utf-8"))
    pages = list(_pages(told))
    if told.get("font") == "TCVN3":
        pages = [[_in_tcvn3(item) for item in page] for page in pages]
        return write_pdf(name, pages, tcvn3=True)
    return write_pdf(name, pages)


def _in_tcvn3(item: Item) -> Item:
    return item._replace(text=item.text.translate(_TCVN3)) if isinstance(item, PdfText) else item


def _pages(told: dict[str, Any]) -> Iterator[list[Item]]:
    page: list[Item] = [*_block(told["left"], 180, 12), *_block(told["right"], 400, 11)]
    y: float = _TOP - 18 * max(len(told["left"]), len(told["right"])) - 24
    for number, line in enumerate(told["centre"]):
        page.append(PdfText(A4[0] / 2, y, line, 14 if number == 0 else 13, bold=True, centred=True))
        y -= _STEP
    y -= 8
    for part in (*told["body"], told.get("table"), *told.get("after", ()), told["foot"]):
        if part is None:
            continue
        needed = _height(part)
        if y - needed < _BOTTOM:
            yield page
            page, y = [], _TOP
        page += _part(part, y)
        y -= needed
    yield page


def _height(part: Any) -> float:
    if isinstance(part, str):
        return _STEP * len(wrapped(part, 13, _RIGHT - _LEFT, 30)) + 6
    if isinstance(part, dict):
        return _STEP * max(len(part["left"]), len(part["right"]) + 2)
    return 20.0 * len(part) + 14


def _part(part: Any, y: float) -> list[Item]:
    if isinstance(part, str):
        lines = wrapped(part, 13, _RIGHT - _LEFT, 30)
        return [
            PdfText(_LEFT + (30 if number == 0 else 0), y - _STEP * number, line)
            for number, line in enumerate(lines)
        ]
    if isinstance(part, dict):
        return _foot(part, y)
    return _table(part, y)


def _foot(part: dict[str, list[str]], y: float) -> list[Item]:
    left = [
        PdfText(_LEFT, y - 15 * n, line, 11, bold=n == 0) for n, line in enumerate(part["left"])
    ]
    *posts, name = part["right"]
    right = [
        PdfText(420, y - 16 * n, one, 13, bold=True, centred=True) for n, one in enumerate(posts)
    ]
    return [*left, *right, PdfText(420, y - 16 * len(posts) - 50, name, bold=True, centred=True)]


def _block(lines: Sequence[str], x: float, size: int) -> list[Item]:
    last = len(lines) - 1
    return [
        PdfText(x, _TOP - 18 * n, line, size, bold=n < last, centred=True)
        for n, line in enumerate(lines)
    ]


def _table(rows: Sequence[Sequence[str]], y: float) -> list[Item]:
    widths = [40.0, 230.0, *[(_RIGHT - _LEFT - 270) / (len(rows[0]) - 2)] * (len(rows[0]) - 2)]
    edges = [_LEFT + sum(widths[:n]) for n in range(len(widths) + 1)]
    bottom = y - 20 * len(rows) + 14
    items: list[Item] = [Stroke(x, y + 14, x, bottom) for x in edges]
    items += [
        Stroke(_LEFT, y + 14 - 20 * n, edges[-1], y + 14 - 20 * n) for n in range(len(rows) + 1)
    ]
    for number, row in enumerate(rows):
        items += [
            PdfText(x + 4, y - 20 * number, cell, 12) for x, cell in zip(edges, row, strict=False)
        ]
    return items
