"""Scanned papers: a PDF's pages as pictures, with what scanners and offices do to them."""

from __future__ import annotations

import io
import random

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from support import papers


def drawn(data: bytes, page: int = 0, dpi: int = 200) -> Image.Image:
    """A page of a PDF as a colour picture."""
    picture = pypdfium2.PdfDocument(data)[page].render(scale=dpi / 72).to_pil()
    return picture.convert("RGB")


def scanned(picture: Image.Image, seed: int = 1) -> Image.Image:
    """The picture as a scanner sees the paper: a little soft, not quite white, with dust."""
    chance = random.Random(seed)
    grey = picture.filter(ImageFilter.GaussianBlur(0.6))
    noise = Image.frombytes("L", grey.size, chance.randbytes(grey.width * grey.height))
    grey = Image.blend(grey, noise.convert("RGB"), 0.05)
    drawing = ImageDraw.Draw(grey)
    for _ in range(60):
        x, y = chance.randrange(grey.width), chance.randrange(grey.height)
        drawing.ellipse((x, y, x + 1, y + 1), fill=(90, 90, 90))
    return grey


def stamped(picture: Image.Image, x: float, y: float) -> Image.Image:
    """With a round red stamp, its middle at these shares of the page, and a blue signature."""
    drawing = ImageDraw.Draw(picture, "RGBA")
    middle_x, middle_y, radius = x * picture.width, y * picture.height, picture.width * 0.085
    for step in (1.0, 0.72):
        r = radius * step
        box = (middle_x - r, middle_y - r, middle_x + r, middle_y + r)
        drawing.ellipse(box, outline=(210, 30, 40, 210), width=max(2, picture.width // 300))
    points = [
        (middle_x + radius * (n / 8 - 0.4), middle_y + radius * 0.5 * ((-1) ** n) * (n % 3) / 3)
        for n in range(16)
    ]
    drawing.line(points, fill=(30, 50, 170, 230), width=max(2, picture.width // 500))
    return picture


def as_pdf(*pictures: Image.Image, quality: int = 80) -> bytes:
    """A PDF whose pages are these pictures, as JPEG, or lossless if they have one bit a dot."""
    files = []
    for picture in pictures:
        out = io.BytesIO()
        if picture.mode == "1":
            picture.save(out, "PNG")
        else:
            picture.save(out, "JPEG", quality=quality)
        files.append(out)

    def page(file: io.BytesIO):
        picture = ImageReader(file)
        sides = (papers.WIDTH, papers.HEIGHT)
        width, height = sides if picture.getSize()[0] < picture.getSize()[1] else sides[::-1]

        def draw(drawing: Canvas) -> None:
            drawing.setPageSize((width, height))
            drawing.drawImage(picture, 0, 0, width, height)

        return draw

    return papers.made(*map(page, files))


def word_error(read: str, meant: str) -> float:
    """Words to insert, delete or change, as a share of those that are meant."""
    one, other = read.split(), meant.split()
    row = list(range(len(other) + 1))
    for i, word in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, wanted in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != wanted))
    return row[-1] / len(other)
