"""The pages of attachments that have no text of their own, read by OCR where it is asked for."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from archive.attachment_text import PageText, ReadingProblem
from archive.catalogue.attachment_files import first_captures
from archive.catalogue.attachments import Attachments, WaitingPage
from archive.catalogue.ocr_texts import OcrTexts, file_of_ocr
from archive.ground.errors import PayloadLost, UsageError
from archive.ground.home import Home
from archive.ground.lock import WriterLock
from archive.ground.message import Message
from archive.reading import ArchiveReader
from hdnd.usecases.stages import OnProgress, Stage, StageProgress, unheard

INSTALL = Message("usecases.install-tesseract")


@dataclass(frozen=True, slots=True)
class OcrDone:
    """What a run of OCR did: pages that it read, pages that it could not read."""

    pages: int = 0
    failed: int = 0


def ocr_lacks() -> Message | None:
    """What OCR lacks on this computer; None if it lacks nothing."""
    program = shutil.which("tesseract")
    if program is None:
        return Message("usecases.no-tesseract")
    ran = subprocess.run(
        [program, "--list-langs"], capture_output=True, text=True, check=False, timeout=60
    )
    if "vie" not in (ran.stdout + ran.stderr).split():
        return Message("usecases.tesseract-without-vietnamese")
    return None


def read_by_ocr(home: Home, on_progress: OnProgress = unheard) -> OcrDone:
    """Read the pages that wait for it by OCR; each is kept as it is read.

    Raises `UsageError` if tesseract or its Vietnamese data are not there, `LockHeld` while another
    process does the same.
    """
    if lacks := ocr_lacks():
        raise UsageError(lacks, hint=INSTALL)
    texts = Attachments.open(home)
    if texts is None:
        return OcrDone()
    with texts, WriterLock(file_of_ocr(home).with_suffix(".lock")):
        return _read(home, texts, list(texts.waiting()), on_progress)


def _read(
    home: Home, texts: Attachments, waiting: Sequence[WaitingPage], on_progress: OnProgress
) -> OcrDone:
    from crawler.extraction.attachments.limits import MAX_OCR_PAGES
    from crawler.extraction.attachments.reader import RULE, AttachmentReader
    from crawler.extraction.attachments.stored_files import payload_of

    done = failed = 0
    kept = OcrTexts.open(home, RULE)
    with ArchiveReader.open(home) as reader, AttachmentReader() as attachments:
        captures = first_captures(reader.catalogue)
        for digest, pages in groupby(waiting, key=lambda page: page.payload_digest):
            payload = _payload(reader, captures.get(digest), payload_of)
            for number, page in enumerate(pages):
                on_progress(StageProgress(Stage.OCR, done + failed, len(waiting)))
                if isinstance(payload, ReadingProblem):
                    found: PageText | ReadingProblem = payload
                elif number >= MAX_OCR_PAGES:
                    found = ReadingProblem("limit", f"{MAX_OCR_PAGES} pages")
                else:
                    found = attachments.ocr(payload, page.page)
                failed += isinstance(found, ReadingProblem)
                done += isinstance(found, PageText)
                kept.put(digest, page.place, RULE, _better(found, page.page))
            _keep_facts(home, kept, digest)
    kept.close()
    return OcrDone(done, failed)


def _payload(
    reader: ArchiveReader, capture: int | None, payload_of: Callable[..., bytes | ReadingProblem]
) -> bytes | ReadingProblem:
    try:
        return payload_of(reader.stored(reader.capture(capture)) if capture else None)
    except PayloadLost:
        return payload_of(None)


def _better(found: PageText | ReadingProblem, before: PageText) -> PageText | ReadingProblem | None:
    """What OCR read, None if what was there before it is the better text."""
    from crawler.extraction.attachments.quality import is_better

    if isinstance(found, ReadingProblem):
        return found
    if before.text and not is_better(found.text, before.text):
        return None
    return replace(found, want=None)


def _keep_facts(home: Home, kept: OcrTexts, payload_digest: str) -> None:
    """What a paper says of itself, read anew from its text with OCR."""
    from crawler.extraction.attachments.paper import paper_facts

    texts = Attachments.open(home)
    text = texts.get(payload_digest) if texts else None
    if texts:
        texts.close()
    if text:
        kept.put_facts(payload_digest, paper_facts(text.pages))
