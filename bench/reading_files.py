"""Reading attachments: through the isolating process, by the library alone, by a new process."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from typing import Any

import pypdfium2

from crawler.extraction.attachments.reader import AttachmentReader
from crawler.sample_portal.pdf_writer import PdfText, write_pdf

_TEXT = (
    "Hội đồng nhân dân phường đã thông qua nghị quyết về kế hoạch phát triển kinh tế xã hội với "
    "các chỉ tiêu chủ yếu sau đây và giao Ủy ban nhân dân tổ chức thực hiện"
)
WORDS = _TEXT.split()
_LINES, _WORDS_A_LINE = 45, 14
_ALONE = (
    "import sys, pypdfium2; "
    "document = pypdfium2.PdfDocument(sys.stdin.buffer.read()); "
    "[page.get_textpage().get_text_range() for page in document]"
)


def paper(pages: int) -> bytes:
    """A PDF of so many pages full of lines."""
    drawn = []
    for page in range(pages):
        rows = []
        for line in range(_LINES):
            start = page + line
            words = [WORDS[(start + n) % len(WORDS)] for n in range(_WORDS_A_LINE)]
            rows.append(PdfText(70, 800 - 16 * line, " ".join(words)))
        drawn.append(rows)
    return write_pdf("Báo cáo", drawn)


def compare(pages: int, rounds: int) -> dict[str, Any]:
    """CPU milliseconds, by what was measured; `peak` is a child's memory in MiB.

    Of a page of a long file, ours and pdfium's text alone; of a file of two pages, ours and in a
    new interpreter that has nothing but pdfium.
    """
    long, short = paper(pages), paper(2)
    found: dict[str, Any] = {"long": [], "floor": [], "short": [], "anew": []}
    with AttachmentReader() as reader:
        reader.read(short)
        for _ in range(rounds):
            found["long"].append(_child(reader, long) / pages)
            found["floor"].append(_pdfium(long) / pages)
            found["short"].append(_child(reader, short))
            found["anew"].append(_new_process(short))
        found["peak"] = reader.peak / (1 << 20)
    return found


def _child(reader: AttachmentReader, data: bytes) -> float:
    before = reader.cpu
    reader.read(data)
    return (reader.cpu - before) * 1000


def _pdfium(data: bytes) -> float:
    began = time.process_time()
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()
    return (time.process_time() - began) * 1000


def _new_process(data: bytes) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-I", "-c", _ALONE], input=data, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000
