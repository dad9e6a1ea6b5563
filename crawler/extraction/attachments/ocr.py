"""Optical character recognition of one page, by tesseract. Runs in a child alone."""

from __future__ import annotations

import os
import subprocess

from archive.attachment_text import How, PageText, ReadingProblem, Want
from crawler.extraction.attachments import problems
from crawler.extraction.attachments.findings import UnreadableFile
from crawler.extraction.attachments.kinds import PICTURES, kind_of, open_zip
from crawler.extraction.attachments.limits import MAX_PART, MAX_PICTURE, SECONDS
from crawler.extraction.attachments.ocr_lines import lines_from_tsv, skew_of
from crawler.extraction.attachments.ocr_pictures import PIXELS, dpi_for, drawn
from crawler.extraction.attachments.ocr_text import corrected
from crawler.extraction.attachments.package_pictures import size_of
from crawler.extraction.attachments.quality import judge, want
from crawler.extraction.attachments.tidy import tidy

_ASKEW = 0.02
"""Radians from which on a page is turned back and read again."""


def ocr_page(data: bytes, number: int, part: str) -> PageText | ReadingProblem:
    """The text of a page of a PDF, or of a picture; `part` names the member of a zip file."""
    try:
        if part and kind_of(data) == "zip":
            data = _member(data, part)
        table = _table(data, number)
    except UnreadableFile as error:
        return ReadingProblem(error.code, error.detail)
    text = tidy(corrected(lines_from_tsv(table)))
    quality = judge(text)
    wanted = want(text, quality) if text else None
    if wanted is Want.UNREADABLE:
        text = ""
    return PageText(number, text, How.OCR, quality, wanted, part)


def _table(data: bytes, number: int) -> str:
    kind = kind_of(data)
    if kind in PICTURES:
        width, height = size_of(data) or (0, 0)
        if width * height > MAX_PICTURE:
            raise UnreadableFile(problems.LIMIT, PIXELS)
        return _tesseract(data, 0)
    if kind != "pdf":
        raise UnreadableFile(problems.UNSUPPORTED, kind)
    dpi = dpi_for(data, number)
    table = _tesseract(*drawn(data, number, dpi))
    skew = skew_of(table)
    return _tesseract(*drawn(data, number, dpi, skew)) if abs(skew) > _ASKEW else table


def _member(data: bytes, part: str) -> bytes:
    from crawler.extraction.attachments.read import member_name

    archive = open_zip(data)
    for entry in archive.infolist():
        name = member_name(entry)
        if name == part or part.startswith(f"{name}/"):
            with archive.open(entry) as stream:
                held = stream.read(MAX_PART)
            return held if name == part else _member(held, part[len(name) + 1 :])
    raise UnreadableFile(problems.DAMAGED, part)


def _tesseract(picture: bytes, dpi: int) -> str:
    """Its table of words (TSV) for a picture; `psm 1` also turns pages that lie upside down."""
    command = ["tesseract", "stdin", "stdout", "-l", "vie", "--psm", "1"]
    command += ["--dpi", str(dpi)] if dpi else []
    kept = ("PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    try:
        done = subprocess.run(
            [*command, "tsv"],
            input=picture,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env=environment | {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"},
        )
    except FileNotFoundError:
        raise UnreadableFile(problems.UNSUPPORTED, "tesseract") from None
    except subprocess.TimeoutExpired:
        raise UnreadableFile(problems.LIMIT, "time") from None
    if done.returncode:
        raise UnreadableFile(problems.KILLED, f"tesseract: {done.returncode}")
    return done.stdout.decode("utf-8", "replace")
